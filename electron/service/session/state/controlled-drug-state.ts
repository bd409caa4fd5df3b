import { deliveredUg } from '../../../../shared/clinical/dosing.ts';
import { stockKey } from '../../../../shared/clinical/controlled-drug.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import type { DoseState } from './dose-state.ts';
import { fitProblem, type FitProblem } from './fit-problem.ts';
import type { EffectiveEvent } from './history.ts';
import type { EventBody, SessionEvent } from '../events/session-event.ts';
import type { Entry } from './entry.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';

/** What a session took from the cabinet and what became of it. Whole micrograms. */
export interface DrugAccount {
  readonly drawnUg: number;
  /** By the arithmetic of the dose up to its end (up to `untilMs` while it runs), or stated for a rescue drug. */
  readonly givenUg: number;
  readonly wastedUg: number;
  /** Explained with a reason, in either direction. */
  readonly differenceUg: number;
  /** Still to be accounted for; 0 closes the account. */
  readonly openUg: number;
}

export type DrawnEntry = EventBody<'controlled-drug-drawn'> & Entry;
export type WastedEntry = EventBody<'controlled-drug-wasted'> & Entry;

export interface ControlledDrugs {
  readonly drawn: readonly DrawnEntry[];
  readonly wasted: readonly WastedEntry[];
  /** When everything that was drawn for the dose was accounted for by a waste entry; null while it is not. */
  readonly closedMs: UtcMs | null;
}

/** The account of the session's dose. The dose comes from one or more vials, whatever their size. */
export function doseAccount(drugs: Pick<ControlledDrugs, 'drawn' | 'wasted'>, dose: DoseState, untilMs: UtcMs): DrugAccount {
  const drawn = drugs.drawn.filter((entry) => entry.forDose);
  const wasted = drugs.wasted.filter((entry) => entry.forDose);
  return accountOf(drawn, wasted, Math.round(deliveredUg(dose.timeline, dose.endedMs ?? untilMs)));
}

/** The account of a rescue drug, by its stock. */
export function stockAccount(drugs: Pick<ControlledDrugs, 'drawn' | 'wasted'>, key: string): DrugAccount {
  const isOf = (entry: DrawnEntry | WastedEntry): boolean => !entry.forDose && stockKey(entry.stock) === key;
  const wasted = drugs.wasted.filter(isOf);
  return accountOf(drugs.drawn.filter(isOf), wasted, sum(wasted.map((entry) => entry.givenUg ?? 0)));
}

function accountOf(drawn: readonly DrawnEntry[], wasted: readonly WastedEntry[], givenUg: number): DrugAccount {
  const drawnUg = sum(drawn.map((entry) => entry.ug));
  const wastedUg = sum(wasted.map((entry) => entry.ug));
  const differenceUg = sum(wasted.map((entry) => entry.difference?.ug ?? 0));
  return { drawnUg, givenUg, wastedUg, differenceUg, openUg: drawnUg - givenUg - wastedUg - differenceUg };
}

type EntryOf<K extends SessionEvent['kind']> = EffectiveEvent<Extract<SessionEvent, { kind: K }>>;

/** Folds what was drawn and wasted; a waste entry that nothing was drawn for is named in `problems`. */
export function foldControlledDrugs(
  drawn: readonly DrawnEntry[],
  wasted: readonly WastedEntry[],
  wasteEvents: readonly EntryOf<'controlled-drug-wasted'>[],
  dose: DoseState,
  problems: FitProblem[],
): ControlledDrugs {
  const drugs = { drawn, wasted };
  for (const entry of wasteEvents) {
    const { stock, forDose } = entry.event.body;
    const same = (other: DrawnEntry | WastedEntry): boolean =>
      forDose ? other.forDose : !other.forDose && stockKey(other.stock) === stockKey(stock);
    const drawnUg = sum(drawn.filter(same).map((other) => other.ug));
    const wastedUg = sum(wasted.filter(same).map((other) => other.ug + (other.givenUg ?? 0)));
    if (wastedUg <= drawnUg) continue;
    const because = drawnUg === 0 ? 'nothing was drawn for it' : `only ${showMilli(drawnUg)} mg had been drawn`;
    problems.push(fitProblem(entry, 'DRUG_WASTE_EXCEEDS', because, 'Record what was drawn first'));
  }
  return { ...drugs, closedMs: closedMs(drugs, dose) };
}

function closedMs(drugs: Pick<ControlledDrugs, 'drawn' | 'wasted'>, dose: DoseState): UtcMs | null {
  const wasted = drugs.wasted.filter((entry) => entry.forDose);
  if (dose.endedMs === null || wasted.length === 0) return null;
  if (doseAccount(drugs, dose, dose.endedMs).openUg !== 0) return null;
  return Math.max(dose.endedMs, ...wasted.map((entry) => entry.atMs));
}

/**
 * Waste that accounts for everything drawn for the dose is the milestone "Waste recorded", without a tap of its own.
 * It is worked out and not written, so that an undo of the waste, or a corrected dose, opens it again by itself.
 */
export function closedWaste(
  reached: readonly (EventBody<'milestone-reached'> & Entry)[],
  { wasted, closedMs: atMs }: ControlledDrugs,
): readonly (EventBody<'milestone-reached'> & Entry)[] {
  const last = wasted.findLast((entry) => entry.forDose);
  if (atMs === null || last === undefined || reached.some((entry) => entry.milestone === 'waste_recorded')) return reached;
  const { eventId, enteredMs, late, amendedFromMs, actor } = last;
  const detail = `${showMilli(last.ug)} mg, witnessed by ${last.witness.name}`;
  return [...reached, { milestone: 'waste_recorded', detail, eventId, atMs, enteredMs, late, amendedFromMs, actor }];
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
