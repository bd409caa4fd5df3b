import { stockKey, type Stock, type WasteSource } from '../../../shared/clinical/controlled-drug.ts';
import { hasWords } from '../../../shared/contract/doubt.ts';
import type { SessionDrugsView } from '../../../shared/contract/drug-log-view.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { showMilli, thousandths } from '../../../shared/values/quantity.ts';
import { numberTyped } from '../../format/number-typed.ts';
import { drugLogText } from '../../text/drug-log.ts';

const words = drugLogText.session;

/** What is typed becomes amounts here, and nowhere else; an empty field is nothing typed, never 0. */

export interface WasteDraft {
  readonly parts: readonly { readonly from: WasteSource; readonly mg: string }[];
  /** Of a rescue drug. */
  readonly givenMg: string;
  readonly reason: string;
}

type WasteCommand = Extract<SessionCommandInput, { type: 'waste-controlled-drug' }>;
type DrawCommand = Extract<SessionCommandInput, { type: 'draw-controlled-drug' }>;

export type Typed<T> = { readonly ok: true; readonly command: T } | { readonly ok: false; readonly waitsFor: string };

/** The leftover of the dose, ready to be confirmed; one empty field where nothing is offered. */
export function wasteDraft(drugs: SessionDrugsView, forDose: boolean): WasteDraft {
  const offered = forDose ? drugs.offered.map(({ from, ug }) => ({ from, mg: showMilli(ug) })) : [];
  const unit = drugs.stock?.unit === 'device' ? 'device' : 'vial';
  return { parts: offered.length > 0 ? offered : [{ from: forDose ? unit : 'syringe', mg: '' }], givenMg: '', reason: '' };
}

/** What stays open after a waste entry of the dose; null while the dose is not over, or something typed is no number. */
export function leftAfter(drugs: SessionDrugsView, draft: WasteDraft): number | null {
  const ug = wastedUg(draft);
  return drugs.openUg === null || ug === null ? null : drugs.openUg - ug;
}

export function wasteCommand(stock: Stock, draft: WasteDraft, leftUg: number | null, forDose: boolean): Typed<WasteCommand> {
  const parts = draft.parts.filter((part) => part.mg.trim() !== '').map((part) => ({ from: part.from, mg: numberTyped(part.mg) }));
  if (parts.length === 0) return { ok: false, waitsFor: words.waits.amount };
  const amounts: { from: WasteSource; mg: number }[] = [];
  for (const { from, mg } of parts) {
    if (mg === null || mg <= 0) return { ok: false, waitsFor: words.waits.number };
    amounts.push({ from, mg });
  }
  const givenMg = forDose ? null : numberTyped(draft.givenMg);
  if (!forDose && givenMg === null) return { ok: false, waitsFor: words.waits.given };
  const reason = draft.reason.trim();
  if (!hasWords(reason) && (reason !== '' || (leftUg !== null && leftUg < 0))) return { ok: false, waitsFor: words.waits.reason };
  return {
    ok: true,
    command: {
      type: 'waste-controlled-drug',
      stock,
      parts: amounts,
      ...(givenMg === null ? {} : { givenMg }),
      ...(reason === '' ? {} : { differenceReason: reason }),
    },
  };
}

export function drawCommand(stock: Stock, units: string, lot: string): Typed<DrawCommand> {
  const mg = mgOfUnits(stock, units);
  if (mg === null || mg <= 0) return { ok: false, waitsFor: words.waits.number };
  return { ok: true, command: { type: 'draw-controlled-drug', stock, mg, ...(lot.trim() === '' ? {} : { lot: lot.trim() }) } };
}

/** Vials as typed, in mg; null where it is no number. */
export function mgOfUnits(stock: Stock, units: string): number | null {
  const count = numberTyped(units);
  return count === null ? null : (count * stock.unitUg) / 1000;
}

function wastedUg({ parts }: WasteDraft): number | null {
  let total = 0;
  for (const { mg } of parts) {
    const typed = mg.trim() === '' ? 0 : numberTyped(mg);
    if (typed === null) return null;
    total += thousandths(typed);
  }
  return total;
}

export interface StockDraft {
  readonly drug: string;
  readonly unit: Stock['unit'];
  readonly unitMg: string;
  readonly mgPerMl: string;
}
export const emptyStock: StockDraft = { drug: '', unit: 'vial', unitMg: '', mgPerMl: '' };

/** A stock that the protocol does not name; null while it is not complete. */
export function stockTyped({ drug, unit, unitMg, mgPerMl }: StockDraft): Stock | null {
  const mg = numberTyped(unitMg);
  const strength = mgPerMl.trim() === '' ? null : numberTyped(mgPerMl);
  if (drug.trim() === '' || mg === null || mg <= 0 || (mgPerMl.trim() !== '' && (strength === null || strength <= 0))) return null;
  return { drug: drug.trim(), unit, unitUg: thousandths(mg), ugPerMl: strength === null ? null : thousandths(strength) };
}

/** Each stock once, in the order given. */
export function distinctStocks(stocks: readonly (Stock | null)[]): readonly Stock[] {
  const known = new Map<string, Stock>();
  for (const stock of stocks) {
    if (stock !== null && !known.has(stockKey(stock))) known.set(stockKey(stock), stock);
  }
  return [...known.values()];
}
