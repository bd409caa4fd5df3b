import { assertNever } from '../values/assert-never.ts';
import type { Contradiction } from './protocol-finding.ts';
import type { ProtocolShape, ShapeOf } from './protocol-shape.ts';
import type { Range } from './protocol-range.ts';

/** A default outside its own range, a bag that its vial cannot make, a dose that is no whole number of devices. */
export function doseContradictions(protocol: ProtocolShape): readonly Contradiction[] {
  switch (protocol.route) {
    case 'iv':
      return ivContradictions(protocol.dose);
    case 'im':
      return imContradictions(protocol.dose);
    case 'intranasal':
      return intranasalContradictions(protocol.dose);
    case 'sublingual':
      return sublingualContradictions(protocol.dose);
    default:
      return assertNever(protocol);
  }
}

type Row = readonly [name: string, value: number, range: Range];

function outside(rows: readonly Row[], path: readonly string[] = ['dose']): Contradiction[] {
  return rows
    .filter(([, value, [min, max]]) => value < min || value > max)
    .map(([name, value, [min, max]]) => ({
      path: [...path, name],
      message: `${value} lies outside its own range ${min} to ${max}`,
    }));
}

function ivContradictions(dose: ShapeOf<'iv'>['dose']): Contradiction[] {
  const { vial, mgPerMlRange } = dose;
  return [
    ...outside([
      ['mgPerKg', dose.mgPerKg, dose.mgPerKgRange],
      ['minutes', dose.minutes, dose.minutesRange],
      ['mgPerMl', dose.mgPerMl, dose.mgPerMlRange],
    ]),
    ...(mgPerMlRange[1] > vial.mgPerMl
      ? [
          {
            path: ['dose', 'mgPerMlRange'],
            message: `a bag of ${mgPerMlRange[1]} mg/mL cannot be made from a vial of ${vial.mgPerMl} mg/mL`,
          },
        ]
      : []),
  ];
}

function imContradictions(dose: ShapeOf<'im'>['dose']): Contradiction[] {
  const { second, mgPerKg, mgPerKgTotalMax } = dose;
  const found = outside([
    ['mgPerKg', mgPerKg, dose.mgPerKgRange],
    ['mgPerMl', dose.mgPerMl, dose.mgPerMlRange],
  ]);
  if (second !== null) {
    found.push(...outside([['mgPerKg', second.mgPerKg, second.mgPerKgRange]], ['dose', 'second']));
    if (second.fromMin > second.toMin) {
      const message = `the window of the second injection is upside down: from ${second.fromMin} to ${second.toMin} min`;
      found.push({ path: ['dose', 'second', 'fromMin'], message });
    }
  }
  const total = mgPerKg + (second?.mgPerKg ?? 0);
  if (total > mgPerKgTotalMax) {
    const message = `the injections add up to ${total} mg/kg, more than the ${mgPerKgTotalMax} mg/kg allowed together`;
    found.push({ path: ['dose', 'mgPerKgTotalMax'], message });
  }
  return found;
}

function intranasalContradictions({ deviceMg, dosesMg, doseMg }: ShapeOf<'intranasal'>['dose']): Contradiction[] {
  const odd = dosesMg.find((mg) => !Number.isInteger(mg / deviceMg));
  return [
    ...(odd === undefined ? [] : [{ path: ['dose', 'dosesMg'], message: `${odd} mg is no whole number of ${deviceMg} mg devices` }]),
    ...(dosesMg.includes(doseMg)
      ? []
      : [{ path: ['dose', 'doseMg'], message: `${doseMg} mg is not among the doses that may be ordered: ${dosesMg.join(', ')} mg` }]),
  ];
}

function sublingualContradictions(dose: ShapeOf<'sublingual'>['dose']): Contradiction[] {
  const late = dose.remote.escalation.findIndex((step, index, all) => index > 0 && step.afterMin < (all[index - 1]?.afterMin ?? 0));
  return [
    ...outside([['lozenges', dose.lozenges, dose.lozengesRange]]),
    ...(late === -1
      ? []
      : [{ path: ['dose', 'remote', 'escalation', late], message: 'it comes after a later step; put the steps in order of time' }]),
  ];
}
