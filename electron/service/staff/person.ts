import type { Role } from '../../../shared/contract/board/people.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import type { Actor, EventBody, RecordedEvent } from '../session/events/session-event.ts';
import { isRefusalOf, type SignInEvent } from './lockout.ts';

export interface Person {
  readonly personId: PersonId;
  readonly name: string;
  readonly role: Role;
  /** Self-describing; see `authentication.ts`. */
  readonly pinHash: string;
  /** Who chose this PIN for them; null where it is their own. People from before first PINs have their own. */
  readonly pinGivenBy: Actor | null;
}

/** Whether somebody signs with this PIN: one that another person knows opens the choice of another, and nothing else. */
export function hasOwnPin({ pinGivenBy }: Person): boolean {
  return pinGivenBy === null;
}

/** The people of a room and who is signed in, as the log says. */
export interface StaffDirectory {
  readonly people: ReadonlyMap<PersonId, Person>;
  /** Who set the room up: the first person. null while there is nobody. */
  readonly holder: PersonId | null;
  /** In the order of signing in. */
  readonly present: readonly PersonId[];
  /** Since each person's last sign-in, and of this boot: all that a lockout needs, and no more. */
  readonly signIns: readonly SignInEvent[];
}

export const emptyDirectory: StaffDirectory = { people: new Map(), holder: null, present: [], signIns: [] };

export function foldStaff(events: Iterable<RecordedEvent>, from: StaffDirectory = emptyDirectory): StaffDirectory {
  let directory = from;
  for (const event of events) directory = evolveStaff(directory, event);
  return directory;
}

export function evolveStaff(directory: StaffDirectory, event: RecordedEvent): StaffDirectory {
  switch (event.kind) {
    case 'person-added':
      return addPerson(directory, event.body, event.body.firstPin === true ? event.actor : null);
    case 'pin-reset':
      return withPin(directory, event.body, event.actor);
    case 'pin-changed':
      return withPin(directory, event.body, null);
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

function addPerson(directory: StaffDirectory, body: EventBody<'person-added'>, pinGivenBy: Person['pinGivenBy']): StaffDirectory {
  const { personId, name, role, pinHash } = body;
  const people = new Map(directory.people).set(personId, { personId, name, role, pinHash, pinGivenBy });
  return { ...directory, people, holder: directory.holder ?? personId };
}

function withPin(directory: StaffDirectory, body: EventBody<'pin-changed'>, pinGivenBy: Person['pinGivenBy']): StaffDirectory {
  const person = directory.people.get(body.personId);
  if (person === undefined) return directory;
  return { ...directory, people: new Map(directory.people).set(body.personId, { ...person, pinHash: body.pinHash, pinGivenBy }) };
}
