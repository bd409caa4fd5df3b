import { ugPerKgPerMin } from '../../../shared/clinical/dosing.ts';
import type { DoseView } from '../../../shared/contract/session-view/dose.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import { showDecimal, showMilli, showShort } from '../../../shared/values/quantity.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { doseText } from '../../text/dose.ts';
import { outlookAfter, outlookNow, type DoseChange } from './dose-outlook.ts';

/** Worked out, and still growing or falling. */
const mg = (ug: number): string => showDecimal(ug / 1000, 2);
const about = (thousandths: number): string => showShort(thousandths / 1000, 2);

/** What a change does, in sentences, before it is confirmed. `clock` writes a time of day. */
export function effectOf(dose: DoseView, change: DoseChange, atMs: UtcMs, nowMs: UtcMs, clock: (ms: UtcMs) => string): string[] {
  const before = outlookNow(dose, nowMs);
  const after = outlookAfter(dose, change, atMs, nowMs);
  const words = doseText.effect;
  const total = dose.order === null ? '' : showMilli(dose.order.doseUg);
  const end =
    after.endsMs === null
      ? []
      : [before.endsMs === null ? words.endPlain(clock(after.endsMs)) : words.end(clock(after.endsMs), shift(before.endsMs, after.endsMs))];
  switch (change.type) {
    case 'start-dose':
      return [words.start(showMilli(change.rateUlPerHour), about(after.leftUg + after.givenUg)), ...end];
    case 'change-rate':
      return [
        words.rate(showMilli(before.rateUlPerHour), showMilli(change.rateUlPerHour)),
        ...doseRate(dose, change.rateUlPerHour),
        ...end,
      ];
    case 'resume-dose':
      return [words.resume(showMilli(change.rateUlPerHour)), ...doseRate(dose, change.rateUlPerHour), ...end];
    case 'pause-dose':
      return [words.pause(mg(after.givenUg))];
    case 'give-bolus':
      if (change.ug > before.leftUg) return [words.bolusTooMuch(mg(before.leftUg))];
      return [words.bolus(mg(before.givenUg), mg(after.givenUg)), ...end];
    case 'stop-dose-early':
      return [
        words.stop(mg(after.givenUg), total),
        after.leftUg < 1 ? words.nothingLeft : words.waste(mg(after.leftUg), about(after.leftUl)),
        words.noReturn,
      ];
    case 'complete-dose':
      if (after.leftUg < 1) return [words.stop(mg(after.givenUg), total), words.nothingLeft, words.noReturn];
      return [
        words.completeEarly(mg(after.leftUg), about(after.leftUl), before.endsMs === null ? '–' : clock(before.endsMs)),
        words.noReturn,
      ];
    default:
      return assertNever(change);
  }
}

function doseRate(dose: DoseView, rateUlPerHour: number): string[] {
  const bag = dose.segments.at(-1)?.bag ?? dose.order?.bag;
  if (bag === undefined || dose.order === null) return [];
  return [doseText.effect.doseRate(showShort(ugPerKgPerMin(rateUlPerHour, bag, dose.order.weightGrams), 2))];
}

function shift(beforeMs: UtcMs, afterMs: UtcMs): string {
  const minutes = Math.round((afterMs - beforeMs) / 60_000);
  if (minutes === 0) return doseText.effect.same;
  return minutes > 0 ? doseText.effect.later(String(minutes)) : doseText.effect.earlier(String(-minutes));
}
