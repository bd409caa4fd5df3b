import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { verifyPin } from '../platform/pin-hash.ts';
import { witnessObstacle } from '../session/decision.ts';
import { decideSignIn, decideWitness, signInObstacle } from '../staff/authentication.ts';
import { PinQueue } from '../staff/pin-queue.ts';
import type { OpenRoom } from './call-context.ts';

/** Of the whole process: what it saves is the machine's memory. */
const queue = new PinQueue();

/** Takes turns with every other hash of a PIN. */
export function inPinQueue<T>(work: () => Promise<T>): Promise<T> {
  return queue.run(work);
}

/**
 * True where the PIN is this person's; throws `RefusedError` where it is not. Both outcomes are recorded: the lockout
 * is a fold over them.
 */
export function checkPin(room: OpenRoom, personId: PersonId, pin: string, as: 'sign-in' | 'witness'): Promise<true> {
  const { recorder } = room;
  return inPinQueue<true>(async () => {
    const obstacle = signInObstacle(recorder.staff, personId, recorder.lockoutClock);
    if (obstacle !== null) throw new RefusedError(obstacle);
    const matches = await verifyPin(pin, recorder.staff.people.get(personId)?.pinHash ?? '');
    const decide = as === 'sign-in' ? decideSignIn : decideWitness;
    const decision = decide(recorder.staff, personId, matches, recorder.lockoutClock);
    if (decision.events.length > 0) recorder.recordRoom({ events: decision.events }, null);
    if (decision.refusal !== null) throw new RefusedError(decision.refusal);
    return true;
  });
}

/**
 * The second person of an act, by their own PIN on the first person's page; whose seat stays as it is. Returns who
 * it is. The PIN goes no further than here. Throws `RefusedError`.
 */
export async function checkWitness(
  room: OpenRoom,
  actorId: PersonId,
  witness: { readonly personId: PersonId; readonly pin: string },
): Promise<PersonId> {
  const obstacle = witnessObstacle(actorId, witness.personId);
  if (obstacle !== null) throw new RefusedError(obstacle);
  await checkPin(room, witness.personId, witness.pin, 'witness');
  return witness.personId;
}
