import { siteLimitUl } from '../../../shared/clinical/dose-limit.ts';
import type { ImDose, IntranasalDose, SublingualDose } from '../../../shared/clinical/protocol-dose.ts';
import { workOutInjections } from '../../../shared/clinical/protocol-order.ts';
import { perKilogram } from '../../../shared/clinical/dose-order.ts';
import { workOutDevices, workOutLozenges } from '../../../shared/clinical/route-order.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { showMilli, showShort, thousandths } from '../../../shared/values/quantity.ts';
import { numberTyped } from '../../format/number-typed.ts';
import { startText } from '../../text/start.ts';
import type { EquationRow } from './equation-rows.tsx';

export type OrderCommand = Extract<SessionCommandInput, { type: 'order-dose' | 'order-injection' | 'order-devices' | 'order-lozenges' }>;

/** An order as it would be given, with its arithmetic. */
export interface WorkedOrder {
  readonly command: OrderCommand;
  readonly rows: readonly EquationRow[];
}

const words = startText.route;

/** null where the figures give no dose; the service refuses the same ones. */
function worked(work: () => WorkedOrder): WorkedOrder | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

export function workedInjection(
  grams: number,
  typed: Readonly<Record<'mgPerKg' | 'second' | 'mgPerMl', string>>,
  dose: ImDose,
): WorkedOrder | null {
  const [mgPerKg, mgPerMl] = [numberTyped(typed.mgPerKg), numberTyped(typed.mgPerMl)];
  const second = typed.second.trim() === '' ? null : numberTyped(typed.second);
  if (mgPerKg === null || mgPerMl === null || mgPerMl <= 0 || (typed.second.trim() !== '' && second === null)) return null;
  return worked(() => {
    const { first, second: again } = workOutInjections(dose, grams, { mgPerKg, mgPerMl, secondMgPerKg: second ?? undefined });
    const [low, high] = dose.mgPerKgRange;
    const notes = [
      [startText.dose.allowed(showShort(low, 2), showShort(high, 2)), ...stepsNote(dose)].join(' · '),
      words.siteMax(showMilli(siteLimitUl(dose, 'deltoid')), showShort(dose.mlPerSiteMax, 1)),
    ];
    const rows = first.equations.map((equation, index): EquationRow => ({ equation, note: notes[index] ?? '' }));
    if (second === null || again === null || dose.second === null) return { command: { type: 'order-injection', mgPerKg, mgPerMl }, rows };
    const totalUg = first.doseUg + again.doseUg;
    const [equation] = again.equations;
    const { fromMin, toMin } = dose.second;
    const total = words.total(showMilli(perKilogram(totalUg, grams)), showMilli(totalUg), showShort(dose.mgPerKgTotalMax, 2));
    const note = `${words.secondNote(showMilli(again.doseUg), showMilli(again.volumeUl), fromMin, toMin)} · ${total}`;
    return {
      command: { type: 'order-injection', mgPerKg, mgPerMl, secondMgPerKg: second },
      rows: [...rows, ...(equation === undefined ? [] : [{ equation, note }])],
    };
  });
}

function stepsNote({ steps }: ImDose): readonly string[] {
  return steps === undefined ? [] : [startText.dose.steps(showShort(steps.mg, 3), showShort(steps.ml, 3))];
}

export function workedDevices(doseUg: number, dose: IntranasalDose): WorkedOrder | null {
  return worked(() => {
    const { equations } = workOutDevices({ doseUg, deviceUg: thousandths(dose.deviceMg) });
    const note = [
      words.devices(dose.spraysPerDevice, dose.minutesBetweenDevices),
      words.monitoring(dose.monitoringMinutesMin),
      words.anchor[dose.anchor],
    ].join(' · ');
    return { command: { type: 'order-devices', mg: doseUg / 1000 }, rows: equations.map((equation) => ({ equation, note })) };
  });
}

export function workedLozenges(halves: number, dose: SublingualDose, grams: number): WorkedOrder | null {
  return worked(() => {
    const { equations } = workOutLozenges({ halves, lozengeUg: thousandths(dose.lozengeMg), grams });
    const [low, high] = dose.lozengesRange;
    const notes = [
      `${words.lozengeNote(showShort(low, 1), showShort(high, 1))} · ${words.hold(dose.holdMinutes)}`,
      words.perKgNote(showShort(dose.mgPerKgMax, 2)),
    ];
    return {
      command: { type: 'order-lozenges', lozenges: halves / 2 },
      rows: equations.map((equation, index) => ({ equation, note: notes[index] ?? '' })),
    };
  });
}
