import { expect, test } from 'vitest';
import { artefactMetrics, artefactMsMax, artefactNames, coversMoment, isArtefact, type Artefact } from '../../shared/clinical/artefact.ts';

const marked: readonly Artefact[] = [
  { metric: 'spo2', fromMs: 10_000, toMs: 20_000 },
  { metric: 'nibp', fromMs: 60_000, toMs: 60_000 },
];

test.each([
  [9_999, false],
  [10_000, true],
  [20_000, true],
  [20_001, false],
])('CORRECT-9 of a mark from 10 to 20 s the value at %i ms is covered: %s', (atMs, isCovered) => {
  expect(coversMoment({ fromMs: 10_000, toMs: 20_000 }, atMs)).toBe(isCovered);
  expect(isArtefact(marked, 'spo2', atMs)).toBe(isCovered);
});

test('CORRECT-9 a mark takes a value of its own kind alone, and each of several marks counts', () => {
  expect(artefactMetrics.filter((metric) => isArtefact(marked, metric, 15_000))).toEqual(['spo2']);
  expect(artefactMetrics.filter((metric) => isArtefact(marked, metric, 60_000))).toEqual(['nibp']);
  expect(isArtefact([], 'spo2', 15_000)).toBe(false);
});

test('CORRECT-9 a pressure is one moment: a millisecond beside it is another reading', () => {
  expect([59_999, 60_000, 60_001].map((atMs) => isArtefact(marked, 'nibp', atMs))).toEqual([false, true, false]);
});

test('CORRECT-9 the longest stretch is ten minutes, and every kind has its name and unit', () => {
  expect(artefactMsMax).toBe(600_000);
  expect(artefactMetrics.map((metric) => artefactNames[metric].join(''))).toEqual([
    'Blood pressure mmHg',
    'Pulse/min',
    'SpO₂ %',
    'Respiration/min',
    'CO₂ mmHg',
    'Heart rate/min',
  ]);
});
