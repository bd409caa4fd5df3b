import type { Protocol } from '../../../shared/clinical/protocol.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';

/** A figure of a protocol's dose: its words, its path, and the paths of the range it must lie in. */
interface DoseField {
  readonly label: string;
  readonly path: string;
  readonly range?: readonly [low: string, high: string];
  /** What the table says where a protocol has no such figure. */
  readonly none?: string;
}

function ranged(label: string, path: string): DoseField {
  return { label, path, range: [`${path}Range.0`, `${path}Range.1`] };
}

/** What can be drawn and set. All of a route's steps, or none: an empty field says so in the table. */
function step(label: string, name: 'mg' | 'ml' | 'bagMl' | 'mlPerHour'): DoseField {
  return { label, path: `dose.steps.${name}`, none: 'none' };
}

const weight: readonly DoseField[] = [
  { label: 'Weight change since the last visit that asks for a reason, %', path: 'weight.changePercentMax' },
  { label: 'Lowest plausible weight, kg', path: 'weight.kgRange.0' },
  { label: 'Highest plausible weight, kg', path: 'weight.kgRange.1' },
];

/** The figures a clinic decides, in the order in which a dose is worked out. */
export function doseFields(protocol: Protocol): readonly DoseField[] {
  switch (protocol.route) {
    case 'iv':
      return [
        ranged('Dose, mg/kg', 'dose.mgPerKg'),
        ranged('Duration, min', 'dose.minutes'),
        ranged('Bag, mg/mL', 'dose.mgPerMl'),
        step('Dose in steps of, mg', 'mg'),
        step('Drawn in steps of, mL', 'ml'),
        step('Bag filled in steps of, mL', 'bagMl'),
        step('Pump set in steps of, mL/h', 'mlPerHour'),
        ...weight,
      ];
    case 'im':
      return [
        ranged('Dose, mg/kg', 'dose.mgPerKg'),
        ranged('Strength, mg/mL', 'dose.mgPerMl'),
        ...(protocol.dose.second === null
          ? []
          : [
              ranged('Second injection, mg/kg', 'dose.second.mgPerKg'),
              { label: 'Second injection from, min', path: 'dose.second.fromMin' },
              { label: 'Second injection to, min', path: 'dose.second.toMin' },
            ]),
        { label: 'Both injections, at most mg/kg', path: 'dose.mgPerKgTotalMax' },
        { label: 'In one muscle, at most mL', path: 'dose.mlPerSiteMax' },
        { label: 'In one deltoid, at most mL', path: 'dose.mlPerSite.deltoid' },
        step('Dose in steps of, mg', 'mg'),
        step('Drawn in steps of, mL', 'ml'),
        ...weight,
      ];
    case 'intranasal':
      return [
        { label: 'Doses that may be ordered, mg', path: 'dose.dosesMg' },
        { label: 'Offered first, mg', path: 'dose.doseMg' },
        { label: 'In one device, mg', path: 'dose.deviceMg' },
        { label: 'Between devices, min', path: 'dose.minutesBetweenDevices' },
        { label: 'Monitoring at least, min', path: 'dose.monitoringMinutesMin' },
        ...weight,
      ];
    case 'sublingual':
      return [
        { label: 'In one lozenge, mg', path: 'dose.lozengeMg' },
        ranged('Lozenges', 'dose.lozenges'),
        { label: 'Held, min', path: 'dose.holdMinutes' },
        { label: 'At most mg/kg', path: 'dose.mgPerKgMax' },
        ...weight,
      ];
    default:
      return assertNever(protocol);
  }
}
