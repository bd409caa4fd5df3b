import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { hashPin, verifyPin } from '../platform/pin-hash.ts';
import { secondPersonObstacle } from '../session/decide/decision.ts';
import {
  decideSignIn,
  decideSecondPersonPin,
  firstPinRefusal,
  newPinRefusal,
  ownPinRefusal,
  signInObstacle,
  standByObstacle,
} from '../staff/authentication.ts';
import { hasOwnPin, type Person } from '../staff/person.ts';
import { PinQueue } from '../staff/pin-queue.ts';
import type { OpenRoom } from './call-context.ts';

/** Of the whole process: what it saves is the machine's memory. */
const queue = new PinQueue();

/** Takes turns with every other hash of a PIN. */
export function inPinQueue<T>(work: () => Promise<T>): Promise<T> {
  return queue.run(work);
}

/** What a PIN is typed for: a seat, the seat beside somebody, an act beside somebody else's, or an own act once more. */
type TypedFor = 'sign-in' | 'beside' | 'second-person';

/**
 * True where the PIN is this person's own; throws `RefusedError` where it is not. Both outcomes are recorded: the
 * lockout is a fold over them. A first PIN signs nothing, and nothing is compared to find that out.
 */
export function checkPin(room: OpenRoom, personId: PersonId, pin: string, typedFor: TypedFor, newPin?: string): Promise<true> {
  const { recorder } = room;
  return inPinQueue<true>(async () => {
    const obstacle =
      signInObstacle(recorder.staff, personId, recorder.lockoutClock) ??
      (typedFor === 'sign-in' ? null : standByObstacle(recorder.staff, personId));
    if (obstacle !== null) throw new RefusedError(obstacle);
    const person = personOf(room, personId);
    const matches = await verifyPin(pin, person.pinHash);
    const decide = typedFor === 'second-person' ? decideSecondPersonPin : decideSignIn;
    const decision = decide(recorder.staff, personId, matches, recorder.lockoutClock);
    if (decision.refusal !== null) {
      if (decision.events.length > 0) recorder.recordRoom({ events: decision.events }, null);
      throw new RefusedError(decision.refusal);
    }
    if (newPin !== undefined || !hasOwnPin(person)) await changeFirstPin(room, person, pin, newPin);
    if (decision.events.length > 0) recorder.recordRoom({ events: decision.events }, null);
    return true;
  });
}

/** In the same turn as the comparing of the first one, so that a first PIN is used once. */
async function changeFirstPin(room: OpenRoom, person: Person, pin: string, newPin: string | undefined): Promise<void> {
  if (newPin === undefined) throw new RefusedError(firstPinRefusal);
  const refusal = newPinRefusal(person, pin, newPin);
  if (refusal !== null) throw new RefusedError(refusal);
  const pinHash = await hashPin(newPin, room.ids.randomBytes(16), room.hashCost);
  // Hashing takes a while: the PIN may have been given anew meanwhile.
  if (personOf(room, person.personId).pinHash !== person.pinHash) throw new RefusedError(firstPinRefusal);
  room.recorder.recordRoom({ events: [{ kind: 'pin-changed', body: { personId: person.personId, pinHash } }] }, person.personId);
}

export interface OwnPinChange {
  readonly pin: string;
  readonly newPin: string;
  /** Of their private notes, where they chose one. */
  readonly phrase: string | null;
  /** The notes stay sealed with the PIN of before. */
  readonly leaveNotes: boolean;
}

/**
 * Somebody chooses another PIN for themselves. A wrong old one counts as at a sign-in. In one turn with everything else
 * that compares a PIN: nobody opens private notes while their key is wrapped for the new one.
 */
export function changeOwnPin(room: OpenRoom, personId: PersonId, { pin, newPin, phrase, leaveNotes }: OwnPinChange): Promise<void> {
  const { recorder, privateNotes } = room;
  return inPinQueue(async () => {
    const obstacle = signInObstacle(recorder.staff, personId, recorder.lockoutClock) ?? ownPinRefusal(pin, newPin);
    if (obstacle !== null) throw new RefusedError(obstacle);
    const person = personOf(room, personId);
    const matches = await verifyPin(pin, person.pinHash);
    const decision = decideSecondPersonPin(recorder.staff, personId, matches, recorder.lockoutClock);
    if (decision.events.length > 0) recorder.recordRoom({ events: decision.events }, null);
    if (decision.refusal !== null) throw new RefusedError(decision.refusal);
    const areNotesReady = !leaveNotes && (await privateNotes.prepareNewPin(personId, { pin, phrase }, newPin));
    const pinHash = await hashPin(newPin, room.ids.randomBytes(16), room.hashCost);
    // Both take a while: somebody may have given them another PIN, or ended their access, meanwhile.
    if (personOf(room, personId).pinHash !== person.pinHash) throw new RefusedError(firstPinRefusal);
    recorder.recordRoom({ events: [{ kind: 'pin-changed', body: { personId, pinHash } }] }, personId);
    if (areNotesReady) privateNotes.takeNewPin(personId);
  });
}

function personOf({ recorder }: OpenRoom, personId: PersonId): Person {
  const person = recorder.staff.people.get(personId);
  if (person === undefined) throw new RefusedError({ code: 'STAFF_UNKNOWN', message: 'This person is not known in this room.' });
  return person;
}

/**
 * Checks the PIN that the second person of an act typed on the first person's page, and returns who they are. The
 * first person's seat does not change. The PIN is not handed on. Throws `RefusedError`.
 */
export async function checkSecondPerson(
  room: OpenRoom,
  actorId: PersonId,
  second: { readonly personId: PersonId; readonly pin: string },
): Promise<PersonId> {
  const obstacle = secondPersonObstacle(actorId, second.personId);
  if (obstacle !== null) throw new RefusedError(obstacle);
  await checkPin(room, second.personId, second.pin, 'second-person');
  return second.personId;
}
