import type { Stock } from '../../../shared/clinical/controlled-drug.ts';
import { leftInAllBags } from '../../../shared/clinical/dosing.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { SessionDrugsView } from '../../../shared/contract/drug-log-view.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { thousandths } from '../../../shared/values/quantity.ts';
import { drugEntries } from '../session/questions/drug-entries.ts';
import { doseAccount, type DrugAccount } from '../session/state/controlled-drug-state.ts';
import type { NameOf } from '../session/events/session-event.ts';
import type { SessionState } from '../session/state/session-state.ts';

/** What was drawn for a session, what became of it, and what the arithmetic of the dose leaves over. */
export function sessionDrugs(state: SessionState, protocol: Protocol, by: NameOf, nowMs: UtcMs): SessionDrugsView {
  const { controlledDrugs, dose } = state;
  const account = doseAccount(controlledDrugs, dose, nowMs);
  const isOver = dose.endedMs !== null;
  return {
    stock: stockOf(protocol),
    drawnUg: account.drawnUg,
    givenUg: isOver ? account.givenUg : null,
    wastedUg: account.wastedUg,
    differenceUg: account.differenceUg,
    openUg: isOver ? account.openUg : null,
    offered: offeredWaste(state, account),
    entries: drugEntries(controlledDrugs).map((entry) => {
      const { eventId, kind, atMs, stock, forDose, ug, actor, witness } = entry;
      const difference = entry.kind === 'wasted' ? (entry.difference ?? null) : null;
      return { eventId, kind, atMs, stock, forDose, ug, difference, by: by(actor), witness: witness.name };
    }),
  };
}

/** The package a protocol's dose comes from. */
export function stockOf(protocol: Protocol): Stock {
  const { drug } = protocol;
  switch (protocol.route) {
    case 'iv':
    case 'im': {
      const { vial } = protocol.dose;
      return { drug, unit: 'vial', unitUg: thousandths(vial.mg), ugPerMl: thousandths(vial.mgPerMl) };
    }
    case 'intranasal':
      return { drug, unit: 'device', unitUg: thousandths(protocol.dose.deviceMg), ugPerMl: null };
    case 'sublingual':
      return { drug, unit: 'lozenge', unitUg: thousandths(protocol.dose.lozengeMg), ugPerMl: null };
    default:
      return assertNever(protocol);
  }
}

/**
 * Leftover to be confirmed: what never went into the bag is in the vial, what the dose left is in the bag. Before the
 * dose is over only the vial can be wasted; the bag is still hanging.
 */
function offeredWaste(state: SessionState, { drawnUg, wastedUg, openUg }: DrugAccount): SessionDrugsView['offered'] {
  const { dose, order } = state;
  if (drawnUg === 0) return [];
  if (dose.endedMs === null) {
    const inVial = order === null ? 0 : drawnUg - order.bag.ug - wastedUg;
    return inVial > 0 ? [{ from: 'vial', ug: inVial }] : [];
  }
  if (openUg <= 0) return [];
  const inBag = Math.min(openUg, Math.round(leftInAllBags(dose.timeline, dose.endedMs).ug));
  const parts = [{ from: 'vial', ug: openUg - inBag } as const, { from: 'bag', ug: inBag } as const];
  return parts.filter((part) => part.ug > 0);
}
