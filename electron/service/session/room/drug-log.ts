import { stockLabel, type Stock } from '../../../../shared/clinical/controlled-drug.ts';
import type { PersonId } from '../../../../shared/values/ids.ts';
import { showMilli, thousandths } from '../../../../shared/values/quantity.ts';
import { withoutAbsent } from '../decide/decision.ts';
import type { RoomDecision } from './decide-room.ts';

/** Decisions about the cabinet. Who may, and that the second person's PIN was right, was asked before. */
export interface DrugLogWitness {
  readonly personId: PersonId;
  readonly name: string;
}

export interface Receipt {
  readonly stock: Stock;
  readonly units: number;
  readonly lot?: string | undefined;
  readonly detail?: string | undefined;
}

export function decideReceipt({ stock, units, lot, detail }: Receipt, witness: DrugLogWitness): RoomDecision {
  const body = withoutAbsent({ stock, units, ug: units * stock.unitUg, lot: given(lot), detail: given(detail), witness });
  return { events: [{ kind: 'controlled-drug-received', body }] };
}

export interface Count {
  readonly stock: Stock;
  readonly mg: number;
  readonly reason?: string | undefined;
}

/**
 * A count that differs is not refused for good: it is recorded with its reason. Without one it is refused, so that a
 * difference is seen by two people before it stands in the log.
 */
export function decideCount({ stock, mg, reason }: Count, expectedUg: number | null, witness: DrugLogWitness): RoomDecision {
  const countedUg = thousandths(mg);
  const why = given(reason);
  if (expectedUg !== null && countedUg !== expectedUg && why === undefined) {
    const differenceUg = countedUg - expectedUg;
    const what = differenceUg < 0 ? `${amountText(stock, -differenceUg)} is missing` : `${amountText(stock, differenceUg)} is over`;
    const message = `The log says ${amountText(stock, expectedUg)} of ${stockLabel(stock)}, you counted ${amountText(stock, countedUg)}: ${what}. Count again together, or give the reason.`;
    return { refusal: { code: 'DRUG_COUNT_DIFFERS', message, subject: 'reason' } };
  }
  return { events: [{ kind: 'controlled-drug-counted', body: withoutAbsent({ stock, countedUg, expectedUg, reason: why, witness }) }] };
}

export interface Disposal {
  readonly stock: Stock;
  readonly mg: number;
  readonly reason: string;
}

export function decideDisposal({ stock, mg, reason }: Disposal, balanceUg: number | null, witness: DrugLogWitness): RoomDecision {
  const ug = thousandths(mg);
  if (ug < 1) {
    return { refusal: { code: 'DRUG_AMOUNT_IMPOSSIBLE', message: 'This is next to nothing. Type the amount in mg.', subject: 'mg' } };
  }
  if (ug > (balanceUg ?? 0)) {
    const message = `The log holds ${amountText(stock, balanceUg ?? 0)} of ${stockLabel(stock)}, so ${showMilli(ug)} mg cannot be disposed of. Count the stock first.`;
    return { refusal: { code: 'DRUG_WASTE_EXCEEDS', message, subject: 'mg' } };
  }
  return { events: [{ kind: 'controlled-drug-disposed', body: { stock, ug, reason, witness } }] };
}

/** `1500 mg (3 vials)` */
function amountText({ unit, unitUg }: Stock, ug: number): string {
  if (ug < 0) return `${showMilli(-ug)} mg less than nothing`;
  const units = ug / unitUg;
  return Number.isInteger(units) && units !== 0 ? `${showMilli(ug)} mg (${units} ${unit}${units === 1 ? '' : 's'})` : `${showMilli(ug)} mg`;
}

function given(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}
