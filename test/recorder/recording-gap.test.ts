import { expect, it } from 'vitest';
import { recordingGap } from '../../electron/service/recorder/recording-gap.ts';

const keptMs = 1_795_446_000_000;
const restart = { step: null, cause: 'restart' } as const;
const setBack = { kind: 'clock-stepped', body: { byMs: -3_600_000 } } as const;

it('GAP-4 a restart that missed two seconds is a gap, one that missed less is none', () => {
  expect(recordingGap(keptMs, keptMs + 1999, restart)).toBeNull();
  expect(recordingGap(keptMs, keptMs + 2000, restart)).toEqual({
    kind: 'recording-gap',
    body: { fromMs: keptMs, toMs: keptMs + 2000, cause: 'restart' },
  });
});

it('GAP-4 a restart over which the clock was set back is a gap however short, because nobody knows how long it was', () => {
  expect(recordingGap(keptMs, keptMs + 10, { ...restart, step: setBack })).toMatchObject({ body: { fromMs: keptMs, toMs: keptMs + 10 } });
  expect(recordingGap(keptMs, keptMs - 10, { ...restart, step: setBack })).toMatchObject({
    body: { fromMs: keptMs - 10, toMs: keptMs - 10 },
  });
  expect(recordingGap(keptMs, keptMs + 10, { ...restart, step: { kind: 'clock-stepped', body: { byMs: 3_600_000 } } })).toBeNull();
});
