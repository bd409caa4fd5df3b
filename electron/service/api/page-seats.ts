import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import type { PersonId } from '../../../shared/values/ids.ts';
import { decideSignOut } from '../staff/authentication.ts';
import { peopleAt, seatsOf, type CallContext, type OpenRoom } from './call-context.ts';

/**
 * The seats of one page: somebody in front, whose acts come first, and at most one beside them. Each seat is given up by
 * itself; what changes here is said to the page with the next message of its feed.
 */

/** Seats this person in front, in place of the one who sat there or by moving up from beside. Returns the ticket. */
export function sitInFront(context: CallContext, personId: PersonId): string {
  const { connection, host } = context;
  if (besideOf(context)?.personId === personId) return bringForward(context, personId);
  const { seats } = host.room;
  const replaced = connection.seat === null ? null : seats.release(connection.seat);
  // Whoever sat beside when the page was covered types their own PIN.
  for (const token of connection.beside) if (seats.satHere(token) !== null) seats.release(token);
  connection.seat = seats.take(personId);
  recordSignOut(host.room, replaced, 'replaced');
  return told(context, connection.seat);
}

/**
 * Seats this person beside the one in front, in place of the one who sat there. If nobody sits in front, seats them in
 * front. Returns the ticket.
 */
export function sitBeside(context: CallContext, personId: PersonId): string {
  const { connection, host } = context;
  const [front] = peopleAt(context);
  if (front === undefined) return sitInFront(context, personId);
  if (front.personId === personId) return front.seat;
  const { seats } = host.room;
  // A seat in front that was given up leaves its place to whoever is here still.
  connection.seat = front.seat;
  const left = connection.beside.filter((token) => token !== front.seat).map((token) => seats.release(token));
  const seat = seats.take(personId);
  connection.beside = [seat];
  for (const one of left) recordSignOut(host.room, one, 'replaced');
  return told(context, seat);
}

/** Whoever sits beside comes in front. What was open of private notes of the one in front is closed. Returns the ticket. */
export function bringForward(context: CallContext, personId: PersonId): string {
  const { connection, host } = context;
  const people = peopleAt(context);
  const next = people.find((person) => person.personId === personId);
  if (next === undefined) {
    throw new RefusedError({
      code: 'STAFF_UNKNOWN',
      message: 'This person is not signed in here any more. They type their PIN again.',
    });
  }
  host.room.seats.use(next.seat);
  const others = people.filter(({ seat }) => seat !== next.seat).map(({ seat }) => seat);
  for (const seat of others) host.room.privateNotes.close(seat);
  connection.seat = next.seat;
  connection.beside = others;
  return told(context, next.seat);
}

/** One person of this page, or everybody. Whoever stays comes in front. */
export function leave(context: CallContext, personId: PersonId | null): void {
  const { connection, host } = context;
  const { seats } = host.room;
  const held = seatsOf(connection);
  const staying = held.filter((token) => personId !== null && seats.holder(token) !== personId && seats.holder(token) !== null);
  const left = held.filter((token) => !staying.includes(token)).map((token) => seats.release(token));
  const [front = null, ...beside] = staying;
  connection.seat = front;
  connection.beside = beside;
  connection.signIn = null;
  told(context, '');
  for (const one of left) recordSignOut(host.room, one, 'asked');
}

/**
 * Hides what this page shows of anybody, until somebody types their PIN here: nobody sits at it any more, and it is still
 * known who did. Their private notes are closed.
 */
export function cover(context: CallContext): void {
  const { connection, host } = context;
  const { seats, privateNotes } = host.room;
  const left = seatsOf(connection).map((token) => seats.cover(token));
  connection.signIn = null;
  privateNotes.closeLeft();
  told(context, '');
  for (const one of left) recordSignOut(host.room, one, 'asked');
}

/** A handover at this page: the seat of whoever hands over is held by whoever takes over, whose PIN was typed for it. */
export function passOn(context: CallContext, fromId: PersonId, toId: PersonId): void {
  const { connection, host } = context;
  const { seats, recorder, privateNotes } = host.room;
  const from = peopleAt(context).find((person) => person.personId === fromId);
  if (from === undefined) return;
  const twice = peopleAt(context).find((person) => person.personId === toId);
  if (twice !== undefined) leave(context, toId);
  privateNotes.close(from.seat);
  seats.pass(from.seat, toId);
  connection.signIn = null;
  recorder.recordRoom({ events: [{ kind: 'signed-in', body: { personId: toId } }] }, null);
  recordSignOut(host.room, fromId, 'replaced');
  told(context, from.seat);
}

function besideOf(context: CallContext): { readonly personId: PersonId } | undefined {
  return peopleAt(context).find(({ seat }) => seat !== context.connection.seat);
}

function told(context: CallContext, seat: string): string {
  context.host.room.feed.changed('staff', 'here');
  return seat;
}

/** Nothing where the same person still sits at another page of this room, or at this one. */
export function recordSignOut({ recorder, seats }: OpenRoom, personId: PersonId | null, cause: 'asked' | 'replaced'): void {
  if (personId === null || seats.present.includes(personId)) return;
  const decision = decideSignOut(recorder.staff, personId, cause);
  if (decision.refusal === null) recorder.recordRoom({ events: decision.events }, personId);
}
