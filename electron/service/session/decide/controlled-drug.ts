import { stockKey, stockLabel, type Stock } from '../../../../shared/clinical/controlled-drug.ts';
import { showMilli, thousandths } from '../../../../shared/values/quantity.ts';
import { clinicalTime, occurredAt } from '../state/clinical-time.ts';
import { doseAccount, stockAccount, type DrugAccount } from '../state/controlled-drug-state.ts';
import { accept, refuse, requireSecondPerson, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import type { SessionState } from '../state/session-state.ts';

/**
 * Records a vial taken out of the cabinet. If the balance does not cover it, it is recorded all the same, because the
 * patient cannot wait for a count.
 */
export function decideDraw(state: SessionState, command: CommandOf<'draw-controlled-drug'>, context: DecisionContext): Decision {
  const witnessed = requireSecondPerson(context, 'Drawing a controlled drug');
  if ('refusal' in witnessed) return witnessed;
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const ug = thousandths(command.mg);
  if (ug < 1) return refuse('DRUG_AMOUNT_IMPOSSIBLE', 'This is next to nothing. Type the amount in mg.', 'mg');
  const { stock, lot } = command;
  const body = withoutAbsent({
    stock,
    ug,
    forDose: isForDose(stock, context),
    lot: lot === '' ? undefined : lot,
    witness: witnessed.witness,
    lateReason: time.lateReason,
  });
  return accept({ kind: 'controlled-drug-drawn', body, ...occurredAt(time) });
}

/**
 * Waste is accounted against what was drawn and given. More than was ever drawn cannot be; more than the dose leaves
 * over needs a reason, and that difference is then part of the record.
 */
export function decideWaste(state: SessionState, command: CommandOf<'waste-controlled-drug'>, context: DecisionContext): Decision {
  const witnessed = requireSecondPerson(context, 'Wasting a controlled drug');
  if ('refusal' in witnessed) return witnessed;
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const { stock, differenceReason } = command;
  const forDose = isForDose(stock, context);
  const account = forDose
    ? doseAccount(state.controlledDrugs, state.dose, time.atMs)
    : stockAccount(state.controlledDrugs, stockKey(stock));
  const parts = command.parts.map(({ from, mg }) => ({ from, ug: thousandths(mg) }));
  if (parts.some((part) => part.ug < 1))
    return refuse('DRUG_AMOUNT_IMPOSSIBLE', 'This is next to nothing. Type the amount in mg.', 'parts');
  const ug = parts.reduce((total, part) => total + part.ug, 0);
  const givenUg = forDose || command.givenMg === undefined ? undefined : thousandths(command.givenMg);
  const refusal = wasteRefusal(stock, account, { ug, givenUg: givenUg ?? 0, differenceReason });
  if (refusal !== null) return refusal;
  const leftUg = account.openUg - (givenUg ?? 0) - ug;
  const difference = differenceReason === undefined || leftUg === 0 ? undefined : { ug: leftUg, reason: differenceReason };
  const body = withoutAbsent({
    stock,
    forDose,
    parts,
    ug,
    openUg: account.openUg,
    givenUg,
    difference,
    witness: witnessed.witness,
    lateReason: time.lateReason,
  });
  return accept({ kind: 'controlled-drug-wasted', body, ...occurredAt(time) });
}

interface WasteStated {
  readonly ug: number;
  readonly givenUg: number;
  readonly differenceReason: string | undefined;
}

function wasteRefusal(stock: Stock, account: DrugAccount, { ug, givenUg, differenceReason }: WasteStated): Decision | null {
  const { drawnUg, wastedUg } = account;
  if (drawnUg === 0) {
    return refuse('DRUG_NOT_DRAWN', `Nothing of ${stockLabel(stock)} was drawn for this session. Record what was drawn first.`, 'stock');
  }
  if (ug + givenUg > drawnUg - wastedUg) {
    const before = wastedUg === 0 ? '' : `, and ${showMilli(wastedUg)} mg is wasted already`;
    const message = `${showMilli(ug + givenUg)} mg is more than there is: ${showMilli(drawnUg)} mg was drawn${before}. Check the amounts.`;
    return refuse('DRUG_WASTE_EXCEEDS', message, 'parts');
  }
  const openUg = account.openUg - givenUg;
  if (ug > openUg && differenceReason === undefined) {
    const message = `By the record ${showMilli(Math.max(0, openUg))} mg is left: ${showMilli(drawnUg)} mg drawn, ${showMilli(account.givenUg + givenUg)} mg given, ${showMilli(wastedUg)} mg wasted before. Check the amount, or give the reason for the difference.`;
    return refuse('DRUG_DIFFERENCE_REASON', message, 'differenceReason');
  }
  return null;
}

function isForDose(stock: Stock, { protocol }: DecisionContext): boolean {
  return stock.drug.trim().toLowerCase() === protocol.drug.trim().toLowerCase();
}
