import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import { looksPageLength, type LooksOf, type LookView } from '../../../shared/contract/looks.ts';
import type { PatientId } from '../../../shared/values/ids.ts';
import type { RecordedEvent } from '../session/events/session-event.ts';
import type { RoomState } from '../session/room/room-state.ts';
import { nameAt, type NamesOverTime } from '../staff/names.ts';
import type { EventReader, LooksSought } from '../store/event-reader.ts';

export interface LookSources {
  readonly events: () => Pick<EventReader, 'readLooks' | 'opening'>;
  /** Of people and patients as they are known now. */
  readonly recorder: { readonly staff: { readonly people: NamesOverTime }; readonly room: Pick<RoomState, 'patients'> };
}

/** Who looked at what, as the log holds it: by person, by patient, and all of it. */
export class LookList {
  readonly #from: LookSources;

  constructor(sources: LookSources) {
    this.#from = sources;
  }

  /** Newest first, those before an event. `named`: whether patients are told by name, too. */
  page(of: LooksOf, before: number | null, named: boolean): { readonly looks: LookView[]; readonly hasOlder: boolean } {
    const read = this.#from.events().readLooks(this.#sought(of), before ?? Number.MAX_SAFE_INTEGER, looksPageLength + 1);
    return { looks: read.slice(0, looksPageLength).map((event) => this.#view(event, named)), hasOlder: read.length > looksPageLength };
  }

  /** All of them, newest first, a page at each step. */
  *pages(of: LooksOf, named: boolean): Generator<readonly LookView[]> {
    for (let before: number | null = null; ;) {
      const { looks, hasOlder } = this.page(of, before, named);
      yield looks;
      if (!hasOlder) return;
      before = looks.at(-1)?.seq ?? null;
    }
  }

  /** Throws `RefusedError` where no patient of the room has this record number. */
  patientOf(recordNumber: string): { readonly patientId: PatientId } {
    const sought = recordNumber.trim().toLowerCase();
    for (const { patientId, recordNumber: known } of this.#from.recorder.room.patients.values())
      if (known.toLowerCase() === sought) return { patientId };
    throw new RefusedError({ code: 'PATIENT_NOT_FOUND', message: 'No patient of this room has this record number.', subject: 'of' });
  }

  #sought(of: LooksOf): LooksSought {
    switch (of.by) {
      case 'everybody':
        return { all: true };
      case 'person':
        return { personId: of.personId };
      case 'record-number':
        return this.patientOf(of.recordNumber);
    }
  }

  #view({ seq, occurred, body }: RecordedEvent<'looked-at'>, named: boolean): LookView {
    const { what, from, personId, account, patientId, sessionId, format } = body;
    const patient = patientId === undefined ? undefined : this.#from.recorder.room.patients.get(patientId);
    return {
      seq,
      atMs: occurred.utcMs,
      what,
      name: personId === null ? null : nameAt(this.#from.recorder.staff.people, personId, seq),
      from,
      account: account ?? null,
      patient: patient === undefined ? null : { name: named ? patient.name : null, recordNumber: patient.recordNumber },
      sessionMs: sessionId === undefined ? null : (this.#from.events().opening(sessionId)?.occurred.utcMs ?? null),
      format: format ?? null,
    };
  }
}
