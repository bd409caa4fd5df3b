import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { PersonView } from '../../../shared/contract/room-board.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { hashPin } from '../platform/pin-hash.ts';
import { addPersonObstacle, decideSignOut } from '../staff/authentication.ts';
import type { CallContext, OpenRoom } from './call-context.ts';
import { checkPin, inPinQueue } from './check-pin.ts';
import { contract, requireActor } from './procedure.ts';

const signIn = contract.staff.signIn.handler(({ context, input }) => {
  const { connection } = context;
  const { attemptId, personId } = input;
  const before = connection.signIn;
  if (attemptId !== undefined && before?.attemptId === attemptId && before.personId === personId) return before.answer;
  const answer = takeSeat(context, input);
  connection.signIn = attemptId === undefined ? null : { attemptId, personId, answer };
  return answer;
});

async function takeSeat({ host, connection }: CallContext, { personId, pin }: { readonly personId: PersonId; readonly pin: string }) {
  const { seats } = host.room;
  await checkPin(host.room, personId, pin, 'sign-in');
  const replaced = connection.seat === null ? null : seats.release(connection.seat);
  const seat = seats.take(personId);
  connection.seat = seat;
  recordLeaving(host.room, replaced, 'replaced');
  host.room.feed.changed('staff');
  return { person: viewOf(host.room, personId), seat };
}

const resume = contract.staff.resume.handler(({ context, input }) => {
  const { room } = context.host;
  const personId = room.seats.holder(input.seat);
  context.connection.seat = personId === null ? null : input.seat;
  context.connection.reader?.changed(['here']);
  return { person: personId === null ? null : viewOf(room, personId) };
});

const signOut = contract.staff.signOut.handler(({ context }) => {
  const { host, connection } = context;
  const { seats, feed } = host.room;
  const personId = connection.seat === null ? null : seats.release(connection.seat);
  connection.seat = null;
  connection.signIn = null;
  feed.changed('staff');
  recordLeaving(host.room, personId, 'asked');
  return {};
});

/** Nothing where the same person still sits at another page of this room. */
function recordLeaving({ recorder, seats }: OpenRoom, personId: PersonId | null, cause: 'asked' | 'replaced'): void {
  if (personId === null || seats.present.includes(personId)) return;
  const decision = decideSignOut(recorder.staff, personId, cause);
  if (decision.refusal === null) recorder.recordRoom({ events: decision.events }, personId);
}

/** Somebody touched the page: whoever's acts come first here has not left. */
const stay = contract.staff.stay.handler(({ context }) => {
  const { host, connection } = context;
  host.room.seats.use(connection.seat);
  return {};
});

const add = contract.staff.add.handler(async ({ context, input }) => {
  const by = requireActor(context, 'add-person').personId;
  const { room } = context.host;
  const { recorder, ids } = room;
  const { name, role, pin } = input;
  const refuseObstacle = (): void => {
    const obstacle = addPersonObstacle(recorder.staff, { name, role }, pin);
    if (obstacle !== null) throw new RefusedError(obstacle);
  };
  refuseObstacle();
  const pinHash = await inPinQueue(() => hashPin(pin, ids.randomBytes(16)));
  // Hashing takes a while: somebody may have added the same name meanwhile.
  refuseObstacle();
  const personId = ids.uuid();
  recorder.recordRoom({ events: [{ kind: 'person-added', body: { personId, name, role, pinHash } }] }, by);
  return viewOf(room, personId);
});

function viewOf(room: OpenRoom, personId: PersonId): PersonView {
  const person = room.recorder.staff.people.get(personId);
  if (person === undefined) throw new RefusedError({ code: 'STAFF_UNKNOWN', message: 'This person is not known in this room.' });
  return { personId, name: person.name, role: person.role };
}

export const staffProcedures = { signIn, resume, signOut, stay, add };
