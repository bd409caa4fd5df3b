import { RefusedError, type Refusal } from '../../../shared/contract/contract-errors.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { hashPin, verifyPin } from '../platform/pin-hash.ts';
import { secondPersonObstacle } from '../session/decide/decision.ts';
import {
  agedPinRefusal,
  decideSignIn,
  decideSecondPersonPin,
  firstPinRefusal,
  newPinRefusal,
  ownPinRefusal,
  signInObstacle,
  standByObstacle,
  type SignInDecision,
} from '../staff/authentication.ts';
import { badgeAsPinRefusal, badgeIsPinRefusal, badgeOpensNothing } from '../staff/badges.ts';
import { hasOwnPin, type Person } from '../staff/person.ts';
import { PinQueue } from '../staff/pin-queue.ts';
import { pageObstacle } from '../staff/pin-tries.ts';
import { holderOfBadge, isOwnBadge } from './badge-hash.ts';
import { seatsOf, type CallContext, type OpenRoom } from './call-context.ts';

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
export function checkPin(context: CallContext, personId: PersonId, pin: string, typedFor: TypedFor, newPin?: string): Promise<true> {
  const { room } = context.host;
  return inPinQueue<true>(async () => {
    const obstacle = typedFor === 'sign-in' ? null : standByObstacle(room.recorder.staff, personId);
    const decide = typedFor === 'second-person' ? decideSecondPersonPin : decideSignIn;
    const { person, events } = await comparePin(context, personId, pin, decide, obstacle);
    const aged = (await isOwnBadge(person, pin))
      ? badgeIsPin(room, person, typedFor)
      : typedFor === 'sign-in'
        ? agedRefusal(room, person)
        : null;
    if (aged !== null) await changeAgedPin(room, person, { pin, newPin, aged });
    else if (newPin !== undefined || !hasOwnPin(person)) await changeFirstPin(room, person, pin, newPin);
    if (events.length > 0) room.recorder.recordRoom({ events }, null);
    return true;
  });
}

/**
 * Compares a PIN that was typed at this page, in a turn of the queue. A wrong one is recorded and throws `RefusedError`,
 * with how long there is to wait where it was one too many. Of a right one the events are still to be recorded.
 *
 * @param obstacle why none is compared, beside what the page and the person have to wait for
 */
export async function comparePin(
  context: CallContext,
  personId: PersonId,
  pin: string,
  decide: typeof decideSignIn,
  obstacle: Refusal | null = null,
): Promise<{ readonly person: Person; readonly events: SignInDecision['events'] }> {
  const { room } = context.host;
  const { recorder } = room;
  const tries = triesAt(context, personId);
  tries.refuse(obstacle);
  const person = personOf(room, personId);
  const matches = await verifyPin(pin, person.pinHash);
  const holder = matches ? null : await holderOfBadge(room, pin);
  if (holder !== null) throw new RefusedError(badgeAsPinRefusal(recorder.staff, holder, decide === decideSecondPersonPin ? person : null));
  const { events, refusal } = decide(recorder.staff, personId, matches, recorder.lockoutClock, tries.own);
  if (refusal !== null) throw tries.wrong(events, refusal);
  tries.noteRight();
  return { person, events };
}

/** The tries of a person at this page, under the limits of both. */
function triesAt({ host: { room }, connection }: CallContext, personId: PersonId) {
  const { recorder, clock, seats } = room;
  const { page, own } = seats.triesAt(seatsOf(connection), personId);
  const waits = (): Refusal | null =>
    pageObstacle(page, clock.monoMs()) ?? signInObstacle(recorder.staff, personId, recorder.lockoutClock, own);
  return {
    own,
    /** While there is something to wait for, or for an obstacle beside it. */
    refuse(obstacle: Refusal | null = null): void {
      const refusal = waits() ?? obstacle;
      if (refusal !== null) throw new RefusedError(refusal);
    },
    noteRight(): void {
      for (const tries of [page, own]) tries?.noteRight();
    },
    /** Records and counts a wrong one; what is to be thrown for it: how long there is to wait, where it was one too many. */
    wrong(events: SignInDecision['events'], refusal: Refusal): RefusedError {
      if (events.length > 0) {
        recorder.recordRoom({ events }, null);
        for (const tries of [page, own]) tries?.noteWrong(clock.monoMs());
      }
      return new RefusedError(waits() ?? refusal);
    },
  };
}

/**
 * Their PIN is what their own badge says. It is changed as an aged one is; where it cannot be, because it is typed beside somebody
 * else or a phrase would have to be typed as well, it opens nothing.
 */
function badgeIsPin({ privateNotes }: OpenRoom, person: Person, typedFor: TypedFor): Refusal {
  if (typedFor === 'sign-in' && privateNotes.keys.begun(person.personId)?.withPhrase !== true) return badgeIsPinRefusal;
  return badgeOpensNothing(person);
}

/**
 * Something of a person's that opens with what only they know, and is no PIN of today: tried under the same limits, in a turn
 * of the queue. What does not open counts as a wrong PIN, and throws `refusal`.
 */
export async function countedTry(context: CallContext, personId: PersonId, opens: () => Promise<boolean>, refusal: Refusal): Promise<void> {
  const { recorder } = context.host.room;
  const tries = triesAt(context, personId);
  tries.refuse();
  if (await opens()) return;
  throw tries.wrong(decideSignIn(recorder.staff, personId, false, recorder.lockoutClock, tries.own).events, refusal);
}

/** In the same turn as the comparing of the first one, so that a first PIN is used once. */
async function changeFirstPin(room: OpenRoom, person: Person, pin: string, newPin: string | undefined): Promise<void> {
  if (newPin === undefined) throw new RefusedError(firstPinRefusal);
  const refusal = newPinRefusal(person, pin, newPin);
  if (refusal !== null) throw new RefusedError(refusal);
  if (await isOwnBadge(person, newPin)) throw new RefusedError(badgeIsPinRefusal);
  const pinHash = await hashPin(newPin, room.ids.randomBytes(16), room.hashCost);
  // Hashing takes a while: the PIN may have been given anew meanwhile.
  if (personOf(room, person.personId).pinHash !== person.pinHash) throw new RefusedError(firstPinRefusal);
  room.recorder.recordRoom({ events: [{ kind: 'pin-changed', body: { personId: person.personId, pinHash } }] }, person.personId);
}

/**
 * Not while a session is open in this room: nobody is kept from it. Nor of whoever keeps private notes with a phrase,
 * which would have to be typed as well: they change their PIN by themselves.
 */
function agedRefusal({ recorder, privateNotes, clock }: OpenRoom, person: Person): Refusal | null {
  const isSessionOpen = recorder.session !== null && recorder.session.ended === null;
  if (isSessionOpen || !hasOwnPin(person) || privateNotes.keys.begun(person.personId)?.withPhrase === true) return null;
  return agedPinRefusal(person, recorder.room.pinAge, clock.now().utcMs);
}

interface AgedPinChange {
  readonly pin: string;
  readonly newPin: string | undefined;
  readonly aged: Refusal;
}

async function changeAgedPin(room: OpenRoom, person: Person, { pin, newPin, aged }: AgedPinChange): Promise<void> {
  if (newPin === undefined) throw new RefusedError(aged);
  const refusal = ownPinRefusal(pin, newPin);
  if (refusal !== null) throw new RefusedError(refusal);
  await takeNewPin(room, person, { pin, newPin, phrase: null, leaveNotes: false });
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
export function changeOwnPin(context: CallContext, personId: PersonId, change: OwnPinChange): Promise<void> {
  const { room } = context.host;
  return inPinQueue(async () => {
    const obstacle = ownPinRefusal(change.pin, change.newPin);
    const { person, events } = await comparePin(context, personId, change.pin, decideSecondPersonPin, obstacle);
    if (events.length > 0) room.recorder.recordRoom({ events }, null);
    await takeNewPin(room, person, change);
  });
}

async function takeNewPin(room: OpenRoom, person: Person, change: OwnPinChange): Promise<void> {
  const { personId, pinHash: before } = person;
  if (await isOwnBadge(person, change.newPin)) throw new RefusedError(badgeIsPinRefusal);
  const { recorder, privateNotes } = room;
  const { pin, newPin, phrase, leaveNotes } = change;
  const areNotesReady = !leaveNotes && (await privateNotes.keys.prepareNewPin(personId, { pin, phrase }, newPin));
  const pinHash = await hashPin(newPin, room.ids.randomBytes(16), room.hashCost);
  // Both take a while: somebody may have given them another PIN, or ended their access, meanwhile.
  if (personOf(room, personId).pinHash !== before) throw new RefusedError(firstPinRefusal);
  recorder.recordRoom({ events: [{ kind: 'pin-changed', body: { personId, pinHash } }] }, personId);
  if (areNotesReady) privateNotes.keys.takeNewPin(personId);
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
  context: CallContext,
  actorId: PersonId,
  second: { readonly personId: PersonId; readonly pin: string },
): Promise<PersonId> {
  const obstacle = secondPersonObstacle(actorId, second.personId);
  if (obstacle !== null) throw new RefusedError(obstacle);
  await checkPin(context, second.personId, second.pin, 'second-person');
  return second.personId;
}
