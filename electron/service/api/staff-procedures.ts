import type { Refusal } from '../../../shared/contract/contract-errors.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { hashPin } from '../platform/pin-hash.ts';
import { accessRefusal, changingRefusal, endingLockoutRefusal, endingRefusal, givingRefusal } from '../staff/access.ts';
import { addPersonObstacle } from '../staff/authentication.ts';
import { makingsOf, resetConfirmationRefusal, resetConfirmers } from '../staff/makers.ts';
import { lockedOutMs } from '../staff/lockout.ts';
import { pinRefusal } from '../staff/pin.ts';
import { peopleAt, type Attempt, type CallContext } from './call-context.ts';
import { changerOf, confirmedBy, makerAt, makerOf, personOf, refuse, viewOf } from './changing-people.ts';
import { changeOwnPin, checkPin, inPinQueue } from './check-pin.ts';
import { bringForward, cover, leave, recordSignOut, sitBeside, sitInFront } from './page-seats.ts';
import { contract, inUse, requireSomebody } from './procedure.ts';

const signIn = contract.staff.signIn.handler(({ context, input }) => {
  const { connection } = context;
  const attempt = attempted(connection.signIn, input, () => takeSeat(context, input));
  connection.signIn = attempt;
  return attempt.answer;
});

/** The same attempt as before where the page makes it again, or the one that it makes now. */
function attempted<Answer>(
  before: Attempt<Answer> | null,
  { attemptId = '', personId }: { readonly attemptId?: string | undefined; readonly personId: PersonId },
  make: () => Promise<Answer>,
): Attempt<Answer> {
  const isSame = attemptId !== '' && before?.attemptId === attemptId && before.personId === personId;
  return isSame ? before : { attemptId, personId, answer: make() };
}

interface SignIn {
  readonly personId: PersonId;
  readonly pin: string;
  readonly newPin?: string | undefined;
  readonly beside?: boolean | undefined;
}

async function takeSeat(context: CallContext, { personId, pin, newPin, beside }: SignIn) {
  const { room } = context.host;
  // A first PIN is changed by its owner alone at a page, and not beside whoever gave it.
  await checkPin(context, personId, pin, beside === true ? 'beside' : 'sign-in', beside === true ? undefined : newPin);
  const seat = beside === true ? sitBeside(context, personId) : sitInFront(context, personId);
  return { person: viewOf(room, personId), seat };
}

/** Takes the seats again on a new connection, with the tickets that the page kept. A seat that was given up meanwhile is not restored. */
const resume = contract.staff.resume.handler(({ context, input }) => {
  const { host, connection } = context;
  const { seats } = host.room;
  const tickets = [input.seat, ...(input.beside === undefined ? [] : [input.beside])];
  const held = tickets.filter((token) => seats.holder(token) !== null);
  // A page that was covered is so after a reload, too.
  const [front = null, ...beside] = held.length > 0 ? held : tickets.filter((token) => seats.satHere(token) !== null);
  connection.seat = front;
  connection.beside = beside;
  connection.reader?.changed(['here']);
  const personId = seats.holder(front);
  return { person: personId === null ? null : viewOf(host.room, personId), covered: personId === null && front !== null };
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

const coverPage = contract.staff.cover.handler(({ context }) => {
  cover(context);
  return {};
});

/** Somebody touched the page: whoever's acts come first here has not left. */
const stay = contract.staff.stay.handler(({ context }) => {
  const [front] = peopleAt(context);
  if (front !== undefined) inUse(context, front);
  return {};
});

const makings = contract.staff.makings.handler(({ context }) => {
  const { staff } = context.host.room.recorder;
  const maker = requireSomebody(context);
  return makingsOf(staff, maker).map(({ role, confirmers }) => ({ role, confirmers: [...confirmers] }));
});

const add = contract.staff.add.handler(async ({ context, input }) => {
  const { room } = context.host;
  const { recorder, ids } = room;
  const { name, role, pin, confirm } = input;
  const by = makerOf(context, [role], confirm, null);
  const refuseObstacle = (): void => refuse(addPersonObstacle(recorder.staff, { name, role }, pin));
  refuseObstacle();
  const confirmed = await confirmedBy(context, by, confirm);
  const pinHash = await inPinQueue(() => hashPin(pin, ids.randomBytes(16), room.hashCost));
  // Hashing takes a while: somebody may have added the same name meanwhile.
  refuseObstacle();
  const personId = ids.uuid();
  const body = { personId, name, role, pinHash, firstPin: true as const, ...confirmed };
  recorder.recordRoom({ events: [{ kind: 'person-added', body }] }, by);
  return viewOf(room, personId);
});

/** Of whoever is in front. Wherever else they are signed in they sign in again: it may be why they change it. */
const changePin = contract.staff.changePin.handler(({ context, input }) => {
  const { connection, host } = context;
  const { room } = host;
  const { personId, seat } = inUse(context, requireSomebody(context));
  const { attemptId, pin, newPin, phrase = null, leaveNotes = false } = input;
  const attempt = attempted(connection.pinChange, { attemptId, personId }, async () => {
    await changeOwnPin(context, personId, { pin, newPin, phrase, leaveNotes });
    if (room.seats.releaseOf(personId, seat)) room.feed.changed('staff', 'here');
    room.privateNotes.closeLeft();
    return {};
  });
  connection.pinChange = attempt;
  return attempt.answer;
});

/** Gives a first PIN to somebody who has lost theirs, and ends their lockout. Their seats are given up. */
const resetPin = contract.staff.resetPin.handler(async ({ context, input }) => {
  const { room } = context.host;
  const { recorder, ids, seats } = room;
  const { personId, pin, confirm } = input;
  requireSomebody(context);
  const about = personOf(room, personId);
  const maker = makerAt(context, [about.role], personId);
  const refuseObstacle = (): void => refuse(accessRefusal(recorder.staff, personId));
  refuse(maker.personId === personId ? ownReset : pinRefusal(pin));
  refuseObstacle();
  refuse(resetConfirmationRefusal(recorder.staff, maker, about, confirm?.personId ?? null));
  const by = inUse(context, maker).personId;
  const confirmed = await confirmedBy(context, by, confirm);
  const pinHash = await inPinQueue(() => hashPin(pin, ids.randomBytes(16), room.hashCost));
  refuseObstacle();
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

/** What is known of everybody, and what of them may be changed at this page. */
const list = contract.staff.list.handler(({ context }) => {
  const { recorder } = context.host.room;
  const { staff } = recorder;
  const maker = requireSomebody(context);
  return [...staff.people.values()].map((person) => {
    const { personId, name, role, sinceMs, ended, badgeHash } = person;
    const makings = makingsOf(staff, maker, personId);
    const changing = makings.find((making) => making.role === role);
    // Nobody gives themselves a role, or a first PIN.
    const given = changing === undefined || personId === maker.personId ? [] : makings;
    return {
      personId,
      name,
      role,
      sinceMs,
      // Why somebody left is for those who may change it.
      ended: ended && { atMs: ended.atMs, by: ended.by, reason: changing === undefined ? null : ended.reason },
      badge: badgeHash !== null,
      lockedOut: lockedOutMs(staff.signIns, personId, recorder.lockoutClock) > 0,
      changedWith: changing === undefined ? null : [...changing.confirmers],
      resetWith: given.length === 0 || ended !== null ? null : [...resetConfirmers(staff, maker, person)],
      roles: given.map((making) => ({ role: making.role, confirmers: [...making.confirmers] })),
    };
  });
});

/** Whoever may add this person, and one of the role that they come to. What was recorded before keeps name and role of then. */
const change = contract.staff.change.handler(async ({ context, input }) => {
  const { room } = context.host;
  const { recorder } = room;
  const { personId, confirm } = input;
  const by = changerOf(context, personId, confirm, input.role);
  const person = personOf(room, personId);
  const differs = {
    ...(input.name === undefined || input.name === person.name ? {} : { name: input.name }),
    ...(input.role === undefined || input.role === person.role ? {} : { role: input.role }),
  };
  const refuseObstacle = (): void => refuse(changingRefusal(recorder.staff, personId, differs, by));
  refuseObstacle();
  if (Object.keys(differs).length === 0) return {};
  const confirmed = await confirmedBy(context, by, confirm);
  refuseObstacle();
  recorder.recordRoom({ events: [{ kind: 'person-changed', body: { personId, ...differs, ...confirmed } }] }, by);
  if (differs.role !== undefined) room.privateNotes.closeOf(personId);
  room.feed.changed('staff', 'here');
  return {};
});

/** The same people may do it as may add this person. Whoever is ended here is gone from every page at once. */
const endAccess = contract.staff.endAccess.handler(async ({ context, input }) => {
  const { room } = context.host;
  const { recorder, seats } = room;
  const { personId, reason, confirm } = input;
  const by = changerOf(context, personId, confirm);
  const refuseObstacle = (): void => refuse(endingRefusal(recorder.staff, personId));
  refuseObstacle();
  const confirmed = await confirmedBy(context, by, confirm);
  // Comparing a PIN takes a while: somebody else may have been ended meanwhile.
  refuseObstacle();
  const body = { personId, ...(reason === undefined ? {} : { reason }), ...confirmed };
  recorder.recordRoom({ events: [{ kind: 'access-ended', body }] }, by);
  seats.releaseOf(personId);
  room.privateNotes.closeLeft();
  room.feed.changed('staff', 'here');
  return {};
});

/** Whoever stands beside somebody who mistyped lets them try again at once: those who may change them may. */
const endLockout = contract.staff.endLockout.handler(async ({ context, input }) => {
  const { room } = context.host;
  const { recorder } = room;
  const { personId, confirm } = input;
  const by = changerOf(context, personId, confirm);
  const refuseObstacle = (): void => refuse(endingLockoutRefusal(recorder.staff, personId, recorder.lockoutClock, by));
  refuseObstacle();
  const confirmed = await confirmedBy(context, by, confirm);
  refuseObstacle();
  recorder.recordRoom({ events: [{ kind: 'lockout-ended', body: { personId, ...confirmed } }] }, by);
  return {};
});

const giveAccess = contract.staff.giveAccess.handler(async ({ context, input }) => {
  const { room } = context.host;
  const { personId, confirm } = input;
  const by = changerOf(context, personId, confirm);
  const refuseObstacle = (): void => refuse(givingRefusal(personOf(room, personId)));
  refuseObstacle();
  const confirmed = await confirmedBy(context, by, confirm);
  refuseObstacle();
  room.recorder.recordRoom({ events: [{ kind: 'access-given', body: { personId, ...confirmed } }] }, by);
  return {};
});

export const staffProcedures = {
  signIn,
  resume,
  bringForward: forward,
  signOut,
  cover: coverPage,
  stay,
  makings,
  list,
  add,
  change,
  changePin,
  resetPin,
  endAccess,
  giveAccess,
  endLockout,
};
