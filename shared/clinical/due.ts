import type { InstrumentId } from './instrument-id.ts';
import { assertNever } from '../values/assert-never.ts';
import type { UtcMs } from '../values/instant.ts';
import type { MilestoneKey } from './milestone.ts';
import { anchorMilestone, type ScheduleRow } from './protocol-schedule.ts';

/**
 * What is due, from the clock, the protocol's schedule and what people did. A measured value has no way in here:
 * reminders never come from one (`docs/regulatory.md`).
 *
 *   anchor → times of a row → moved by pauses → closed by what arrives → state now, and outcome for the record
 */

export interface DueFacts {
  /** Rows before the dose count from here. */
  readonly openedMs: UtcMs | null;
  readonly doseStartMs: UtcMs | null;
  /** The dose start, but for intranasal devices the first or the last of them, as the protocol says. */
  readonly monitoringStartMs: UtcMs | null;
  /** Each injection, device and lozenge; none where a pump gives the dose. */
  readonly dosesMs: readonly UtcMs[];
  readonly doseEndMs: UtcMs | null;
  /** When the dose will end as it stands, a pause under way included; null where that is not known, and after the end. */
  readonly expectedEndMs: UtcMs | null;
  /** Where the bag runs out at the present rate; null while paused or not running. */
  readonly predictedEndMs: UtcMs | null;
  /** `toMs` is null while it lasts. */
  readonly pauses: readonly { readonly fromMs: UtcMs; readonly toMs: UtcMs | null }[];
  /** When a cuff reading came, from a monitor or by hand. */
  readonly cuffMs: readonly UtcMs[];
  /** Finished ratings, and those recorded as not assessable: both answer a slot. Clinical times. */
  readonly ratings: readonly {
    readonly instrument: InstrumentId;
    readonly atMs: UtcMs;
    readonly notAssessable?: { readonly reason: string; readonly detail: string | null };
  }[];
  readonly milestones: readonly { readonly milestone: MilestoneKey; readonly atMs: UtcMs }[];
  /** Slots that a person said were missed, or did not apply to this patient, and why. */
  readonly missed: readonly { readonly slotKey: string; readonly reason: string; readonly notApplicable?: boolean }[];
  /** The patient has left, or the session has ended: recovery rounds stop. */
  readonly leftMs: UtcMs | null;
  /** No milestone says that the patient left: the session was ended. */
  readonly endedOnly?: boolean;
}

/** What became of a slot, as the record says it. */
export type DueOutcome =
  /** It can still be closed. */
  | { readonly kind: 'open' }
  | { readonly kind: 'forecast' }
  /** On time is within the row's tolerance; early is nearer to this slot than to the one before it. */
  | { readonly kind: 'done'; readonly timing: 'early' | 'on-time' | 'late'; readonly atMs: UtcMs }
  /** Asleep, overwhelmed, declined: data, and not a missing slot. */
  | { readonly kind: 'not-assessable'; readonly atMs: UtcMs; readonly reason: string; readonly detail: string | null }
  /** Its time came after the patient had left or the session had been ended, or a person said that it was not for this patient. */
  | { readonly kind: 'not-applicable'; readonly reason: string }
  /** `reason` is null where nobody has given one. */
  | { readonly kind: 'missed'; readonly reason: string | null };

/** How a time of the protocol's schedule ended. `open`: nobody did it, and nobody has said why. */
export const slotEnds = ['on-time', 'early', 'late', 'not-assessable', 'missed', 'not-applicable', 'open'] as const;
export type SlotEnd = (typeof slotEnds)[number];

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
  /** Within these it is on time. */
  readonly opensMs: UtcMs;
  readonly lateAfterMs: UtcMs;
  readonly state: 'waiting' | 'due' | 'past-due' | 'done' | 'predicted' | 'missed' | 'not-applicable';
  readonly doneAtMs: UtcMs | null;
  /** Still open although its time is over: the next one of its row has begun, or the patient has left. */
  readonly replaced: boolean;
  readonly outcome: DueOutcome;
}

const minuteMs = 60_000;
/** A row that repeats for ever is cut here: five minutes for 16 hours. */
const slotsPerRowMax = 200;

/** Every slot of the schedule that has a time by now or in the round under way, by time. */
export function dueItems(schedule: readonly ScheduleRow[], facts: DueFacts, nowMs: UtcMs): readonly DueSlot[] {
  return schedule.flatMap((row) => slotsOfRow(row, facts, nowMs)).toSorted((a, b) => a.dueMs - b.dueMs || a.key.localeCompare(b.key));
}

/** A time of the schedule, and the one it came after. */
interface SlotTime {
  readonly dueMs: UtcMs;
  readonly afterMs: UtcMs;
}

/** What closed a slot, or may have. */
interface Act {
  readonly atMs: UtcMs;
  readonly notAssessable?: { readonly reason: string; readonly detail: string | null };
}

/** A slot with the act that closed it, before its state is told. */
interface OpenedSlot extends SlotTime {
  readonly opensMs: UtcMs;
  readonly closesMs: UtcMs;
  readonly act: Act | null;
}

function slotsOfRow(row: ScheduleRow, facts: DueFacts, nowMs: UtcMs): DueSlot[] {
  const acts = actsFor(row, facts).toSorted((a, b) => a.atMs - b.atMs);
  const slots = openedSlots(row, facts, nowMs, acts);
  const used = new Set(slots.map((slot) => slot.act));
  const spare = acts.filter((act) => !used.has(act));
  return slots.map((slot, index) => {
    const key = `${row.id}:${index + 1}`;
    const { dueMs, opensMs } = slot;
    const lateAfterMs = dueMs + row.lateMin * minuteMs;
    const isOver = nowMs >= slot.closesMs || hasLeft(row, facts, nowMs);
    const mark = slot.act === null ? facts.missed.findLast((missed) => missed.slotKey === key) : undefined;
    const isGone = facts.leftMs !== null && nowMs >= facts.leftMs && dueMs > facts.leftMs;
    const goneBecause = !isGone ? null : facts.endedOnly === true ? hadEnded : hadLeft;
    const outcome = outcomeOf(row, slot, { lateAfterMs, isOver, mark: mark ?? null, goneBecause, spare });
    return {
      key,
      rowId: row.id,
      kind: row.kind,
      label: row.label,
      detail: row.detail,
      instrument: row.kind === 'rating' ? row.instrument : null,
      milestone: row.kind === 'milestone' ? row.milestone : null,
      dueMs,
      opensMs,
      lateAfterMs,
      state: outcome.kind === 'not-applicable' ? outcome.kind : mark === undefined ? stateOf(row, slot, lateAfterMs, nowMs) : 'missed',
      doneAtMs: slot.act?.atMs ?? null,
      replaced: slot.act === null && isOver,
      outcome,
    };
  });
}

function openedSlots(row: ScheduleRow, facts: DueFacts, nowMs: UtcMs, acts: readonly Act[]): OpenedSlot[] {
  const anchors = anchorTimes(row, facts);
  const times = anchors.flatMap((anchorMs, index) => {
    const slots = slotTimes(row, anchorMs, facts, nowMs);
    // The next dose begins the row anew: what had been asked for by then stands, the rest is asked for after it.
    const nextMs = row.anchor === 'last-dose' ? (anchors[index + 1] ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
    return slots.filter(({ dueMs }) => dueMs < nextMs);
  });
  // What belongs before the dose can no longer be done when it runs.
  const lastMs = row.anchor === 'opened' ? (facts.doseStartMs ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  return times.map(({ dueMs, afterMs }, index) => {
    const opensMs = dueMs - row.earlyMin * minuteMs;
    const next = times[index + 1];
    // A slot may be closed from its early limit until the next one's: each act answers exactly one slot.
    const closesMs = Math.min(lastMs, next === undefined ? Number.POSITIVE_INFINITY : next.dueMs - row.earlyMin * minuteMs);
    return { dueMs, afterMs, opensMs, closesMs, act: acts.find(({ atMs }) => atMs >= opensMs && atMs < closesMs) ?? null };
  });
}

interface OutcomeGround {
  readonly lateAfterMs: UtcMs;
  readonly isOver: boolean;
  readonly mark: DueFacts['missed'][number] | null;
  /** Why there was nobody to measure or ask any more; null while there was. */
  readonly goneBecause: string | null;
  /** Acts that closed no slot. */
  readonly spare: readonly Act[];
}

const hadLeft = 'the patient had left';
const hadEnded = 'the session had been ended';

function outcomeOf(row: ScheduleRow, slot: OpenedSlot, { lateAfterMs, isOver, mark, goneBecause, spare }: OutcomeGround): DueOutcome {
  if (row.kind === 'predicted') return { kind: 'forecast' };
  const { act } = slot;
  if (act !== null) {
    if (act.notAssessable !== undefined) return { kind: 'not-assessable', atMs: act.atMs, ...act.notAssessable };
    return { kind: 'done', timing: act.atMs <= lateAfterMs ? 'on-time' : 'late', atMs: act.atMs };
  }
  if (mark !== null) return { kind: mark.notApplicable === true ? 'not-applicable' : 'missed', reason: mark.reason };
  if (!isOver) return { kind: 'open' };
  const middleMs = (slot.afterMs + slot.dueMs) / 2;
  const early = spare.findLast(({ atMs }) => atMs > middleMs && atMs < slot.opensMs);
  if (early !== undefined) return { kind: 'done', timing: 'early', atMs: early.atMs };
  return goneBecause === null ? { kind: 'missed', reason: null } : { kind: 'not-applicable', reason: goneBecause };
}

function stateOf(row: ScheduleRow, slot: OpenedSlot, lateAfterMs: UtcMs, nowMs: UtcMs): DueSlot['state'] {
  if (row.kind === 'predicted') return 'predicted';
  if (slot.act !== null) return 'done';
  if (nowMs < slot.dueMs) return 'waiting';
  return nowMs <= lateAfterMs ? 'due' : 'past-due';
}

/** Nobody is there any more to be measured or asked. */
function hasLeft(row: ScheduleRow, { leftMs }: DueFacts, nowMs: UtcMs): boolean {
  return row.kind !== 'predicted' && leftMs !== null && nowMs >= leftMs;
}

function anchorTimes(row: ScheduleRow, facts: DueFacts): readonly UtcMs[] {
  const one = (ms: UtcMs | null): readonly UtcMs[] => (ms === null ? [] : [ms]);
  switch (row.anchor) {
    case 'opened':
      return one(facts.openedMs);
    case 'dose-start':
      return one(facts.doseStartMs);
    case 'monitoring-start':
      return one(facts.monitoringStartMs);
    case 'last-dose':
      return facts.dosesMs.toSorted((a, b) => a - b);
    case 'end':
      return one(facts.doseEndMs ?? facts.expectedEndMs);
    case 'dose-end':
      return one(facts.doseEndMs);
    case 'dose-paused':
      return facts.pauses.map((pause) => pause.fromMs).toSorted((a, b) => a - b);
    case 'predicted-end':
      return one(facts.doseEndMs === null ? facts.predictedEndMs : null);
    default: {
      const milestone = anchorMilestone(row.anchor);
      const reached = facts.milestones.filter((entry) => entry.milestone === milestone).map((entry) => entry.atMs);
      return reached.toSorted((a, b) => a - b);
    }
  }
}

function slotTimes(row: ScheduleRow, anchorMs: UtcMs, facts: DueFacts, nowMs: UtcMs): SlotTime[] {
  const { times } = row;
  const left = facts.leftMs ?? Number.POSITIVE_INFINITY;
  const slots: SlotTime[] = [];
  const add = (minute: number): UtcMs => {
    const dueMs = placed(row, anchorMs + minute * minuteMs, facts, nowMs);
    // What hangs on the end may be done early from the middle of the dose on.
    const firstAfterMs = row.anchor === 'end' ? (facts.doseStartMs ?? anchorMs) : anchorMs;
    slots.push({ dueMs, afterMs: slots.at(-1)?.dueMs ?? firstAfterMs });
    return dueMs;
  };
  if ('atMin' in times) {
    for (const minute of times.atMin) add(minute);
    return slots.filter((slot) => slot.dueMs <= left || row.anchor !== 'dose-end');
  }
  // While the end is not known, one more round than the clock or the forecast has reached.
  const endMs = times.until === 'dose-end' ? facts.doseEndMs : null;
  const reachMs = endMs ?? Math.max(nowMs, times.until === 'dose-end' ? (facts.predictedEndMs ?? nowMs) : nowMs);
  for (let count = 0; count < slotsPerRowMax; count += 1) {
    const dueMs = add(times.fromMin + count * times.everyMin);
    if (dueMs > left) slots.pop();
    if (dueMs > left || dueMs >= reachMs) break;
  }
  return slots;
}

/** A slot's time after the pauses before it, where the row says so; what belongs before the dose, never after its start. */
function placed(row: ScheduleRow, nominalMs: UtcMs, facts: DueFacts, nowMs: UtcMs): UtcMs {
  if (row.anchor === 'opened') return facts.doseStartMs === null ? nominalMs : Math.min(nominalMs, facts.doseStartMs);
  if (row.shiftsWithPause !== true) return nominalMs;
  return facts.pauses
    .toSorted((a, b) => a.fromMs - b.fromMs)
    .reduce(
      (dueMs, { fromMs, toMs }) => (fromMs < dueMs ? dueMs + Math.max(0, (toMs ?? Math.max(nowMs, fromMs)) - fromMs) : dueMs),
      nominalMs,
    );
}

function actsFor(row: ScheduleRow, facts: DueFacts): readonly Act[] {
  switch (row.kind) {
    case 'nibp':
      return facts.cuffMs.map((atMs) => ({ atMs }));
    case 'rating':
      return facts.ratings.filter((rating) => rating.instrument === row.instrument);
    case 'milestone':
      return facts.milestones.filter((entry) => entry.milestone === row.milestone);
    case 'predicted':
      return [];
    default:
      return assertNever(row);
  }
}
