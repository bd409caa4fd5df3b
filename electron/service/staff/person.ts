import type { Role } from '../../../shared/contract/board/people.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import type { Actor, RecordedEvent } from '../session/events/session-event.ts';
import type { NameSince } from './names.ts';
import { isRefusalOf, type SignInEvent } from './lockout.ts';

export interface Person {
  readonly personId: PersonId;
  readonly name: string;
  /** This one and those before it, oldest first. */
  readonly names: readonly NameSince[];
  readonly role: Role;
  /** Self-describing; see `authentication.ts`. */
  readonly pinHash: string;
  /** Of the badge that says who they are; see `badges.ts`. Null: none. */
  readonly badgeHash: string | null;
  /** Who chose this PIN for them; null where it is their own. People from before first PINs have their own. */
  readonly pinGivenBy: Actor | null;
  /** When it was chosen. */
  readonly pinSinceMs: UtcMs;
  /** Wrong PINs before this event count no more. */
  readonly countedFromSeq: number;
  /** Since when they can sign in here, without a break. */
  readonly sinceMs: UtcMs;
  /** Their access was ended; null for whoever can sign in. They stay in the list, because what they did has their name. */
  readonly ended: EndedAccess | null;
}

export interface EndedAccess {
  readonly atMs: UtcMs;
  /** As they were called then; null where the service did it. */
  readonly by: string | null;
  readonly reason: string | null;
}

/** Whether somebody signs with this PIN: one that another person knows opens the choice of another, and nothing else. */
export function hasOwnPin({ pinGivenBy }: Person): boolean {
  return pinGivenBy === null;
}

/** The people of a room and who is signed in, as the log says. */
export interface StaffDirectory {
  /** Also those whose access was ended: of them only the name is left to anybody. */
  readonly people: ReadonlyMap<PersonId, Person>;
  /** Who set the room up: the first person. null while there is nobody. */
  readonly holder: PersonId | null;
  /** In the order of signing in. */
  readonly present: readonly PersonId[];
  /** Since each person's last sign-in, and of this boot: all that a lockout needs, and no more. */
  readonly signIns: readonly SignInEvent[];
}

export const emptyDirectory: StaffDirectory = { people: new Map(), holder: null, present: [], signIns: [] };

/** Whoever can sign in here, in the order of being added. */
export function peopleWithAccess({ people }: StaffDirectory): readonly Person[] {
  return [...people.values()].filter(({ ended }) => ended === null);
}

export function foldStaff(events: Iterable<RecordedEvent>, from: StaffDirectory = emptyDirectory): StaffDirectory {
  let directory = from;
  for (const event of events) directory = evolveStaff(directory, event);
  return directory;
}

export function evolveStaff(directory: StaffDirectory, event: RecordedEvent): StaffDirectory {
  switch (event.kind) {
    case 'person-added':
      return addPerson(directory, event);
    case 'pin-reset':
      return withPin(directory, event, event.actor);
    case 'pin-changed':
      return withPin(directory, event, null);
    case 'access-ended': {
      const { personId, reason = null } = event.body;
      const by = event.actor === 'service' ? null : (directory.people.get(event.actor.personId)?.name ?? null);
      const ended = { atMs: event.recorded.utcMs, by, reason };
      return { ...changed(directory, personId, { ended }), present: directory.present.filter((id) => id !== personId) };
    }
    case 'lockout-ended':
      return countedAnew(directory, event.body.personId, { countedFromSeq: event.seq });
    case 'person-changed':
      return changePerson(directory, event);
    case 'badge-given':
      return giveBadge(directory, event.body);
    case 'badge-removed':
      return changed(directory, event.body.personId, { badgeHash: null });
    case 'access-given':
      return changed(directory, event.body.personId, { ended: null, sinceMs: event.recorded.utcMs });
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
      // After a start wrong PINs are folded after the people: those of an earlier PIN count no more.
      if ((directory.people.get(event.body.personId)?.countedFromSeq ?? 0) > event.seq) return directory;
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

function addPerson(directory: StaffDirectory, { body, actor, recorded, seq }: RecordedEvent<'person-added'>): StaffDirectory {
  const { personId, name, role, pinHash } = body;
  const pinGivenBy = body.firstPin === true ? actor : null;
  const person: Person = {
    personId,
    name,
    names: [{ name, seq }],
    role,
    pinHash,
    badgeHash: null,
    pinGivenBy,
    pinSinceMs: recorded.utcMs,
    countedFromSeq: seq,
    sinceMs: recorded.utcMs,
    ended: null,
  };
  return { ...directory, people: new Map(directory.people).set(personId, person), holder: directory.holder ?? personId };
}

/** From this event on: what was recorded before keeps the name and role of then. */
function changePerson(directory: StaffDirectory, { body, seq }: RecordedEvent<'person-changed'>): StaffDirectory {
  const person = directory.people.get(body.personId);
  if (person === undefined) return directory;
  const { name = person.name, role = person.role } = body;
  const names = name === person.name ? person.names : [...person.names, { name, seq }];
  return changed(directory, body.personId, { name, names, role });
}

/** Wrong PINs of before count no more: the lockout was of a PIN that is gone. */
function withPin(
  directory: StaffDirectory,
  { body, recorded, seq }: RecordedEvent<'pin-reset' | 'pin-changed'>,
  pinGivenBy: Person['pinGivenBy'],
): StaffDirectory {
  return countedAnew(directory, body.personId, {
    pinHash: body.pinHash,
    pinGivenBy,
    pinSinceMs: recorded.utcMs,
    countedFromSeq: seq,
  });
}

/** A badge is of one person. */
function giveBadge(directory: StaffDirectory, { personId, badgeHash }: RecordedEvent<'badge-given'>['body']): StaffDirectory {
  const before = [...directory.people.values()].find((person) => person.badgeHash === badgeHash);
  const free = before === undefined ? directory : changed(directory, before.personId, { badgeHash: null });
  return changed(free, personId, { badgeHash });
}

function countedAnew(directory: StaffDirectory, personId: PersonId, change: Partial<Person>): StaffDirectory {
  if (!directory.people.has(personId)) return directory;
  const signIns = directory.signIns.filter((kept) => !isRefusalOf(kept, personId));
  return { ...changed(directory, personId, change), signIns };
}

/** The room with this of a person different; the same room where nobody of that id is in it. */
export function changed(directory: StaffDirectory, personId: PersonId, change: Partial<Person>): StaffDirectory {
  const person = directory.people.get(personId);
  if (person === undefined) return directory;
  return { ...directory, people: new Map(directory.people).set(personId, { ...person, ...change }) };
}
