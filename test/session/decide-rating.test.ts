import { describe, expect, test } from 'vitest';
import { sessionRatings } from '../../electron/service/projection/session-ratings.ts';
import type { RatingView } from '../../shared/contract/room-board.ts';
import type { InstrumentId } from '../../shared/clinical/instrument-id.ts';
import { PlayedSession } from './played-session.ts';

const ratingId = 'd0000000-0000-7000-8000-000000000001';

function opened(): PlayedSession {
  return new PlayedSession().openSession().at(-5);
}

function openWith(session: PlayedSession, instrument: InstrumentId, answers: readonly (readonly [number, number])[]) {
  return session.try({ type: 'open-rating', instrument, ratingId, answers: answers.map(([item, value]) => ({ item, value })) });
}

function viewOf(session: PlayedSession): RatingView | undefined {
  return sessionRatings(session.open, () => 'Nurse')[0];
}

describe('ratings', () => {
  test('INSTRUMENT-18 the opening and its first answers are recorded together, under the id the page chose', () => {
    const session = opened();
    const { events } = openWith(session, 'phq-9', [[1, 2]]);
    expect(events.map((event) => event.kind)).toEqual(['rating-opened', 'item-answered']);
    expect(session.open.ratings[0]).toMatchObject({ ratingId, items: [2, null, null, null, null, null, null, null, null] });
    expect(openWith(session, 'gad-7', [[1, 2]]).refusal?.code).toBe('SESSION_WRONG_STATE');
  });

  test('INSTRUMENT-18 an opening with an answer that cannot stand opens nothing', () => {
    const session = opened();
    expect(openWith(session, 'phq-9', [[1, 2], [9, 4]]).refusal?.message).toBe('item 9 out of range 0..3'); // prettier-ignore
    expect(session.open.ratings).toEqual([]);
  });

  test('INSTRUMENT-19 questions 3 to 5 wait for a yes to 2', () => {
    const session = opened();
    openWith(session, 'c-ssrs-screener', [[1, 1]]);
    const early = session.try({ type: 'answer-item', ratingId, item: 4, value: 1 });
    expect(early.refusal).toMatchObject({ code: 'RATING_ITEM_NOT_ASKED' });
    expect(early.refusal?.message).toContain('Answer item 2 first');
    session.do({ type: 'answer-item', ratingId, item: 2, value: 1 });
    session.do({ type: 'answer-item', ratingId, item: 4, value: 1 });
    expect(session.open.ratings[0]?.score).toMatchObject({ of: 6, safety: [{ item: 4, value: 1 }] });
    const back = session.try({ type: 'answer-item', ratingId, item: 2, value: 0 });
    expect(back.events.map((event) => event.body)).toEqual([
      { ratingId, item: 2, value: 0 },
      { ratingId, item: 4, value: null },
    ]);
    expect(session.open.ratings[0]?.items).toEqual([1, 0, null, null, null, null]);
  });

  test('INSTRUMENT-19 an opening may bring a condition and what hangs on it, and not the one without the other', () => {
    expect(openWith(opened(), 'c-ssrs-screener', [[2, 1], [3, 1]]).refusal).toBeNull(); // prettier-ignore
    expect(openWith(opened(), 'c-ssrs-screener', [[3, 1]]).refusal?.code).toBe('RATING_ITEM_NOT_ASKED');
  });

  test('INSTRUMENT-20 the board shows a triage when the rating is ended, and a safety item at once', () => {
    const session = opened();
    openWith(session, 'c-ssrs-screener', [[6, 2]]);
    expect(viewOf(session)).toMatchObject({ state: 'open', band: null, safety: [{ item: 6, value: 2 }], status: 'incomplete' });
    session.do({ type: 'answer-item', ratingId, item: 1, value: 0 });
    session.do({ type: 'answer-item', ratingId, item: 2, value: 0 });
    expect(viewOf(session)).toMatchObject({ state: 'open', band: null, status: 'complete', answered: 3, of: 3 });
    session.do({ type: 'finish-rating', ratingId });
    expect(viewOf(session)).toMatchObject({ state: 'finished', band: 'high', total: null, verdicts: { triage: 'high' } });
  });

  test('INSTRUMENT-20 a form that was broken off keeps its safety item and has no total', () => {
    const session = opened();
    openWith(session, 'phq-9', [[9, 2]]);
    session.do({ type: 'mark-not-assessable', instrument: 'phq-9', ratingId, reason: 'declined' });
    expect(viewOf(session)).toMatchObject({ state: 'not-assessable', total: null, band: null, safety: [{ item: 9, value: 2 }] });
  });

  test('INSTRUMENT-20 figures of a finished form', () => {
    const session = opened();
    openWith(session, 'aldrete', [[1, 2], [2, 2], [3, 1], [4, 2], [5, 2]]); // prettier-ignore
    session.do({ type: 'finish-rating', ratingId });
    expect(viewOf(session)).toMatchObject({ total: 9, max: 10, verdicts: { meets9: true, anyZero: false }, instrumentVersion: '1' });
  });
});
