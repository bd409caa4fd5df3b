import type { EnteredVital } from '../../shared/contract/session-view/entries.ts';
import { metricIds, type MetricId } from '../../shared/clinical/metric.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import type { Vital } from '../../shared/contract/board/vitals.ts';
import { fixtureId } from '../fixtures/boards/golden-times.ts';
import { routeBoard } from './route-boards.ts';

/** An injection in a room without a monitor: what was typed twelve minutes ago, or nothing yet. */
export function typedBoard(typed: boolean): RoomBoard {
  const board = routeBoard('im-running');
  if (board === null || board.session === null) throw new Error('an injection is played');
  const atMs = board.clock.now.utcMs - 12 * 60_000;
  const values: Partial<Record<MetricId, number>> = typed ? { 'pulse-rate': 84, 'nibp-sys': 138, 'nibp-dia': 84, spo2: 97 } : {};
  const vitals = Object.fromEntries(
    metricIds.map((metric): readonly [MetricId, Vital] => {
      const value = values[metric];
      if (value === undefined) return [metric, { state: 'not-connected' }];
      return [metric, { state: 'live', value, quality: 'good', atMs, source: { by: 'person', name: 'Nurse' }, flags: [], event: true }];
    }),
  ) as RoomBoard['vitals'];
  const enteredVitals: EnteredVital[] = Object.entries(values).flatMap(([metric, value], n) =>
    metric.startsWith('nibp')
      ? []
      : [
          {
            eventId: fixtureId(11, 90 + n),
            atMs,
            enteredMs: atMs,
            late: false,
            amendedFromMs: null,
            by: 'Nurse',
            metric: metric as MetricId,
            value,
          },
        ],
  );
  const cuffReadings = typed ? [{ atMs, sys: 138, dia: 84, mean: null, byHand: true }] : [];
  return { ...board, monitors: [], trend: null, waves: [], vitals, session: { ...board.session, enteredVitals, cuffReadings } };
}

/** The same room before the dose, with nothing typed. */
export function unmonitored(board: RoomBoard | null): RoomBoard {
  if (board === null) throw new Error('a session is played up to its opening');
  const vitals = Object.fromEntries(
    metricIds.map((metric): readonly [MetricId, Vital] => [metric, { state: 'not-connected' }]),
  ) as RoomBoard['vitals'];
  return { ...board, monitors: [], trend: null, waves: [], vitals };
}
