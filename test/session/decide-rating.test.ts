import { describe, expect, test } from 'vitest';
import { decideOpening } from '../../electron/service/session/room/opening.ts';
import { sessionRatings } from '../../electron/service/projection/session-ratings.ts';
import type { RatingView } from '../../shared/contract/session-view/ratings.ts';
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
  return sessionRatings(session.open, session.protocol, () => 'Nurse')[0];
}

describe('the cut of AUDIT-C', () => {
  const between = [[1, 1], [2, 1], [3, 1]] as const; // prettier-ignore

  test('INSTRUMENT-38 says by whose sex it is told, and why it cannot be told', () => {
    const session = opened();
    openWith(session, 'audit-c', between);
    session.do({ type: 'finish-rating', ratingId });
    expect(viewOf(session)).toMatchObject({
      band: 'cut cannot be told: sex for clinical use is not recorded (women from 3, men from 4)',
      verdicts: { positive: null, cutNeedsSex: true },
    });
    const said = session.do({ type: 'record-sex', sex: 'male' });
    expect(viewOf(session)).toMatchObject({ band: 'not positive, men from 4', verdicts: { positive: false, cutNeedsSex: false } });
    session.do({ type: 'record-sex', sex: 'female' });
    expect(viewOf(session)?.band).toBe('positive, women from 3');
    session.do({ type: 'record-sex', sex: 'unspecified' });
    expect(viewOf(session)?.band).toContain('sex for clinical use is not stated');
    session.do({ type: 'undo', eventId: said.eventId });
    expect(viewOf(session)?.verdicts['cutNeedsSex']).toBe(false);
  });

  test('INSTRUMENT-38 is the clinic’s own where its protocol says so, and stands on the handover card', () => {
    const session = opened();
    session.protocol = { ...session.protocol, auditCut: { female: 5, male: 6 } };
    openWith(session, 'audit-c', between);
    session.do({ type: 'finish-rating', ratingId });
    expect(viewOf(session)?.band).toBe('not positive, women from 5, men from 6');
    const card = session.do({ type: 'hand-over' });
    expect(JSON.stringify(card.body)).toContain('AUDIT-C 3, not positive, women from 5, men from 6');
  });

  test('INSTRUMENT-39 what was said once is carried into the next session of the patient by its opening', () => {
    const session = new PlayedSession();
    const opening = {
      patient: { patientId: 'c0000000-0000-7000-8000-000000000001', name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: 'D-1' },
      protocol: session.protocol,
      course: null,
      openFor: null,
    };
    const opened = decideOpening({ ...opening, sex: 'female' });
    if ('refusal' in opened) throw new Error(opened.refusal.message);
    session.append(opened.events);
    expect(session.open.sex).toMatchObject({ sex: 'female' });
    const unknown = decideOpening({ ...opening, sex: null });
    expect('events' in unknown && unknown.events[0]?.body).not.toHaveProperty('sex');
  });
});

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
