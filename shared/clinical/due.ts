import type { InstrumentId } from './instrument-id.ts';
import { assertNever } from '../values/assert-never.ts';
import type { UtcMs } from '../values/instant.ts';
import type { MilestoneKey } from './milestone.ts';
import type { ScheduleRow } from './protocol.ts';

/**
 * What is due, from the clock, the protocol's schedule and what people did. A measured value has no way in here:
 * reminders never come from one (handbook `clinical.md` §5, R3).
 */

export interface DueFacts {
  readonly doseStartMs: UtcMs | null;
  readonly doseEndMs: UtcMs | null;
  /** Where the bag runs out at the present rate; null while paused or not running. */
  readonly predictedEndMs: UtcMs | null;
  readonly pausesMs: readonly UtcMs[];
  /** When a cuff reading came, from a monitor or by hand. */
  readonly cuffMs: readonly UtcMs[];
  /** Finished ratings, and those recorded as not assessable: both answer a slot. Clinical times. */
  readonly ratings: readonly { readonly instrument: InstrumentId; readonly atMs: UtcMs }[];
  readonly milestones: readonly { readonly milestone: MilestoneKey; readonly atMs: UtcMs }[];
  /** The patient has left, or the session has ended: recovery rounds stop. */
  readonly leftMs: UtcMs | null;
}

export interface DueSlot {
  /** Stable over time: row and count. */
  readonly key: string;
  readonly rowId: string;
  readonly kind: ScheduleRow['kind'];
  readonly label: string;
  readonly detail: string;
  readonly instrument: InstrumentId | null;
  readonly milestone: MilestoneKey | null;
  readonly dueMs: UtcMs;
  readonly state: 'waiting' | 'due' | 'past-due' | 'done' | 'predicted';
  readonly doneAtMs: UtcMs | null;
  /** Still open although the next one of its row has begun: it can no longer be closed, and a list shows the newer. */
  readonly replaced: boolean;
}

const minuteMs = 60_000;
/** A row that repeats for ever is cut here: five minutes for 16 hours. */
const slotsPerRowMax = 200;

/** Every slot of the schedule that has a time by now or in the round under way, by time. */
export function dueItems(schedule: readonly ScheduleRow[], facts: DueFacts, nowMs: UtcMs): readonly DueSlot[] {
  return schedule.flatMap((row) => slotsOfRow(row, facts, nowMs)).toSorted((a, b) => a.dueMs - b.dueMs || a.key.localeCompare(b.key));
}

function slotsOfRow(row: ScheduleRow, facts: DueFacts, nowMs: UtcMs): DueSlot[] {
  const times = anchorTimes(row, facts).flatMap((anchorMs) => slotTimes(row, anchorMs, facts, nowMs));
  const dones = doneTimes(row, facts).toSorted((a, b) => a - b);
  return times.map((dueMs, index) => {
    const opensMs = dueMs - row.earlyMin * minuteMs;
    const nextDueMs = times[index + 1];
    // A slot may be closed from its early limit until the next one's: each act answers exactly one slot.
    const closesMs = nextDueMs === undefined ? Number.POSITIVE_INFINITY : nextDueMs - row.earlyMin * minuteMs;
    const doneAtMs = dones.find((ms) => ms >= opensMs && ms < closesMs) ?? null;
    return {
      key: `${row.id}:${index + 1}`,
      rowId: row.id,
      kind: row.kind,
      label: row.label,
      detail: row.detail,
      instrument: row.kind === 'rating' ? row.instrument : null,
      milestone: row.kind === 'milestone' ? row.milestone : null,
      dueMs,
      state: stateOf(row, dueMs, doneAtMs, nowMs),
      doneAtMs,
      replaced: doneAtMs === null && nowMs >= closesMs,
    };
  });
}

function stateOf(row: ScheduleRow, dueMs: UtcMs, doneAtMs: UtcMs | null, nowMs: UtcMs): DueSlot['state'] {
  if (row.kind === 'predicted') return 'predicted';
  if (doneAtMs !== null) return 'done';
  if (nowMs < dueMs) return 'waiting';
  return nowMs <= dueMs + row.lateMin * minuteMs ? 'due' : 'past-due';
}

function anchorTimes(row: ScheduleRow, facts: DueFacts): readonly UtcMs[] {
  const one = (ms: UtcMs | null): readonly UtcMs[] => (ms === null ? [] : [ms]);
  switch (row.anchor) {
    case 'dose-start':
      return one(facts.doseStartMs);
    case 'dose-end':
      return one(facts.doseEndMs);
    case 'dose-paused':
      return facts.pausesMs.toSorted((a, b) => a - b);
    case 'predicted-end':
      return one(facts.doseEndMs === null ? facts.predictedEndMs : null);
    default:
      return assertNever(row.anchor);
  }
}

function slotTimes(row: ScheduleRow, anchorMs: UtcMs, facts: DueFacts, nowMs: UtcMs): UtcMs[] {
  const { times } = row;
  const left = facts.leftMs ?? Number.POSITIVE_INFINITY;
  if ('atMin' in times) return times.atMin.map((min) => anchorMs + min * minuteMs).filter((ms) => ms <= left || row.anchor !== 'dose-end');
  // While the end is not known, one more round than the clock or the forecast has reached.
  const endMs = times.until === 'dose-end' ? facts.doseEndMs : null;
  const reachMs = endMs ?? Math.max(nowMs, times.until === 'dose-end' ? (facts.predictedEndMs ?? nowMs) : nowMs);
  const slots: UtcMs[] = [];
  for (let count = 0; count < slotsPerRowMax; count += 1) {
    const dueMs = anchorMs + (times.fromMin + count * times.everyMin) * minuteMs;
    if (dueMs > left) break;
    slots.push(dueMs);
    if (dueMs >= reachMs) break;
  }
  return slots;
}

function doneTimes(row: ScheduleRow, facts: DueFacts): readonly UtcMs[] {
  switch (row.kind) {
    case 'nibp':
      return facts.cuffMs;
    case 'rating':
      return facts.ratings.filter((rating) => rating.instrument === row.instrument).map((rating) => rating.atMs);
    case 'milestone':
      return facts.milestones.filter((entry) => entry.milestone === row.milestone).map((entry) => entry.atMs);
    case 'predicted':
      return [];
    default:
      return assertNever(row);
  }
}
