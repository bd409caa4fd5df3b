import { describe, expect, test } from 'vitest';
import { recordEntries } from '../../../renderer/screens/record/entry-list.ts';
import { recordFacts } from '../../../renderer/screens/record/record-facts.ts';
import { goldenBoard } from '../../fixtures/boards/golden-board.ts';

function golden(state: 'finished' | 'stale' | 'empty') {
  const board = goldenBoard({ state });
  if (board.session === null) throw new Error('the golden board has a session');
  const trend = board.trend ?? {
    fromMs: 0,
    stepMs: 1000,
    length: 0,
    columns: { 'pulse-rate': [], spo2: [], 'resp-rate': [], etco2: [], 'heart-rate': [] },
  };
  return { session: board.session, trend, nowMs: board.clock.now.utcMs };
}

describe('a finished session reopened', () => {
  test('SCREEN-11 the facts of the golden session are the expected ones', () => {
    const { session, trend, nowMs } = golden('finished');
    const facts = recordFacts(session, trend, nowMs);
    expect(facts.dose).toMatchObject({ givenUg: 40_000, orderedUg: 40_000, ugPerKg: 500, pausedMs: 5 * 60_000 });
    expect(facts.dose?.elapsedMs).toBe(52 * 60_000 + 20_000);
    expect(facts.dose?.runningMs).toBe(47 * 60_000 + 20_000);
    expect(facts.pressure).toMatchObject({ first: { sys: 124, dia: 78 }, peak: { sys: 162, dia: 98 } });
    expect(facts.peakCadss).toMatchObject({ instrument: 'cadss-23', total: 31 });
    expect(facts.lowestSpo2?.value).toBeLessThanOrEqual(96);
    expect(facts.gaps).toEqual({ count: 0, totalMs: 0 });
  });

  test('SCREEN-11 what is not there is absent, not 0', () => {
    const { session, trend, nowMs } = golden('empty');
    expect(recordFacts(session, trend, nowMs)).toMatchObject({ dose: null, pressure: null, lowestSpo2: null, peakCadss: null });
  });

  test('SCREEN-11 a gap that lasts counts up to now', () => {
    const { session, trend, nowMs } = golden('stale');
    expect(recordFacts(session, trend, nowMs).gaps).toEqual({ count: 1, totalMs: 130_000 });
  });

  test('SCREEN-12 every mark, rating, note, cuff reading and gap is one entry, by clinical time', () => {
    const { session } = golden('stale');
    const entries = recordEntries(session);
    const expected =
      session.marks.length + session.ratings.length + session.observations.length + session.cuffReadings.length + session.gaps.length;
    expect(entries).toHaveLength(expected);
    expect(new Set(entries.map((entry) => entry.key)).size).toBe(expected);
    expect(entries.map((entry) => entry.atMs)).toEqual(entries.map((entry) => entry.atMs).toSorted((a, b) => a - b));
  });

  test('SCREEN-12 late and amended entries stay marked', () => {
    const { session } = golden('finished');
    const [mark, ...others] = session.marks;
    if (mark === undefined) throw new Error('the golden session has marks');
    const changed = { ...mark, late: true, enteredMs: mark.atMs + 600_000, amendedFromMs: mark.atMs - 60_000 };
    const entry = recordEntries({ ...session, marks: [changed, ...others] }).find((candidate) => candidate.key === mark.eventId);
    expect(entry).toMatchObject({ lateEnteredMs: mark.atMs + 600_000, amendedFromMs: mark.atMs - 60_000 });
  });

  test('SCREEN-12 an unfinished rating has no total, and one that could not be rated says why', () => {
    const { session } = golden('finished');
    const rating = session.ratings.find((candidate) => candidate.instrument === 'cadss-23' && candidate.total === 31);
    if (rating === undefined) throw new Error('the golden session has a CADSS-23 of 31');
    const titles = recordEntries({
      ...session,
      ratings: [
        rating,
        { ...rating, eventId: 'open', state: 'open', total: null, answered: 22 },
        { ...rating, eventId: 'asleep', state: 'not-assessable', total: null, notAssessable: 'asleep' },
      ],
    })
      .filter((entry) => entry.kind === 'rating')
      .map((entry) => entry.title);
    expect(titles).toEqual(['CADSS-23 31/92', 'CADSS-23, 22 of 23 answered, no total', 'CADSS-23 not assessable: asleep']);
  });
});
