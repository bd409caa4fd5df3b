import { expect, test } from 'vitest';
import { judge } from '../../electron/service/acquisition/reading-quality.ts';
import { typedFigures } from '../../electron/service/typed-figures.ts';
import { vitalViews } from '../../renderer/screens/session/vitals/vital-view.ts';
import { PlayedSession } from './played-session.ts';

/** Under each tile's figure, whose it is: pulse, SpO₂, blood pressure. */
function saidUnder(session: PlayedSession): readonly (string | null)[] {
  const typed = typedFigures(session.open.vitals, () => 'Nora');
  const vitals = judge({ latest: new Map(), monitors: [], typed, nowMonoMs: 0, nowUtcMs: session.nowMs });
  const [pulse, spo2, pressure] = vitalViews(vitals, { nowMs: session.nowMs, minute: String });
  return [pulse, spo2, pressure].map((tile) => tile?.context ?? null);
}

test('VITAL-15 a figure that a correction says is called corrected on its tile, and the others of its entry are not', () => {
  const session = new PlayedSession().openSession().at(-4);
  const first = { 'pulse-rate': 78, spo2: 97, 'nibp-sys': 182, 'nibp-dia': 84 };
  const { eventId } = session.do({ type: 'enter-vitals', values: first });
  const byNora = 'by hand · Nora';
  const plain = saidUnder(session);
  expect(plain.map((words) => words?.replaceAll(/[\u2066-\u2069]/g, ''))).toEqual([byNora, byNora, byNora]);
  const correct = (values: object): void => void session.do({ type: 'correct-vitals', eventId, values, reason: 'misread' } as never);
  correct({ ...first, 'nibp-dia': 94 });
  expect(saidUnder(session)).toEqual([plain[0], plain[1], 'by hand, corrected']);
  correct({ ...first, 'pulse-rate': 87, 'nibp-dia': 94 });
  expect(saidUnder(session)).toEqual(['by hand, corrected', plain[1], 'by hand, corrected']);
});

test('VITAL-15 a figure that is corrected back to what was typed first is that figure again', () => {
  const session = new PlayedSession().openSession().at(-4);
  const { eventId } = session.do({ type: 'enter-vitals', values: { spo2: 97 } });
  const before = saidUnder(session);
  session.do({ type: 'correct-vitals', eventId, values: { spo2: 79 }, reason: 'misread' });
  session.do({ type: 'correct-vitals', eventId, values: { spo2: 97 }, reason: 'it was right' });
  expect(saidUnder(session)).toEqual(before);
});
