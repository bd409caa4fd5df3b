import { expect, test } from 'vitest';
import { recordDocument } from '../../../electron/service/export/record/record-document.ts';
import { minuteOf } from '../../../electron/service/export/print/print-words.ts';
import { minuteFrom } from '../../../renderer/format/durations.ts';
import { minutesBetween } from '../../../shared/values/minutes.ts';
import { materialOf } from '../../export/golden-material.ts';
import { dosing, startMs } from '../../session/played-session.ts';

test.each([
  [29 * 60_000 + 58_000, '+29'],
  [29 * 60_000 + 59_999, '+29'],
  [30 * 60_000, '+30'],
  [606_000, '+10'],
  [0, '+0'],
  [-1, '−1'],
  [-15 * 60_000, '−15'],
])('PAGE-2 %i ms after the start are the same minute on the screen, in the print and in a file', (ms, words) => {
  expect([minuteFrom(startMs, startMs + ms), minuteOf(minutesBetween(startMs, startMs + ms))]).toEqual([words, words]);
});

test('PAGE-2 the record says +29 of what happened at 29:59.999', () => {
  const session = dosing();
  session.nowMs = startMs + 1_799_999;
  session.do({ type: 'reach-milestone', milestone: 'onset' });
  const mark = recordDocument(materialOf(session)).milestones.find(({ label }) => label.startsWith('Onset'));
  expect(minuteOf(mark?.at.minute ?? null)).toBe('+29');
});
