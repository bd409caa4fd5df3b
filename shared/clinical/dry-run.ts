import { showMilli, thousandths } from '../values/quantity.ts';
import type { Instant, UtcMs } from '../values/instant.ts';
import { dueItems, type DueFacts, type DueSlot } from './due.ts';
import { dryRunDose, type DryRunDose } from './dry-run-dose.ts';
import type { Limit } from './protocol-limits.ts';
import type { ScheduleAnchor, ScheduleRow } from './protocol-schedule.ts';
import type { Protocol } from './protocol.ts';
import { unconfirmedIn } from './unconfirmed.ts';

/**
 * A protocol version played for a weight and a start, before it goes live: every slot with its time and tolerance,
 * the dose with its arithmetic, the limits. The slots come from the same engine that reminds people in a session.
 */
export interface DryRunSlot {
  readonly key: string;
  readonly kind: DueSlot['kind'];
  readonly label: string;
  readonly detail: string;
  readonly instrument: DueSlot['instrument'];
  readonly anchor: ScheduleAnchor;
  /** From the start of the dose; negative before it. */
  readonly minute: number;
  readonly atMs: UtcMs;
  readonly opensMs: UtcMs;
  readonly lateAfterMs: UtcMs;
}

/** A row that comes only if something happens: a pause, a milestone. */
export interface DryRunCondition {
  readonly rowId: string;
  readonly label: string;
  readonly detail: string;
  readonly anchor: ScheduleAnchor;
  readonly atMin: readonly number[];
}

export interface DryRun {
  readonly grams: number;
  readonly start: Instant;
  readonly dose: DryRunDose;
  readonly doseEndMs: UtcMs;
  /** Until when repeating rows are drawn: the earliest discharge by the protocol. */
  readonly untilMs: UtcMs;
  readonly slots: readonly DryRunSlot[];
  readonly conditions: readonly DryRunCondition[];
  readonly limits: readonly Limit[];
  /** What would stop a person who orders this, in words. */
  readonly findings: readonly string[];
  /** The parts that no clinical reviewer has signed off, in words. They are told and block nothing. */
  readonly unconfirmed: readonly string[];
}

const minuteMs = 60_000;
/** The room is opened this long before the planned start; rows before the dose count from there. */
export const openedBeforeStartMin = 40;
/** Where a protocol names no minimum time, the recovery is drawn for this long. */
const recoveryMinDefault = 60;

/** Pure arithmetic on a protocol. Throws `RangeError` where the dose comes out as nothing. */
export function dryRun(protocol: Protocol, grams: number, start: Instant): DryRun {
  const dose = dryRunDose(protocol, grams);
  const startMs = start.utcMs;
  const doseEndMs = startMs + dose.endMin * minuteMs;
  const untilMs = earliestDeparture(protocol, startMs, doseEndMs);
  const facts = plannedFacts(protocol, { startMs, doseEndMs, untilMs, steps: dose.steps });
  const anchors = new Map(protocol.schedule.map((row) => [row.id, row.anchor]));
  const slots = dueItems(protocol.schedule, facts, untilMs).map((slot) => ({
    key: slot.key,
    kind: slot.kind,
    label: slot.label,
    detail: slot.detail,
    instrument: slot.instrument,
    anchor: anchors.get(slot.rowId) ?? 'dose-start',
    minute: (slot.dueMs - startMs) / minuteMs,
    atMs: slot.dueMs,
    opensMs: slot.opensMs,
    lateAfterMs: slot.lateAfterMs,
  }));
  const come = new Set(slots.map((slot) => slot.key.slice(0, slot.key.lastIndexOf(':'))));
  const conditions = protocol.schedule.filter((row) => !come.has(row.id) && row.kind !== 'predicted').map(conditionOf);
  const findings = [...weightFindings(protocol, grams), ...dose.findings];
  const unconfirmed = unconfirmedIn(protocol);
  return { grams, start, dose, doseEndMs, untilMs, slots, conditions, limits: protocol.limits, findings, unconfirmed };
}

function earliestDeparture({ discharge, route, ...protocol }: Protocol, startMs: UtcMs, doseEndMs: UtcMs): UtcMs {
  const times = discharge.criteria.flatMap((criterion) =>
    criterion.kind === 'time-since' ? [(criterion.since === 'dose-end' ? doseEndMs : startMs) + criterion.minutes * minuteMs] : [],
  );
  const monitored = 'monitoringMinutesMin' in protocol.dose ? startMs + protocol.dose.monitoringMinutesMin * minuteMs : 0;
  return Math.max(
    monitored,
    ...(times.length === 0 ? [doseEndMs + recoveryMinDefault * minuteMs] : times),
    route === 'iv' ? doseEndMs : startMs,
  );
}

interface Planned {
  readonly startMs: UtcMs;
  readonly doseEndMs: UtcMs;
  readonly untilMs: UtcMs;
  readonly steps: DryRunDose['steps'];
}

function plannedFacts(protocol: Protocol, { startMs, doseEndMs, untilMs, steps }: Planned): DueFacts {
  const fromLast = protocol.route === 'intranasal' && protocol.dose.anchor === 'last-device';
  return {
    openedMs: startMs - openedBeforeStartMin * minuteMs,
    doseStartMs: startMs,
    monitoringStartMs: fromLast ? doseEndMs : startMs,
    dosesMs: steps.filter(({ optional }) => !optional).map(({ fromMin }) => startMs + fromMin * minuteMs),
    doseEndMs,
    expectedEndMs: null,
    predictedEndMs: null,
    pauses: [],
    cuffMs: [],
    ratings: [],
    milestones: [],
    missed: [],
    leftMs: untilMs,
  };
}

function conditionOf({ id, label, detail, anchor, times }: ScheduleRow): DryRunCondition {
  return { rowId: id, label, detail, anchor, atMin: 'atMin' in times ? times.atMin : [times.fromMin] };
}

function weightFindings({ weight }: Protocol, grams: number): string[] {
  const [min, max] = weight.kgRange;
  if (grams >= thousandths(min) && grams <= thousandths(max)) return [];
  return [`${showMilli(grams)} kg lies outside ${min} to ${max} kg: the order asks for a reason`];
}
