import type { TrendColumns } from '../../../shared/clinical/measured-vitals.ts';
import type { RoomBoard } from '../../../shared/contract/board/room-board.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { metricIds } from '../../../shared/clinical/metric.ts';
import { goldenBoard } from '../../fixtures/boards/golden-board.ts';
import { at } from '../../fixtures/boards/golden-times.ts';
import { goldenTrend } from '../../fixtures/boards/golden-trend.ts';

/**
 * Hours of eight series (pulse, SpO2, respiration and CO2 as lines of one value a second; systolic, diastolic
 * and mean as bars; cumulative dose) with 60 marks, 80 observations, and the reminders and ratings of the golden session.
 */
export interface BenchLoad {
  readonly session: SessionView;
  readonly trend: TrendColumns;
  readonly vitals: RoomBoard['vitals'];
  /** Of the trend, before the first step. */
  readonly shownSeconds: number;
}

export interface BenchMoment {
  readonly session: SessionView;
  readonly trend: TrendColumns;
  readonly vitals: RoomBoard['vitals'];
  readonly nowMs: number;
}

const leadMin = 22;

export function benchLoad(hours: number): BenchLoad {
  const loadMin = hours * 60;
  const board = goldenBoard({ state: 'long' });
  if (board.session === null) throw new Error('the long board has a session');
  const nowMs = at(loadMin - leadMin);
  const session: SessionView = {
    ...board.session,
    marks: board.session.marks.map((mark, index) => spread(mark, loadMin, index, board.session?.marks.length ?? 1)),
    observations: board.session.observations.map((note, index) => spread(note, loadMin, index, board.session?.observations.length ?? 1)),
    cuffReadings: board.session.cuffReadings.filter((reading) => reading.atMs < nowMs),
    ratings: board.session.ratings.filter((rating) => rating.atMs < nowMs),
    due: goldenBoard({ state: 'full' }).session?.due ?? [],
  };
  const vitals = Object.fromEntries(metricIds.map((metric) => [metric, board.vitals[metric]])) as RoomBoard['vitals'];
  // A few minutes more than that, from which each second takes one value more.
  return {
    session,
    trend: goldenTrend({ toMin: loadMin - leadMin + 5, without: [{ fromMin: 150, toMin: 152 }], co2: true }),
    vitals,
    shownSeconds: loadMin * 60,
  };
}

/** All of them within these minutes. */
function spread<T extends { readonly atMs: number; readonly enteredMs: number }>(
  item: T,
  loadMin: number,
  index: number,
  count: number,
): T {
  const atMs = at(-leadMin + (loadMin * (index + 0.5)) / count);
  return { ...item, atMs, enteredMs: atMs + (item.enteredMs - item.atMs) };
}

/** The board a given number of seconds on: a new session object with the same parts, as the feed makes them. */
export function loadAtSecond(load: BenchLoad, second: number): BenchMoment {
  const length = load.shownSeconds + second;
  const columns = Object.fromEntries(
    Object.entries(load.trend.columns).map(([metric, values]) => [metric, values.slice(0, length)]),
  ) as TrendColumns['columns'];
  return {
    session: load.session,
    trend: { ...load.trend, columns, length },
    vitals: load.vitals,
    nowMs: load.trend.fromMs + (length - 1) * load.trend.stepMs,
  };
}
