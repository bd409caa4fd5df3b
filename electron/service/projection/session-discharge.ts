import { dischargeLines, escortCriterion, isConfirmable } from '../../../shared/clinical/discharge.ts';
import type { DischargeView } from '../../../shared/contract/session-view/discharge.ts';
import { isEscortNamed, openLines } from '../session/decide/discharge.ts';
import { dischargeFacts } from '../session/questions/discharge-facts.ts';
import { handoverCard } from '../session/questions/handover-card.ts';
import type { SessionState } from '../session/state/session-state.ts';
import type { SessionContext } from './session-context.ts';

/** The protocol's criteria as they stand now, and what the next nurse has to know. Nothing of it is a reminder. */
export function sessionDischarge(state: SessionState, context: SessionContext): DischargeView {
  const { protocol, nowMs, nameOf: by } = context;
  const vitals = { cuffs: context.cuffs, trend: context.trend ?? null };
  // A past session is looked at as it stood when it ended, not two years later.
  const atMs = state.ended?.atMs ?? nowMs;
  const lines = dischargeLines(dischargeFacts(state, protocol, vitals, atMs, by), protocol.discharge);
  const { escort, assessed, overrides, handovers } = state.discharge;
  return {
    ending: protocol.discharge.ending,
    lines: lines.map((line, index) => {
      const criterion = protocol.discharge.criteria[index];
      const override = overrides.get(line.criterion);
      // An escort who was named before the dose has only to be seen.
      const isNamed = escort === null && isEscortNamed(state) && line.criterion === escortCriterion;
      const looking = isNamed || (criterion !== undefined && isConfirmable(criterion));
      return {
        ...line,
        hint: criterion?.hint ?? '',
        required: criterion?.required ?? true,
        overridable: criterion?.overridable ?? false,
        answeredBy: line.criterion === escortCriterion && !isNamed ? 'escort' : looking ? 'looking' : 'recording',
        instrument: criterion?.kind === 'score' || criterion?.kind === 'back-to-baseline' ? criterion.instrument : null,
        override: override === undefined ? null : { reason: override.reason, by: override.prescriber.name, atMs: override.atMs },
      };
    }),
    open: openLines(state, lines, { protocol }).map(({ label }) => label),
    escort:
      escort === null ? null : { name: escort.name, phone: escort.phone, present: escort.present, atMs: escort.atMs, by: by(escort.actor) },
    assessed:
      assessed === null ? null : { eventId: assessed.eventId, atMs: assessed.atMs, by: by(assessed.actor), lines: [...assessed.lines] },
    card: handoverCard(state, protocol, vitals, { utcMs: atMs, offsetMin: context.offsetMin ?? 0 }, context.formats),
    handovers: handovers.map(({ eventId, atMs: handedMs, from, to, card, note }) => ({
      eventId,
      atMs: handedMs,
      from: from.name,
      to: to.name,
      card,
      note: note ?? null,
    })),
  };
}
