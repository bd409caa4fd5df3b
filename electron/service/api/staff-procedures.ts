import { RefusedError, type Refusal } from '../../../shared/contract/contract-errors.ts';
import type { PersonView, Role } from '../../../shared/contract/board/people.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { hashPin } from '../platform/pin-hash.ts';
import { addPersonObstacle } from '../staff/authentication.ts';
import { confirmationRefusal, makingRefusal, makingsOf } from '../staff/makers.ts';
import { pinRefusal } from '../staff/pin.ts';
import { peopleAt, type CallContext, type OpenRoom } from './call-context.ts';
import { checkPin, checkSecondPerson, inPinQueue } from './check-pin.ts';
import { bringForward, leave, recordSignOut, sitBeside, sitInFront } from './page-seats.ts';
import { chosenOf, contract, inUse, requireSomebody } from './procedure.ts';

const signIn = contract.staff.signIn.handler(({ context, input }) => {
  const { connection } = context;
  const { attemptId, personId } = input;
  const before = connection.signIn;
  if (attemptId !== undefined && before?.attemptId === attemptId && before.personId === personId) return before.answer;
  const answer = takeSeat(context, input);
  connection.signIn = attemptId === undefined ? null : { attemptId, personId, answer };
  return answer;
});

interface SignIn {
  readonly personId: PersonId;
  readonly pin: string;
  readonly newPin?: string | undefined;
  readonly beside?: boolean | undefined;
}

async function takeSeat(context: CallContext, { personId, pin, newPin, beside }: SignIn) {
  const { room } = context.host;
  // A first PIN is changed by its owner alone at a page, and not beside whoever gave it.
  await checkPin(room, personId, pin, beside === true ? 'beside' : 'sign-in', beside === true ? undefined : newPin);
  const seat = beside === true ? sitBeside(context, personId) : sitInFront(context, personId);
  return { person: viewOf(room, personId), seat };
}

/** Takes the seats again on a new connection, with the tickets that the page kept. A seat that was given up meanwhile is not restored. */
const resume = contract.staff.resume.handler(({ context, input }) => {
  const { host, connection } = context;
  const { seats } = host.room;
  const held = [input.seat, ...(input.beside === undefined ? [] : [input.beside])].filter((token) => seats.holder(token) !== null);
  const [front = null, ...beside] = held;
  connection.seat = front;
  connection.beside = beside;
  connection.reader?.changed(['here']);
  const personId = seats.holder(front);
  return { person: personId === null ? null : viewOf(host.room, personId) };
});

const forward = contract.staff.bringForward.handler(({ context, input }) => {
  requireSomebody(context);
  bringForward(context, input.personId);
  return {};
});

const signOut = contract.staff.signOut.handler(({ context, input }) => {
  leave(context, input?.personId ?? null);
  return {};
});

/** Somebody touched the page: whoever's acts come first here has not left. */
const stay = contract.staff.stay.handler(({ context }) => {
  const [front] = peopleAt(context);
  if (front !== undefined) inUse(context, front);
  return {};
});

const makings = contract.staff.makings.handler(({ context, input }) => {
  const { staff } = context.host.room.recorder;
  const maker = requireSomebody(context);
  return makingsOf(staff, maker, input.about).map(({ role, confirmers }) => ({ role, confirmers: [...confirmers] }));
});

const add = contract.staff.add.handler(async ({ context, input }) => {
  const { room } = context.host;
  const { recorder, ids } = room;
  const { name, role, pin, confirm } = input;
  const by = makerOf(context, role, confirm, null);
  const refuseObstacle = (): void => {
    const obstacle = addPersonObstacle(recorder.staff, { name, role }, pin);
    if (obstacle !== null) throw new RefusedError(obstacle);
  };
  refuseObstacle();
  const confirmed = await confirmedBy(room, by, confirm);
  const pinHash = await inPinQueue(() => hashPin(pin, ids.randomBytes(16), room.hashCost));
  // Hashing takes a while: somebody may have added the same name meanwhile.
  refuseObstacle();
  const personId = ids.uuid();
  const body = { personId, name, role, pinHash, firstPin: true as const, ...confirmed };
  recorder.recordRoom({ events: [{ kind: 'person-added', body }] }, by);
  return viewOf(room, personId);
});

/** Gives a first PIN to somebody who has lost theirs. Their seats are given up. The same people may do it as may add this person. */
const resetPin = contract.staff.resetPin.handler(async ({ context, input }) => {
  const { room } = context.host;
  const { recorder, ids, seats } = room;
  const { personId, pin, confirm } = input;
  requireSomebody(context);
  const by = makerOf(context, viewOf(room, personId).role, confirm, personId);
  const weak = by === personId ? ownReset : pinRefusal(pin);
  if (weak !== null) throw new RefusedError(weak);
  const confirmed = await confirmedBy(room, by, confirm);
  const pinHash = await inPinQueue(() => hashPin(pin, ids.randomBytes(16), room.hashCost));
  recorder.recordRoom({ events: [{ kind: 'pin-reset', body: { personId, pinHash, ...confirmed } }] }, by);
  if (seats.releaseOf(personId)) recordSignOut(room, personId, 'replaced');
  room.feed.changed('staff', 'here');
  return {};
});

const ownReset: Refusal = {
  code: 'STAFF_NOT_ALLOWED',
  message: 'Nobody gives themselves a first PIN. Somebody else does it for you.',
  subject: 'personId',
};

type Confirm = Parameters<typeof checkSecondPerson>[2] | undefined;

/** Whoever at this page may make somebody of this role. Throws `RefusedError` where nobody may, or not without another. */
function makerOf(context: CallContext, role: Role, confirm: Confirm, about: PersonId | null): PersonId {
  const { staff } = context.host.room.recorder;
  const maker = chosenOf(peopleAt(context), (person) => makingRefusal(staff, person, role, about));
  const alone = confirmationRefusal(staff, maker, role, confirm?.personId ?? null, about);
  if (alone !== null) throw new RefusedError(alone);
  return inUse(context, maker).personId;
}

/** Their own PIN, as that of any second person. */
async function confirmedBy(room: OpenRoom, by: PersonId, confirm: Confirm) {
  if (confirm === undefined) return {};
  const { personId, name } = viewOf(room, await checkSecondPerson(room, by, confirm));
  return { confirmedBy: { personId, name } };
}

function viewOf(room: OpenRoom, personId: PersonId): PersonView {
  const person = room.recorder.staff.people.get(personId);
  if (person === undefined) throw new RefusedError({ code: 'STAFF_UNKNOWN', message: 'This person is not known in this room.' });
  return { personId, name: person.name, role: person.role };
}

export const staffProcedures = { signIn, resume, bringForward: forward, signOut, stay, makings, add, resetPin };
