import type { WrittenIso } from '../../../../shared/values/clock-time.ts';
import { toIso, type UtcMs } from '../../../../shared/values/instant.ts';
import { markedEntries } from '../../session/questions/marks.ts';
import { cuffReadings } from '../../session/questions/recorded-vitals.ts';
import { recordEndMs, recordWords } from '../record/record-words.ts';
import type { SessionSource } from '../record/session-source.ts';

/** The time axis of the one-page print. */
export interface PageTime {
  readonly fromMs: UtcMs;
  readonly toMs: UtcMs;
  /** What minutes count from; the opening where no dose was given. */
  readonly zeroMs: UtcMs;
  readonly hasStart: boolean;
  readonly x: (atMs: UtcMs) => number;
  readonly ticks: readonly { readonly atMs: UtcMs; readonly clock: string; readonly minute: string }[];
}

const steps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240];
const ticksMax = 19;
const minuteMs = 60_000;

export function pageTime(
  source: SessionSource,
  written: WrittenIso,
  { left, right }: { readonly left: number; readonly right: number },
): PageTime {
  const { state, vitals } = source;
  const { offsetMin } = recordWords(source);
  const times = [
    ...markedEntries(state).map((mark) => mark.atMs),
    ...state.ratings.map((rating) => rating.atMs),
    ...cuffReadings(state, vitals.cuffs).map((cuff) => cuff.atMs),
    ...state.observations.map((observation) => observation.atMs),
  ];
  const hasStart = state.dose.startedMs !== null;
  const zeroMs = state.dose.startedMs ?? state.openedMs;
  const first = Math.min(zeroMs, ...times);
  // A session that was ended hours after the last entry is drawn up to that entry: the empty hours say nothing.
  const last = Math.max(zeroMs + 10 * minuteMs, ...(times.length === 0 ? [recordEndMs(source)] : times));
  const fromMs = first - 2 * minuteMs;
  const toMs = last + 3 * minuteMs;
  const x = (atMs: UtcMs): number => left + ((Math.min(Math.max(atMs, fromMs), toMs) - fromMs) / (toMs - fromMs)) * (right - left);
  const stepMs = (steps.find((step) => (toMs - fromMs) / (step * minuteMs) <= ticksMax) ?? 480) * minuteMs;
  const ticks: { atMs: UtcMs; clock: string; minute: string }[] = [];
  for (let atMs = zeroMs + Math.ceil((fromMs - zeroMs) / stepMs) * stepMs; atMs <= toMs; atMs += stepMs) {
    const minute = Math.round((atMs - zeroMs) / minuteMs);
    ticks.push({
      atMs,
      clock: written.minute(toIso({ utcMs: atMs, offsetMin })),
      minute: minute === 0 ? '0' : minute < 0 ? `−${-minute}` : `+${minute}`,
    });
  }
  return { fromMs, toMs, zeroMs, hasStart, x, ticks };
}
