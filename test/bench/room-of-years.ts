import { decideSignOut } from '../../electron/service/staff/authentication.ts';
import type { NewEvent, RecordedEvent } from '../../electron/service/session/events/session-event.ts';
import type { RecordedEventDraft } from '../../electron/service/store/event-log.ts';
import type { Stock } from '../../shared/clinical/controlled-drug.ts';
import type { PatientId } from '../../shared/values/ids.ts';
import { openTestRoom, startDose, type TestRoom } from '../support/test-room.ts';

const minuteMs = 60_000;
/** One after the other, ten on a working day of a busy room. */
const everyMs = 144 * minuteMs;
const visitsOfPatient = 6;
const notes = 40;
/** Between two acts somebody signs out and in again, as at a shared page. */
const notesBetweenSignIns = 4;
const vial: Stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 };

/**
 * A room that has had so many finished sessions, in a folder of the product's own store. One is played through the
 * recorder; it stands there again and again under other ids and times, of another patient after every sixth, with the
 * drug drawn and wasted and the sign-ins of a shared page between its acts. Without readings. No session is open.
 */
export async function openRoomOfYears(sessions: number): Promise<TestRoom> {
  const test = openTestRoom();
  const { events, patientId } = playSession(test);
  const { ids, recorder } = test.room;
  const staying = new Set([test.nurseId, test.therapistId]);
  let patient: PatientId = patientId;
  for (let copy = 1; copy < sessions; copy += 1) {
    const isNew = copy % visitsOfPatient === 0;
    if (isNew) patient = ids.uuid();
    const renamed = new Map([[patientId, patient]]);
    const idOf = (id: string): string => {
      if (staying.has(id)) return id;
      const other = renamed.get(id) ?? ids.uuid();
      renamed.set(id, other);
      return other;
    };
    const drafts = events.filter(({ kind }) => isNew || kind !== 'patient-added').map((event) => laterCopy(event, copy * everyMs, idOf));
    recorder.storage.store.events.appendAll(drafts);
  }
  test.clock.advance(sessions * everyMs);
  await test.restart();
  return test;
}

const anyId = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function laterCopy(event: RecordedEvent, byMs: number, idOf: (id: string) => string): RecordedEventDraft {
  const { bootId, occurred, recorded, ...rest } = event;
  const copy = JSON.parse(JSON.stringify(rest).replaceAll(anyId, idOf)) as RecordedEventDraft;
  const later = <T extends { readonly utcMs: number }>(instant: T): T => ({ ...instant, utcMs: instant.utcMs + byMs });
  return { ...copy, bootId, occurred: later(occurred), recorded: later(recorded), monoMs: event.monoMs + byMs };
}

function playSession(test: TestRoom): { readonly events: readonly RecordedEvent[]; readonly patientId: PatientId } {
  const { room, clock, nurseId } = test;
  const log = room.recorder.storage.store.events;
  const before = log.head.seq;
  const signedIn: NewEvent = { kind: 'signed-in', body: { personId: nurseId } };
  test.openSession();
  const patientId = room.recorder.session?.opened.patientId ?? '';
  test.execute({ type: 'draw-controlled-drug', stock: vial, mg: 500 });
  startDose(test);
  for (let note = 0; note < notes; note += 1) {
    clock.advance(minuteMs);
    test.execute({ type: 'record-observation', text: `note ${note}`, chips: [], begunAt: clock.now().utcMs });
    if (note % notesBetweenSignIns > 0) continue;
    room.recorder.recordRoom({ events: [signedIn] }, nurseId);
    room.recorder.recordRoom({ events: decideSignOut(room.recorder.staff, nurseId, 'asked').events }, nurseId);
  }
  test.execute({ type: 'complete-dose' });
  test.insist({ type: 'waste-controlled-drug', stock: vial, parts: [{ from: 'vial', mg: 460 }] });
  test.insist({ type: 'end-session', reason: 'played for a room of years' });
  return { events: [...log.readAll({ afterSeq: before })], patientId };
}
