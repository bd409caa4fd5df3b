import { performance } from 'node:perf_hooks';
import { foldSession } from '../../electron/service/session/state/session-state.ts';
import { dosing, type PlayedSession } from '../session/played-session.ts';
import { median } from './statistics.ts';

export interface FoldSpeed {
  readonly events: number;
  readonly foldMs: number;
  readonly parseMs: number;
  /** To parsing the same log's JSON, in the same run. */
  readonly ratio: number;
}

const rounds = 25;
const eventsAtLeast = 2000;

/** The state of a long session is folded from its log anew for every command. */
export function benchFold(): FoldSpeed {
  const { log } = longSession();
  const stored = JSON.stringify(log);
  const [fold, parse]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    parse.push(timed(() => JSON.parse(stored) as unknown));
    fold.push(timed(() => foldSession(log)));
  }
  const [foldMs, parseMs] = [median(fold), median(parse)];
  return { events: log.length, foldMs, parseMs, ratio: foldMs / parseMs };
}

function timed(work: () => unknown): number {
  const begunMs = performance.now();
  if (work() === null) throw new Error('nothing came of the log');
  return performance.now() - begunMs;
}

/** Ratings of 23 items with a note after each. */
function longSession(): PlayedSession {
  const session = dosing();
  for (let round = 0; session.log.length < eventsAtLeast; round += 1) {
    session.at(1 + round / 100);
    const ratingId = `a1000000-0000-7000-8000-${String(round).padStart(12, '0')}`;
    session.append([
      {
        kind: 'rating-opened',
        body: { ratingId, instrument: 'cadss-23', instrumentVersion: '1', mode: 'interviewer', textPackHash: null },
      },
    ]);
    session.append(
      Array.from({ length: 23 }, (_, item) => ({ kind: 'item-answered', body: { ratingId, item: item + 1, value: item % 5 } }) as const),
    );
    session.append([{ kind: 'observation-recorded', body: { text: 'calm', chips: [] } }]);
  }
  return session;
}

if (import.meta.main) console.table(benchFold());
