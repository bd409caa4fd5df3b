import { namesIn } from '../../electron/service/staff/names.ts';
import { instruments } from '../../shared/clinical/instruments/instrument-directory.ts';
import type { MilestoneKey } from '../../shared/clinical/milestone.ts';
import type { CuffReading, TrendColumns } from '../../shared/clinical/measured-vitals.ts';
import { formatsOfCountry } from '../../shared/values/formats.ts';
import type { SessionSource } from '../../electron/service/export/record/session-source.ts';
import { sessionView } from '../../electron/service/projection/session-view.ts';
import type { SessionView } from '../../shared/contract/session-view/session-view.ts';
import golden from '../fixtures/clinical/golden-session.json' with { type: 'json' };
import scoring from '../fixtures/clinical/scoring.json' with { type: 'json' };
import { PlayedSession, startMs } from '../session/played-session.ts';

export const endMin = 3_140_000 / 60_000; // the table's 52.3333
export const minuteMs = (minutes: number): number => startMs + Math.round(minutes * 60_000);

const milestoneOf: Readonly<Record<string, readonly [MilestoneKey, string?]>> = {
  'Patient arrived': ['arrived'],
  'Escort confirmed': ['escort_confirmed'],
  'Pre-session questionnaires complete': ['questionnaires_done'],
  'Consent confirmed': ['consent'],
  'IV placed L forearm 22 G': ['iv_placed', 'L forearm 22 G'],
  'Baseline vitals': ['baseline_vitals'],
  'Baseline dissociation rating': ['baseline_dissociation'],
  'Intention set': ['intention'],
  'Time-out': ['timeout'],
  'Onset of effect': ['onset'],
  'BP review (162/98, repeat ordered)': ['bp_review', 'repeat ordered, no symptoms'],
  'Peak effect': ['peak'],
  'Line flushed': ['flush'],
  Emerging: ['emerging'],
  'Return to baseline': ['return_to_baseline'],
  'Final vitals': ['final_vitals'],
  'Discharge criteria met': ['criteria_met'],
  'IV removed': ['iv_removed'],
  'Discharge instructions given': ['instructions'],
  'Discharged with escort': ['discharged'],
};

function playMilestone(session: PlayedSession, name: string): void {
  const milestone = milestoneOf[name];
  if (milestone !== undefined) {
    const [key, detail] = milestone;
    const told = key === 'bp_review' ? { told: 'Dr Demo' } : {};
    // The criteria were on paper: the prescriber answers for each of them.
    if (key === 'discharged') session.witness = { personId: 'b0000000-0000-7000-8000-000000000002', name: 'Second', role: 'prescriber' };
    session.insist({ type: 'reach-milestone', milestone: key, ...told, ...(detail === undefined ? {} : { detail }) });
  } else if (name.startsWith('Identity')) {
    session.do({ type: 'check-identity', birthDate: '1984-03-14', recordNumber: 'DEMO-0042' });
  } else if (name.startsWith('Medication double-check')) {
    session.do({ type: 'confirm-double-check', readBack: 'ketamine 40 mg in 40 mL at 60 mL/h' });
  } else if (name.startsWith('Weight')) {
    session.do({ type: 'record-weight', value: golden.weightKg, unit: 'kg', again: { value: golden.weightKg, unit: 'kg' } });
    session.do({ type: 'order-dose', mgPerKg: golden.orderMgPerKg, minutes: 40, mgPerMl: 1, standingOrder: true });
  } else if (name.startsWith('Infusion started')) session.do({ type: 'start-dose' });
  else if (name.startsWith('Infusion paused')) session.do({ type: 'pause-dose', reason: 'patient-anxious' });
  else if (name.startsWith('Infusion resumed')) session.do({ type: 'resume-dose', rateMlPerHour: 60 });
  else if (name.startsWith('Rate changed')) session.do({ type: 'change-rate', rateMlPerHour: 45 });
  else if (name === 'Infusion complete') session.do({ type: 'complete-dose' });
  else throw new Error(`nothing to play for "${name}"`);
}

type Rated = 'cadss-23' | 'cadss-6' | 'moaa-s' | 'suds';

function rate(session: PlayedSession, instrument: Rated, answers: readonly number[]): void {
  const opened = session.do({ type: 'open-rating', instrument });
  if (opened.kind !== 'rating-opened') throw new Error('no rating was opened');
  const { ratingId } = opened.body;
  instruments[instrument].items.forEach(({ number }, index) =>
    session.do({ type: 'answer-item', ratingId, item: number, value: answers[index] ?? 0 }),
  );
  session.do({ type: 'finish-rating', ratingId });
}

/** 31 is the typical peak of the scoring table; the others are any answers with that sum. */
function cadssAnswers(scale: string, total: number): readonly number[] {
  if (total === 31) return scoring.find((row) => row.id === 'cadss-typical-peak')?.input as number[];
  return Array.from({ length: scale === 'CADSS-6' ? 6 : 23 }, (_, index) => Math.max(0, Math.min(4, total - index * 4)));
}

const notes = [
  [-8, 'Lies down, eyeshades ready.', 'affect', 'calm'],
  [3, 'Music begins, breath slows.', 'stance', 'silent presence'],
  [10.5, 'Fear of falling. Grounded with breath.', 'affect', 'fear'],
  [14, 'Calmer, wishes to go on.', 'affect', 'calm'],
  [27, 'Tears, hand on heart.', 'affect', 'grief'],
  [58, 'Smiles, opens the eyes.', 'affect', 'tender'],
] as const;

/** The golden session played by commands from arrival to the end, with its notes and its gauges. */
export function playGoldenSession(): PlayedSession {
  const session = new PlayedSession().at(-40).openSession();
  session.vitals = { cuffs: goldenCuffs(), trend: null };
  const acts = [
    ...golden.milestones.map((entry) => ({ t: entry.t === 52.3333 ? endMin : entry.t, play: () => playMilestone(session, entry.name) })),
    ...golden.ratings.map(({ t, scale, total }) => ({
      t,
      play: () => rate(session, scale === 'CADSS-6' ? 'cadss-6' : 'cadss-23', cadssAnswers(scale, total)),
    })),
    ...([[-15, 5], [0.5, 5], [10, 5], [20, 4], [40, 4], [67, 4], [82, 5]] as const).map(([t, value]) => ({ t, play: () => rate(session, 'moaa-s', [value]) })), // prettier-ignore
    ...([[-15, 20], [11, 60], [15.5, 40], [40, 20]] as const).map(([t, value]) => ({ t, play: () => rate(session, 'suds', [value]) })), // prettier-ignore
    ...notes.map(([t, text, group, chip]) => ({
      t,
      play: () => session.do({ type: 'record-observation', text, chips: [{ group, chip }], begunAt: minuteMs(t) }),
    })),
    { t: -2, play: () => session.do({ type: 'reach-milestone', milestone: 'bedside_alarms_on' }) },
  ].toSorted((a, b) => a.t - b.t);
  for (const act of acts) {
    session.at(act.t);
    act.play();
  }
  session.at(130).do({ type: 'end-session', reason: 'screening is on paper' });
  return session;
}

/** What the monitors said: the table's values, each held until the next, one a second. */
export function goldenTrend(): TrendColumns {
  const [first, last] = [golden.vitals[0]?.t ?? 0, golden.vitals.at(-1)?.t ?? 0];
  const length = (last - first) * 60 + 1;
  const column = (pick: 'hr' | 'spo2' | 'rr'): number[] =>
    Array.from({ length }, (_, second) => golden.vitals.findLast(({ t }) => t <= first + second / 60)?.[pick] ?? 0);
  return {
    fromMs: minuteMs(first),
    stepMs: 1000,
    length,
    columns: { 'pulse-rate': column('hr'), spo2: column('spo2'), 'resp-rate': column('rr'), etco2: [], 'heart-rate': [] },
  };
}

export function goldenCuffs(): CuffReading[] {
  return golden.vitals.map(({ t, sys, dia, map }) => ({ atMs: minuteMs(t), sys, dia, mean: map, byHand: false }));
}

export const goldenHash = '7d3e91c04ab2'.padEnd(56, '0') + 'e61855f0';

/** What the record of a played session is written from; the golden vitals beside it unless others are given. */
export function materialOf(session: PlayedSession, vitals = { trend: goldenTrend(), cuffs: goldenCuffs() }): SessionSource {
  const { open: state, protocol } = session;
  const people = state.log.flatMap(({ actor }) => (actor === 'service' ? [] : [actor.personId]));
  const called = (personId: string): string => (personId.startsWith('b') && personId.endsWith('1') ? 'Nora Nurse' : 'Theo Therapist');
  const names = new Map(people.map((personId) => [personId, { names: [{ name: called(personId), seq: 0 }] }]));
  return {
    state,
    protocol,
    vitals,
    room: { roomId: '20000000-0000-7000-8000-000000000002', name: 'Room 2', demo: true, formats: formatsOfCountry.uk },
    recordHash: goldenHash,
    nowMs: session.nowMs,
    names,
    nameOf: namesIn(names, state.log),
    readings: () => [],
    proof: () => ({ roomId: state.sessionId, entries: [], checkpoints: [] }),
  };
}

/** The same session as the screens draw it. */
export function sectionOf({ state, protocol, vitals, nowMs, nameOf }: SessionSource): SessionView {
  return sessionView(state, { protocol, ...vitals, nowMs, nameOf, monitorLive: false, privateMarksShown: true });
}
