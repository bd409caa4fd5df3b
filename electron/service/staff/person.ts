import type { Role } from '../../../shared/contract/room-board.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import type { RecordedEvent } from '../session/session-event.ts';
import type { SignInEvent } from './lockout.ts';

export interface Person {
  readonly personId: PersonId;
  readonly name: string;
  readonly role: Role;
  /** Self-describing; see `authentication.ts`. */
  readonly pinHash: string;
}

/** The people of a room and who is signed in, as the log says. */
export interface StaffDirectory {
  readonly people: ReadonlyMap<PersonId, Person>;
  /** In the order of signing in. */
  readonly present: readonly PersonId[];
  /** Since each person's last sign-in, and of this boot: all that a lockout needs, and no more. */
  readonly signIns: readonly SignInEvent[];
}

export const emptyDirectory: StaffDirectory = { people: new Map(), present: [], signIns: [] };

export function foldStaff(events: Iterable<RecordedEvent>, from: StaffDirectory = emptyDirectory): StaffDirectory {
  let directory = from;
  for (const event of events) directory = evolveStaff(directory, event);
  return directory;
}

export function evolveStaff(directory: StaffDirectory, event: RecordedEvent): StaffDirectory {
  switch (event.kind) {
    case 'person-added':
      return { ...directory, people: new Map(directory.people).set(event.body.personId, event.body) };
    case 'signed-in': {
      const { personId } = event.body;
      return {
        ...directory,
        present: [...directory.present.filter((id) => id !== personId), personId],
        signIns: directory.signIns.filter((kept) => !isRefusalOf(kept, personId)),
      };
    }
    case 'witness-authenticated':
      return { ...directory, signIns: directory.signIns.filter((kept) => !isRefusalOf(kept, event.body.personId)) };
    case 'sign-in-refused':
      return { ...directory, signIns: [...directory.signIns, event] };
    case 'signed-out':
      return { ...directory, present: directory.present.filter((id) => id !== event.body.personId) };
    case 'service-started':
      // Nobody is signed in across a restart; refusals are remembered across it.
      return { ...directory, present: [], signIns: [...directory.signIns.filter((kept) => kept.kind !== 'service-started'), event] };
    default:
      return directory;
  }
}

function isRefusalOf(event: SignInEvent, personId: PersonId): boolean {
  return event.kind === 'sign-in-refused' && (event.body as { readonly personId: PersonId }).personId === personId;
}
