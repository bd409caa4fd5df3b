import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliveredUg } from '../../shared/clinical/dosing.ts';
import { milestoneKeys } from '../../shared/clinical/milestone.ts';
import { instrumentIds } from '../../shared/clinical/instrument-id.ts';
import { pauseReasons, type SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { foldSession, type SessionState } from '../../electron/service/session/state/session-state.ts';
import { PlayedSession, startMs } from './played-session.ts';
import { nothingGiven } from '../fixtures/clinical/nothing-given.ts';

const soak = process.env['VIGIL_SOAK'] !== undefined;
const settings = { seed: 2026, numRuns: soak ? 4000 : 300, endOnFailure: true };

interface Step {
  readonly waitMs: number;
  readonly choose: (session: PlayedSession) => SessionCommandInput;
}

const none = '018f0000-0000-7000-8000-000000000000';
const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];
const at = fc.option(
  fc.record({ backMs: fc.integer({ min: -5000, max: 600_000 }), reason: fc.option(fc.constant('hands busy'), { nil: undefined }) }),
  {
    nil: undefined,
    freq: 1,
  },
);
type At = { backMs: number; reason: string | undefined } | undefined;
const stated = (session: PlayedSession, when: At): object =>
  when === undefined ? {} : { at: { utcMs: session.nowMs - when.backMs, ...(when.reason === undefined ? {} : { reason: when.reason }) } };
const nth = fc.nat({ max: 500 });

const choices: fc.Arbitrary<Step['choose']>[] = [
  fc.tuple(fc.integer({ min: 20, max: 300 }), fc.constantFrom('kg', 'lb')).map(
    ([value, unit]) =>
      () =>
        ({ type: 'record-weight', value, unit, again: { value, unit } }) as SessionCommandInput,
  ),
  fc
    .integer({ min: 1, max: 30 })
    .map((tenths) => () => ({ type: 'order-dose', mgPerKg: tenths / 20, minutes: 40, mgPerMl: 1, standingOrder: true })),
  fc
    .tuple(fc.constantFrom(...milestoneKeys), at)
    .map(([milestone, when]) => (session) => ({ type: 'reach-milestone', milestone, ...stated(session, when) })),
  at.map((when) => (session) => ({ type: 'start-dose', ...stated(session, when) })),
  fc
    .tuple(fc.integer({ min: 1, max: 400 }), at)
    .map(([rate, when]) => (session) => ({ type: 'change-rate', rateMlPerHour: rate, ...stated(session, when) })),
  fc
    .tuple(fc.constantFrom(...pauseReasons), at)
    .map(([reason, when]) => (session) => ({ type: 'pause-dose', reason, ...stated(session, when) })),
  at.map((when) => (session) => ({ type: 'resume-dose', ...stated(session, when) })),
  fc
    .tuple(fc.integer({ min: 1, max: 200 }), at)
    .map(([tenths, when]) => (session) => ({ type: 'give-bolus', mg: tenths / 10, ...stated(session, when) })),
  at.map((when) => (session) => ({ type: 'complete-dose', ...stated(session, when) })),
  fc
    .tuple(fc.integer({ min: 0, max: 60 }), at)
    .map(([left, when]) => (session) => ({ type: 'stop-dose-early', reason: 'other', volumeLeftMl: left, ...stated(session, when) })),
  fc
    .tuple(fc.constantFrom(...instrumentIds), at)
    .map(([instrument, when]) => (session) => ({ type: 'open-rating', instrument, ...stated(session, when) })),
  fc.tuple(nth, fc.integer({ min: 1, max: 24 }), fc.option(fc.integer({ min: -6, max: 6 }))).map(([index, item, value]) => (session) => ({
    type: 'answer-item',
    ratingId: pick(session.open.ratings, index)?.ratingId ?? none,
    item,
    value,
  })),
  nth.map((index) => (session) => ({ type: 'finish-rating', ratingId: pick(session.open.ratings, index)?.ratingId ?? none })),
  fc.constantFrom(...instrumentIds).map((instrument) => () => ({ type: 'mark-not-assessable', instrument, reason: 'declined' })),
  fc
    .integer({ min: -2000, max: 900_000 })
    .map((backMs) => (session) => ({ type: 'record-observation', text: 'quiet', chips: [], begunAt: session.nowMs - backMs })),
  fc.constant(() => ({ type: 'request-stop' })),
  fc.constant(() => ({ type: 'enter-vitals', values: { spo2: 97 } })),
  nth.map((index) => (session) => ({ type: 'undo', eventId: pick(session.log, index)?.eventId ?? none })),
  fc.tuple(nth, fc.integer({ min: -10_000, max: 2_000_000 })).map(([index, backMs]) => (session) => ({
    type: 'correct-time',
    eventId: pick(session.log, index)?.eventId ?? none,
    utcMs: session.nowMs - backMs,
    reason: 'said why',
  })),
  fc.constant(() => ({ type: 'end-session', reason: 'property' })),
];
const stepOf = (choose: fc.Arbitrary<Step['choose']>): fc.Arbitrary<Step> =>
  fc.record({ waitMs: fc.integer({ min: 0, max: 400_000 }), choose });
/** What ends a dose, a rating or a session comes seldom, or nothing would be left to happen to it; answers come often. */
const seldom = new Set([8, 9, 13, choices.length - 1]);
const often = new Set([6, 11]);
const weighted = choices.map((arbitrary, index) => ({ arbitrary, weight: seldom.has(index) ? 1 : often.has(index) ? 12 : 4 }));
const steps = fc.array(stepOf(fc.oneof(...weighted)), { minLength: 5, maxLength: 40, size: 'max' });

const stages = fc.constantFrom('opened', 'ready', 'running');
type Stage = 'opened' | 'ready' | 'running';

/** Two of three sessions begin prepared or running: random commands alone seldom get a dose going. */
function begin(stage: Stage): PlayedSession {
  const session = new PlayedSession().at(-20).openSession();
  if (stage === 'opened') return session;
  session.prepare().at(0);
  if (stage === 'running') session.do({ type: 'start-dose' });
  return session;
}

/** All that the log says, without the log and the entries that say it. */
function whatHolds(state: SessionState): object {
  const { log, ...rest } = state;
  return { ...rest, hadEvents: log.length > 0 };
}

function play(session: PlayedSession, step: Step): ReturnType<PlayedSession['try']> {
  session.nowMs += step.waitMs;
  const input = step.choose(session);
  const asked = session.try(input);
  // Who is asked answers, mostly.
  if (asked.refusal?.doubts === undefined || step.waitMs % 3 === 0) return asked;
  return session.try(
    input,
    asked.refusal.doubts.map(({ key }) => ({ key, reason: 'prescriber' })),
  );
}

describe('any sequence of commands', () => {
  test('PROP-1 keeps the history whole: no accepted command leaves an entry without its ground', () => {
    const accepted = new Map<string, number>();
    fc.assert(
      fc.property(stages, steps, (from, sequence) => {
        const session = begin(from);
        for (const step of sequence) {
          const before = session.log.length;
          const { events, refusal } = play(session, step);
          expect(session.open.problems).toEqual([]);
          expect(session.log.length - before).toBe(events.length);
          if (refusal !== null) expect(events).toEqual([]);
          for (const event of events) accepted.set(event.kind, (accepted.get(event.kind) ?? 0) + 1);
        }
      }),
      settings,
    );
    // The property says something only if the commands got through.
    for (const kind of [
      'dose-started',
      'dose-paused',
      'dose-resumed',
      'bolus-given',
      'event-undone',
      'time-corrected',
      'dose-completed',
      'rating-opened',
    ]) {
      expect([kind, (accepted.get(kind) ?? 0) > 10]).toEqual([kind, true]);
    }
  });

  test('PROP-2 delivers a dose that only rises and never exceeds its bag', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const session = begin('running');
        for (const step of sequence) play(session, step);
        const { timeline } = session.open.dose;
        const bagUg = timeline.segments[0]?.bag.ug ?? 0;
        let before = 0;
        for (let minute = -5; minute <= 200; minute += 5) {
          const now = deliveredUg(timeline, startMs + minute * 60_000);
          expect(now).toBeGreaterThanOrEqual(before);
          expect(now).toBeLessThanOrEqual(bagUg);
          before = now;
        }
      }),
      settings,
    );
  });

  test('PROP-3 undoing the last entry restores what held before it', () => {
    let undone = 0;
    fc.assert(
      fc.property(stages, steps, (from, sequence) => {
        const session = begin(from);
        for (const step of sequence) {
          const before = whatHolds(session.open);
          const { events } = play(session, step);
          const last = events.at(-1);
          if (last === undefined || last.kind === 'event-undone') continue;
          const { refusal } = session.try({ type: 'undo', eventId: last.eventId });
          expect(refusal).toBeNull();
          expect(whatHolds(session.open)).toEqual(before);
          undone += 1;
        }
      }),
      { ...settings, numRuns: soak ? 1500 : 60 },
    );
    expect(undone).toBeGreaterThan(100);
  });

  test('PROP-4 folds to the same state after being written and read back', () => {
    fc.assert(
      fc.property(stages, steps, (from, sequence) => {
        const session = begin(from);
        for (const step of sequence) play(session, step);
        expect(foldSession(JSON.parse(JSON.stringify(session.log)))).toEqual(session.state);
      }),
      { ...settings, numRuns: soak ? 500 : 40 },
    );
  });

  test('PROP-5 a log that breaks every rule is still folded, with its problems named', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(begun(), { minLength: 1 }), (subset) => {
        const log = [...begun().slice(0, 1), ...subset].map((event, index) => ({ ...event, seq: index + 1 }));
        const state = foldSession(log);
        expect(state).not.toBeNull();
        expect(deliveredUg(state?.dose.timeline ?? nothingGiven, startMs + 7_200_000)).toBeLessThanOrEqual(40_000);
      }),
      { ...settings, numRuns: 100 },
    );
  });
});

function begun(): PlayedSession['log'] {
  const session = begin('running').at(10);
  session.do({ type: 'pause-dose', reason: 'other' });
  session.at(12).do({ type: 'resume-dose' });
  session.at(14).insist({ type: 'give-bolus', mg: 3 });
  session.at(20).do({ type: 'reach-milestone', milestone: 'onset' });
  session.at(30).insist({ type: 'complete-dose' });
  session.at(31).do({ type: 'reach-milestone', milestone: 'return_to_baseline' });
  session.at(32).do({ type: 'end-session', reason: 'said why' });
  return session.log;
}
