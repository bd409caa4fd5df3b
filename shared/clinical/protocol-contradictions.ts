import { assertNever } from '../values/assert-never.ts';
import { totalRange } from './instrument.ts';
import { instruments } from './instruments/instrument-directory.ts';
import { milestones } from './milestone.ts';
import { doseContradictions } from './protocol-dose-contradictions.ts';
import type { Contradiction } from './protocol-finding.ts';
import { limitContradictions } from './protocol-limit-contradictions.ts';
import type { ProtocolShape } from './protocol-shape.ts';
import { scheduleContradictions } from './protocol-schedule-contradictions.ts';

/**
 * Where a protocol of the right shape says two things at once, or something that can never be: found before a
 * version goes live, and in the built-in files when Vigil starts.
 */
export function contradictions(protocol: ProtocolShape): readonly Contradiction[] {
  return [
    ...twice(protocol),
    ...doseContradictions(protocol),
    ...limitContradictions(protocol),
    ...scheduleContradictions(protocol),
    ...milestoneContradictions(protocol),
    ...dischargeContradictions(protocol),
  ];
}

function twice(protocol: ProtocolShape): Contradiction[] {
  const lists: readonly (readonly [path: readonly string[], keys: readonly string[]])[] = [
    [['milestones'], protocol.milestones.map((entry) => entry.milestone)],
    [['schedule'], protocol.schedule.map((row) => row.id)],
    [['phases'], protocol.phases.map((entry) => entry.phase)],
    [['formulary'], protocol.formulary.map((drug) => drug.id)],
    [['discharge', 'criteria'], protocol.discharge.criteria.map((criterion) => criterion.id)],
  ];
  return lists.flatMap(([path, keys]) => {
    const again = keys.find((key, index) => keys.indexOf(key) !== index);
    return again === undefined ? [] : [{ path, message: `"${again}" stands there twice` }];
  });
}

function milestoneContradictions({ milestones: entries }: ProtocolShape): Contradiction[] {
  return entries.flatMap(({ milestone, beforeDose }, index) =>
    beforeDose && milestones[milestone].stage !== 'pre'
      ? [
          {
            path: ['milestones', index],
            message: `"${milestones[milestone].label}" cannot be recorded before the dose, so it cannot hold it up`,
          },
        ]
      : [],
  );
}

function dischargeContradictions({ discharge, milestones: entries }: ProtocolShape): Contradiction[] {
  const offered = new Set(entries.map((entry) => entry.milestone));
  return discharge.criteria.flatMap((criterion, index): Contradiction[] => {
    const path = ['discharge', 'criteria', index];
    switch (criterion.kind) {
      case 'score': {
        const instrument = instruments[criterion.instrument];
        const { name } = instrument;
        const { min, max } = totalRange(instrument);
        const { value } = criterion;
        return value < min || value > max ? [{ path, message: `${name} runs from ${min} to ${max}, so ${value} is never reached` }] : [];
      }
      case 'milestone':
        return offered.has(criterion.milestone)
          ? []
          : [{ path, message: `it waits for "${milestones[criterion.milestone].label}", which this protocol does not offer` }];
      case 'back-to-baseline':
      case 'vitals-near-baseline':
      case 'time-since':
      case 'confirmed':
        return [];
      default:
        return assertNever(criterion);
    }
  });
}
