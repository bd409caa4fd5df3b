import { RefusedError } from '../../../shared/contract/contract-errors.ts';
import { badgeRefusal, noBadgeRefusal, unknownBadge } from '../staff/badges.ts';
import { actingPerson } from '../staff/authentication.ts';
import { accessRefusal } from '../staff/access.ts';
import { waitText } from '../staff/pin-tries.ts';
import { hashOfBadge, holderOfBadge } from './badge-hash.ts';
import { inPinQueue } from './check-pin.ts';
import { changerOf, confirmedBy, personOf, refuse } from './changing-people.ts';
import { contract } from './procedure.ts';

/** Says whose a badge is, at a page where nobody need be signed in: who can sign in here stands on that page. It signs nobody in. */
const readBadge = contract.staff.readBadge.handler(async ({ context, input }) => {
  const { recorder, seats, clock } = context.host.room;
  const waits = (): void => {
    const waitMs = seats.badgeTries.waitMs(clock.monoMs());
    if (waitMs === 0) return;
    const message = `Too many badges were read that belong to nobody here. Tap your name; the next badge is read in ${waitText(waitMs)}.`;
    throw new RefusedError({ code: 'STAFF_BADGE_WAITS', message, subject: 'code' });
  };
  waits();
  const holder = await inPinQueue(() => {
    waits();
    return holderOfBadge(context.host.room, input.code);
  });
  if (holder === null) {
    seats.badgeTries.noteWrong(clock.monoMs());
    throw new RefusedError(unknownBadge(input.code));
  }
  seats.badgeTries.noteRight();
  const acting = actingPerson(recorder.staff, holder.personId);
  if ('refusal' in acting) throw new RefusedError(acting.refusal);
  return { personId: acting.personId };
});

/** The same people may give it as may change this person. The one that they had before is theirs no more. */
const giveBadge = contract.staff.giveBadge.handler(async ({ context, input }) => {
  const { recorder } = context.host.room;
  const { personId, code, confirm } = input;
  const by = changerOf(context, personId, confirm);
  const refuseEnded = (): void => refuse(accessRefusal(recorder.staff, personId));
  refuseEnded();
  const confirmed = await confirmedBy(context, by, confirm);
  await inPinQueue(async () => {
    const badgeHash = await hashOfBadge(context.host.room, code);
    // Hashing takes a while: they may have left meanwhile.
    refuseEnded();
    refuse(badgeRefusal(recorder.staff, personId, badgeHash));
    recorder.recordRoom({ events: [{ kind: 'badge-given', body: { personId, badgeHash, ...confirmed } }] }, by);
  });
  return {};
});

const removeBadge = contract.staff.removeBadge.handler(async ({ context, input }) => {
  const { room } = context.host;
  const { personId, confirm } = input;
  const by = changerOf(context, personId, confirm);
  const refuseNone = (): void => refuse(noBadgeRefusal(personOf(room, personId)));
  refuseNone();
  const confirmed = await confirmedBy(context, by, confirm);
  refuseNone();
  room.recorder.recordRoom({ events: [{ kind: 'badge-removed', body: { personId, ...confirmed } }] }, by);
  return {};
});

export const badgeProcedures = { readBadge, giveBadge, removeBadge };
