import { milestones, type MilestoneKey } from '../../shared/clinical/milestone.ts';
import type { RatingView } from '../../shared/contract/session-view/ratings.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import type { SessionView } from '../../shared/contract/session-view/session-view.ts';
import type { InstrumentId } from '../../shared/clinical/instrument-id.ts';
import { totalRange } from '../../shared/clinical/instrument.ts';
import { instruments } from '../../shared/clinical/instruments/instrument-directory.ts';
import { holdLimits } from '../../shared/clinical/hold-limit.ts';
import { builtInProtocol } from '../session/played-session.ts';
import { ratingFiguresOf } from '../fixtures/boards/rating-figures.ts';
import { goldenBoard } from '../fixtures/boards/golden-board.ts';
import { at, fixtureId, offsetMin } from '../fixtures/boards/golden-times.ts';

/** Boards that the golden session never stands at: a room before its session, one that prepares, a rating half done. */

export function roomWithoutSession(setUp: boolean): RoomBoard {
  const board = goldenBoard({ state: 'full' });
  return {
    ...board,
    session: null,
    cover: null,
    trend: null,
    room: { ...board.room, demo: setUp, setUp },
    ...(setUp ? {} : { staff: { people: [], present: [] }, monitors: [] }),
  };
}

/** The start screen's picture: everything ticked but the three hard stops, five minutes before the start. */
export function preparing(step: 'opened' | 'ordered' | 'ready' | 'all'): RoomBoard {
  const board = goldenBoard({ state: 'empty' });
  if (board.session === null) throw new Error('the golden board has a session');
  const full = goldenBoard({ state: 'full' });
  const order = full.session?.dose.order ?? null;
  const opened = step === 'opened';
  const checklist = preDose.map(([milestone, minute, detail, required]) => ({
    milestone,
    label: milestones[milestone].label,
    required,
    doneMs: opened || (minute === null && step !== 'all') ? null : at(minute ?? -3),
    detail: opened ? null : milestone === 'go_no_go' && step === 'all' ? 'go' : detail,
  }));
  const waits = checklist.filter((entry) => entry.required && entry.doneMs === null).map((entry) => entry.label);
  const session: SessionView = {
    ...board.session,
    dosing: { ...board.session.dosing, holdLimits: [...holdLimits(builtInProtocol().limits)] },
    weight: opened ? null : { grams: 80_000, entered: { value: 80, unit: 'kg' }, atMs: at(-33) },
    dose: { ...board.session.dose, ...(opened ? {} : { state: 'ordered', order }) },
    marks: (full.session?.marks ?? []).filter((mark) => !opened && mark.atMs < at(-4.5)),
    checklist,
    actions: [
      {
        action: { type: 'start-dose' },
        label: 'Infusion started',
        hint: '40 mg at 60 mL/h',
        tap: { type: 'start-dose' },
        sheet: 'dose',
        waitsFor: opened ? 'No weight is recorded. Record the weight, then order the dose.' : waits.length === 0 ? null : waits.join(', '),
      },
      ...checklist.map((entry) => ({
        action: { type: 'milestone', milestone: entry.milestone } as const,
        label: entry.label,
        hint: hints[entry.milestone] ?? '',
        tap: { type: 'reach-milestone' as const, milestone: entry.milestone },
        sheet: 'time' as const,
        waitsFor: null,
      })),
    ],
  };
  return {
    ...board,
    session,
    vitals: shifted(full.vitals),
    monitors: full.monitors,
    clock: { now: { utcMs: at(-4.6), offsetMin }, rate: 1, computerOffsetMin: offsetMin },
  };
}

/** The figures of +38 as they would stand a moment before the start. */
function shifted(vitals: RoomBoard['vitals']): RoomBoard['vitals'] {
  const backMs = at(38) - at(-4.6);
  return Object.fromEntries(
    Object.entries(vitals).map(([metric, vital]) => [metric, 'atMs' in vital ? { ...vital, atMs: vital.atMs - backMs } : vital]),
  ) as RoomBoard['vitals'];
}

const preDose: readonly (readonly [MilestoneKey, minute: number | null, detail: string | null, required: boolean])[] = [
  ['arrived', -40, null, false],
  ['identity', -38, 'birth date said by patient, record number read from the wristband', true],
  ['escort_confirmed', -35, 'adult driver, phone on file', false],
  ['npo_confirmed', -34, 'clear fluid 8:10', false],
  ['pregnancy_screen', -32, 'not applicable', false],
  ['med_review', -31, null, false],
  ['questionnaires_done', -30, null, false],
  ['suicide_screen', -30, null, false],
  ['consent', -25, null, true],
  ['iv_placed', -22, 'L forearm 22 G', false],
  ['baseline_vitals', -15, '124/78, pulse 72, SpO₂ 98 %, resp 14', false],
  ['baseline_dissociation', -14, null, false],
  ['intention', -8, null, false],
  ['double_check', null, null, true],
  ['bedside_alarms_on', null, null, true],
  ['go_no_go', null, null, false],
  ['timeout', null, null, true],
];

const hints: Partial<Record<MilestoneKey, string>> = {
  escort_confirmed: 'name and phone of the adult driving',
  npo_confirmed: 'last solid, last liquid',
  pregnancy_screen: 'or not applicable',
  med_review: 'sedatives, opioids, stimulants, MAOI',
  iv_placed: 'site, gauge',
  bedside_alarms_on: 'confirm at the monitor',
  timeout: 'patient, drug, dose, rate, route, rescue drugs present',
};

/** The first twelve answers of the "typical peak" case. */
const twelve = [3, 2, 2, 1, 0, 3, 2, 0, 1, 0, 1, 3];

export function ratingBoard(instrument: InstrumentId, answered: number): RoomBoard {
  const board = goldenBoard({ state: 'full' });
  if (board.session === null) throw new Error('the golden board has a session');
  const of = instruments[instrument].items.length;
  const items = Array.from({ length: of }, (_, index) => (index < answered ? (twelve[index % 12] ?? 0) : null));
  const rating: RatingView = {
    ratingId: fixtureId(5, 900),
    eventId: fixtureId(6, 900),
    instrument,
    mode: 'interviewer',
    atMs: at(37.4),
    enteredMs: at(37.4),
    late: false,
    amendedFromMs: null,
    state: 'open',
    notAssessable: null,
    items,
    total: null,
    max: totalRange(instruments[instrument]).max,
    answered,
    of,
    ...ratingFiguresOf(instrument, items, false),
    by: 'Therapist',
  };
  return { ...board, session: { ...board.session, ratings: [...board.session.ratings, rating] } };
}
