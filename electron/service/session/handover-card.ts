import { adverseEventCategories } from '../../../shared/clinical/adverse-event.ts';
import { deliveredUg } from '../../../shared/clinical/dosing.ts';
import { milestones } from '../../../shared/clinical/milestone.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import { fromThousandths, showShort } from '../../../shared/values/quantity.ts';
import { bagEmptySinceMs } from './bag-empty.ts';
import { openAtEnd } from './decide-ending.ts';
import { dueTimes } from './due-times.ts';
import { clockText } from './event-label.ts';
import type { EventBody } from './session-event.ts';
import type { SessionState } from './session-state.ts';
import { allCuffs, lastValue, type SessionVitals } from './session-vitals.ts';

export type HandoverCard = EventBody<'handover-recorded'>['card'];

const dueShownMax = 4;
/** Older than this it is no vital sign of now, and the card says when it was. */
const vitalsReachMs = 60 * 60_000;
const lineLengthMax = 200;

/** What the nurse who takes over has to know, worked out of the record: nobody types what stands there already. */
export function handoverCard(state: SessionState, protocol: Protocol, vitals: SessionVitals, now: Instant): HandoverCard {
  const clock = (utcMs: number): string => clockText({ ...now, utcMs });
  const phase = protocol.phases.find((entry) => entry.phase === state.phase)?.label ?? state.phase;
  const since = state.phases.at(-1)?.fromMs;
  const card = [
    { heading: 'Phase', lines: [since === undefined ? phase : `${phase}, since ${clock(since)}`] },
    { heading: 'Dose', lines: doseLines(state, now, clock) },
    { heading: 'Last vitals', lines: vitalLines(state, vitals, now, clock) },
    { heading: 'Adverse events', lines: adverseLines(state, clock) },
    { heading: 'Open', lines: openLines(state, protocol) },
    { heading: 'Due next', lines: dueLines(state, protocol, vitals, now, clock) },
  ];
  return card.map(({ heading, lines }) => ({ heading, lines: lines.slice(0, 20).map((line) => line.slice(0, lineLengthMax)) }));
}

type ClockWords = (utcMs: number) => string;

function doseLines(state: SessionState, now: Instant, clock: ClockWords): string[] {
  const { dose, order } = state;
  if (dose.startedMs === null) return [order === null ? 'not ordered' : `${mg(order.doseUg)} mg ordered, not started`];
  const delivered = showShort(deliveredMg(state, now.utcMs), 1);
  const of = order === null ? '' : ` of ${mg(order.doseUg)} mg ordered`;
  const standing =
    dose.endedMs === null
      ? `${dose.status}, started ${clock(dose.startedMs)}${endWords(dose, now, clock)}`
      : `${dose.status === 'stopped' ? 'stopped early' : 'completed'} ${clock(dose.endedMs)}`;
  return [`${delivered} mg given${of}`, standing];
}

function endWords(dose: SessionState['dose'], now: Instant, clock: ClockWords): string {
  const emptyMs = bagEmptySinceMs(dose, now.utcMs);
  if (emptyMs !== null) return `, bag empty by calculation since ${clock(emptyMs)}`;
  return dose.predictedEndMs === null ? '' : `, ends about ${clock(dose.predictedEndMs)}`;
}

function vitalLines(state: SessionState, vitals: SessionVitals, { utcMs }: Instant, clock: ClockWords): string[] {
  const cuff = allCuffs(state, vitals).findLast(({ atMs }) => atMs <= utcMs);
  const metrics = [
    ['pulse-rate', 'pulse', ''],
    ['spo2', 'SpO₂', ' %'],
    ['resp-rate', 'respiration', ''],
  ] as const;
  const lines = [
    ...(cuff === undefined ? [] : [`blood pressure ${cuff.sys}/${cuff.dia} at ${clock(cuff.atMs)}`]),
    ...metrics.flatMap(([metric, name, unit]) => {
      const last = lastValue(state, vitals, metric, utcMs - vitalsReachMs, utcMs);
      return last === null ? [] : [`${name} ${showShort(last.value, 1)}${unit} at ${clock(last.atMs)}`];
    }),
  ];
  return lines.length === 0 ? ['none recorded'] : lines;
}

function adverseLines(state: SessionState, clock: ClockWords): string[] {
  const lines = state.adverseEvents.map(
    ({ category, severity, atMs, open }) => `${adverseEventCategories[category]}, ${severity}, ${clock(atMs)}${open ? ', open' : ''}`,
  );
  return lines.length === 0 ? ['none'] : lines;
}

function openLines(state: SessionState, protocol: Protocol): string[] {
  const before = state.dose.startedMs === null;
  // During the dose the items of recovery are not open yet; they come by themselves.
  const later = new Set<string>(
    protocol.milestones
      .filter(({ milestone }) => milestones[milestone].stage !== 'pre')
      .map(({ milestone }) => milestones[milestone].label),
  );
  const open = openAtEnd(state, protocol).filter((label) => state.dose.endedMs !== null || !later.has(label));
  const stops = state.stopRequests.some(({ answeredMs }) => answeredMs === null) ? ['the patient wants to stop'] : [];
  const pump = state.needsPumpConfirmation ? ['the pump has to be confirmed'] : [];
  const lines = [...stops, ...pump, ...open];
  return lines.length === 0 ? [before ? 'nothing before the dose' : 'nothing'] : lines;
}

function dueLines(state: SessionState, protocol: Protocol, vitals: SessionVitals, now: Instant, clock: ClockWords): string[] {
  const slots = dueTimes(state, protocol, vitals.cuffs, now.utcMs).filter(
    (slot) => slot.state === 'due' || slot.state === 'past-due' || slot.state === 'waiting',
  );
  const lines = slots.slice(0, dueShownMax).map(({ label, dueMs }) => `${label} ${clock(dueMs)}`);
  return lines.length === 0 ? ['nothing'] : lines;
}

function deliveredMg(state: SessionState, atMs: number): number {
  return fromThousandths(deliveredUg(state.dose.timeline, atMs));
}

function mg(ug: number): string {
  return showShort(fromThousandths(ug), 3);
}
