import { describe, expect, test } from 'vitest';
import { deliveredUg, elapsedMs, pausedMs, runningMs } from '../../shared/clinical/dosing.ts';
import type { MilestoneKey } from '../../shared/clinical/milestone.ts';
import { dueTimes } from '../../electron/service/session/questions/due-times.ts';
import golden from '../fixtures/clinical/golden-session.json' with { type: 'json' };
import scoring from '../fixtures/clinical/scoring.json' with { type: 'json' };
import { reach } from '../support/reach-milestone.ts';
import { PlayedSession, startMs } from './played-session.ts';

const endMin = 3_140_000 / 60_000; // the table's 52.3333
const ms = (minutes: number): number => startMs + Math.round(minutes * 60_000);

const milestoneOf: Readonly<Record<string, MilestoneKey>> = {
  'Patient arrived': 'arrived',
  'Identity confirmed (two identifiers)': 'identity',
  'Escort confirmed': 'escort_confirmed',
  'Pre-session questionnaires complete': 'questionnaires_done',
  'Consent confirmed': 'consent',
  'IV placed L forearm 22 G': 'iv_placed',
  'Baseline vitals': 'baseline_vitals',
  'Baseline dissociation rating': 'baseline_dissociation',
  'Intention set': 'intention',
  'Medication double-check (independent)': 'double_check',
  'Time-out': 'timeout',
  'Onset of effect': 'onset',
  'BP review (162/98, repeat ordered)': 'bp_review',
  'Peak effect': 'peak',
  'Line flushed': 'flush',
  Emerging: 'emerging',
  'Return to baseline': 'return_to_baseline',
  'Final vitals': 'final_vitals',
  'Discharge criteria met': 'criteria_met',
  'IV removed': 'iv_removed',
  'Discharge instructions given': 'instructions',
  'Discharged with escort': 'discharged',
};

/** The criteria were on paper: the prescriber answers for each of them. */
function leave(session: PlayedSession): void {
  session.witness = { personId: 'b0000000-0000-7000-8000-000000000002', name: 'Second', role: 'prescriber' };
  session.insist(reach('discharged'));
}

/** Plays one line of the golden session's milestone list. */
function playMilestone(session: PlayedSession, name: string): void {
  const milestone = milestoneOf[name];
  if (milestone === 'discharged') leave(session);
  else if (milestone !== undefined) session.do(reach(milestone));
  else if (name.startsWith('Weight')) {
    session.do({ type: 'record-weight', value: golden.weightKg, unit: 'kg', again: { value: golden.weightKg, unit: 'kg' } });
    session.do({ type: 'order-dose', mgPerKg: golden.orderMgPerKg, minutes: 40, mgPerMl: 1, standingOrder: true });
  } else if (name.startsWith('Infusion started')) session.do({ type: 'start-dose' });
  else if (name.startsWith('Infusion paused')) session.do({ type: 'pause-dose', reason: 'patient-anxious' });
  else if (name.startsWith('Infusion resumed')) session.do({ type: 'resume-dose', rateMlPerHour: 60 });
  else if (name.startsWith('Rate changed')) session.do({ type: 'change-rate', rateMlPerHour: 45 });
  else if (name === 'Infusion complete') session.do({ type: 'complete-dose' });
  else throw new Error(`nothing to play for "${name}"`);
}

/** 31 is the typical peak of the scoring table; the others are any answers with that sum. */
function answersFor(scale: string, total: number): readonly number[] {
  if (total === 31) return scoring.find((row) => row.id === 'cadss-typical-peak')?.input as number[];
  const count = scale === 'CADSS-6' ? 6 : 23;
  return Array.from({ length: count }, (_, index) => Math.max(0, Math.min(4, total - index * 4)));
}

function playRating(session: PlayedSession, scale: string, total: number): void {
  const instrument = scale === 'CADSS-6' ? 'cadss-6' : 'cadss-23';
  const opened = session.do({ type: 'open-rating', instrument });
  if (opened.kind !== 'rating-opened') throw new Error('no rating was opened');
  const { ratingId } = opened.body;
  const numbers = instrument === 'cadss-6' ? [1, 2, 6, 7, 15, 22] : Array.from({ length: 23 }, (_, index) => index + 1);
  answersFor(scale, total).forEach((value, index) => session.do({ type: 'answer-item', ratingId, item: numbers[index] ?? 0, value }));
  session.do({ type: 'finish-rating', ratingId });
}

function playGolden(): PlayedSession {
  const session = new PlayedSession().at(-40).openSession();
  const cuffs = golden.vitals.map(({ t, sys, dia }) => ({ atMs: ms(t), sys, dia, mean: null, byHand: false }));
  session.vitals = { cuffs, trend: null };
  const acts = [
    ...golden.milestones.map((entry) => ({ t: entry.t === 52.3333 ? endMin : entry.t, play: () => playMilestone(session, entry.name) })),
    ...golden.ratings.map((rating) => ({ t: rating.t, play: () => playRating(session, rating.scale, rating.total) })),
    { t: -2, play: () => session.do({ type: 'reach-milestone', milestone: 'bedside_alarms_on' }) },
  ].toSorted((a, b) => a.t - b.t);
  for (const act of acts) {
    session.at(act.t);
    act.play();
  }
  return session;
}

describe('the golden session, played by commands', () => {
  const session = playGolden();
  const { dose, phases, ratings, milestones } = session.open;

  test.each(Object.entries(golden.expected.doseAt))('GOLD-1 at +%s min %s mg are in', (minute, mg) => {
    expect(deliveredUg(dose.timeline, ms(Number(minute)))).toBe(mg * 1000);
  });

  test.each(golden.vitals)('GOLD-1 at $t min, the time of a pressure, $doseMg mg are in', ({ t, doseMg }) => {
    expect(deliveredUg(dose.timeline, ms(t))).toBe(doseMg * 1000);
  });

  test('GOLD-2 the dose sums up as expected', () => {
    const { expected } = golden;
    const minutes = (value: number): number => Math.round((value / 60_000) * 100) / 100;
    const atMs = ms(200);
    const delivered = deliveredUg(dose.timeline, atMs);
    expect({
      status: dose.status,
      deliveredMg: delivered / 1000,
      mgPerKg: delivered / (session.open.order?.weightGrams ?? 0),
      infusionElapsedMin: minutes(elapsedMs(dose.timeline, atMs)),
      infusionRunningMin: minutes(runningMs(dose.timeline, atMs)),
      pausedMin: minutes(pausedMs(dose.timeline, atMs)),
    }).toEqual({
      status: 'completed',
      deliveredMg: expected.deliveredMg,
      mgPerKg: expected.mgPerKg,
      infusionElapsedMin: expected.infusionElapsedMin,
      infusionRunningMin: expected.infusionRunningMin,
      pausedMin: expected.pausedMin,
    });
  });

  test('GOLD-3 phases, return to baseline and length of stay', () => {
    expect(phases.map((entry) => [entry.phase, (entry.fromMs - startMs) / 60_000])).toEqual([
      ['prepare', -40],
      ['baseline', -15],
      ['infusing', 0],
      ['recovery', endMin],
      ['discharge', 114],
    ]);
    const at = (milestone: MilestoneKey): number =>
      ((milestones.find((entry) => entry.milestone === milestone)?.atMs ?? 0) - startMs) / 60_000;
    expect(at('return_to_baseline')).toBe(golden.expected.returnToBaselineMin);
    expect(at('return_to_baseline') - endMin).toBeCloseTo(golden.expected.returnToBaselineAfterEndMin, 2);
    expect(at('discharged') - at('arrived')).toBe(golden.expected.lengthOfStayMin);
  });

  test('GOLD-4 ratings and their peak', () => {
    expect(ratings.map((rating) => [(rating.atMs - startMs) / 60_000, rating.score.total])).toEqual(
      golden.ratings.map((rating) => [rating.t, rating.total]),
    );
    const peak = ratings
      .filter((rating) => rating.instrument === 'cadss-23')
      .toSorted((a, b) => (b.score.total ?? 0) - (a.score.total ?? 0))[0];
    expect([peak?.score.total, ((peak?.atMs ?? 0) - startMs) / 60_000]).toEqual([
      golden.expected.cadssPeak,
      golden.expected.cadssPeakAtMin,
    ]);
  });

  test('GOLD-5 every cuff slot is answered by the readings, and CADSS by the ratings', () => {
    const slots = dueTimes(
      session.open,
      session.protocol,
      golden.vitals.map((entry) => ({ atMs: ms(entry.t), sys: 120, dia: 80, mean: null, byHand: false })),
      ms(130),
    );
    const open = slots
      .filter((slot) => slot.kind === 'nibp' || slot.instrument?.startsWith('cadss') === true)
      .filter((slot) => slot.outcome.kind !== 'done');
    expect(open).toEqual([]);
    // CADSS-23 was rated at +40, when the infusion should have ended; paused and turned down it ended at 52:20.
    const atEnd = slots.find((slot) => slot.rowId === 'cadss-23-end');
    expect(atEnd).toMatchObject({ dueMs: ms(endMin), outcome: { kind: 'done', timing: 'early', atMs: ms(40) } });
  });

  test('GOLD-6 it ends once what was not recorded is given a reason', () => {
    const late = playGolden().at(130);
    expect(late.try({ type: 'end-session' }).refusal).toMatchObject({ code: 'SESSION_REASON_REQUIRED' });
    expect(late.do({ type: 'end-session', reason: 'screening is on paper' }).kind).toBe('session-ended');
  });
});
