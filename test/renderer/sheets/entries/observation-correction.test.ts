import { expect, test } from 'vitest';
import {
  emptyObservationCorrection,
  observationCorrectionOf,
  type ObservationCorrectionDraft,
} from '../../../../renderer/sheets/entries/observation-correction.ts';
import { goldenObservation } from '../../../fixtures/boards/golden-marks.ts';
import { at, offsetMin } from '../../../fixtures/boards/golden-times.ts';

const now = { utcMs: at(38), offsetMin, hours: 24 } as const;
const observation = { ...goldenObservation(1, 20, 'tears'), details: { distress: 30 } };

function correction(draft: Partial<ObservationCorrectionDraft>) {
  return observationCorrectionOf({ ...emptyObservationCorrection(observation), ...draft }, observation, now);
}

test('OBSERVE-10 other words keep chips and details, and wait for a change and a reason', () => {
  expect(correction({ act: 'words' })).toMatchObject({ ok: false });
  expect(correction({ act: 'words', text: 'tears, no words' })).toMatchObject({ ok: false });
  expect(correction({ act: 'words', text: 'tears, no words', amendReason: 'in a hurry' })).toEqual({
    ok: true,
    command: {
      type: 'amend-observation',
      eventId: observation.eventId,
      text: 'tears, no words',
      chips: [],
      details: { distress: 30 },
      reason: 'in a hurry',
    },
  });
});

test('OBSERVE-10 another time and an undo are those of every entry, each with a reason of its own', () => {
  const time = { typed: '10:15', reason: '' };
  expect(correction({ act: 'time', time })).toMatchObject({ ok: false });
  expect(correction({ act: 'time', time: { ...time, reason: 'wrote it later' } })).toMatchObject({
    ok: true,
    command: { type: 'correct-time', eventId: observation.eventId, utcMs: at(15), reason: 'wrote it later' },
  });
  expect(correction({ act: 'undo', amendReason: 'said why' })).toMatchObject({ ok: false });
  expect(correction({ act: 'undo', undoReason: 'another patient' })).toMatchObject({ ok: true, command: { type: 'undo' } });
});
