import { adverseEventCategories } from '../../../../shared/clinical/adverse-event.ts';
import { deliveredUg } from '../../../../shared/clinical/dosing.ts';
import { milestones } from '../../../../shared/clinical/milestone.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import type { Score } from '../../../../shared/clinical/scoring.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import { clockTimeAt } from '../../../../shared/values/clock-time.ts';
import { formatsUnchosen, type Formats } from '../../../../shared/values/formats.ts';
import { orderedWords } from '../../../../shared/clinical/ordered-words.ts';
import type { Instant } from '../../../../shared/values/instant.ts';
import { fromThousandths, showMilli, showShort } from '../../../../shared/values/quantity.ts';
import { bagEmptySinceMs } from '../state/bag-empty.ts';
import { openAtEnd } from './open-at-end.ts';
import { dueTimes, isAskedFor } from './due-times.ts';
import { scoreOf, type RatingState } from '../state/rating-state.ts';
import type { EventBody } from '../events/session-event.ts';
import type { SessionState } from '../state/session-state.ts';
import { allCuffs, lastValue, type SessionVitals } from './session-vitals.ts';

export type HandoverCard = EventBody<'handover-recorded'>['card'];

const dueShownMax = 4;
/** A monitor's figure older than this is left out. Each one that is shown has its time. */
const vitalsReachMs = 60 * 60_000;
const lineLengthMax = 200;

/** What the nurse who takes over has to know, worked out of the record so that it is not typed again. */
export function handoverCard(
  state: SessionState,
  protocol: Protocol,
  vitals: SessionVitals,
  now: Instant,
  formats: Formats = formatsUnchosen,
): HandoverCard {
  const clock = clockTimeAt(now.offsetMin, formats).minute;
  const phase = protocol.phases.find((entry) => entry.phase === state.phase)?.label ?? state.phase;
  const since = state.phases.at(-1)?.fromMs;
  const card = [
    { heading: 'Phase', lines: [since === undefined ? phase : `${phase}, since ${clock(since)}`] },
    { heading: 'Dose', lines: doseLines(state, now, clock) },
    { heading: 'Last vitals', lines: vitalLines(state, vitals, now, clock) },
    { heading: 'Ratings', lines: ratingLines(state, protocol, now, clock) },
    { heading: 'Adverse events', lines: adverseLines(state, clock) },
    { heading: 'Open', lines: openLines(state, protocol) },
    ...dueSections(state, protocol, vitals, now, clock),
  ];
  return card.map(({ heading, lines }) => ({ heading, lines: lines.slice(0, 20).map((line) => line.slice(0, lineLengthMax)) }));
}

type ClockWords = (utcMs: number) => string;

function doseLines(state: SessionState, now: Instant, clock: ClockWords): string[] {
  const { dose } = state;
  const order = state.routeOrder ?? state.order;
  const ordered = order === null ? null : `ordered ${orderedWords(order)}`;
  if (dose.startedMs === null) return [ordered === null ? 'not ordered' : `${ordered}; not started`];
  const isOnePart = dose.administrations.length === 0;
  const delivered = `${showShort(deliveredMg(state, now.utcMs), isOnePart ? 1 : 3)} mg given${isOnePart && order !== null ? ` of ${orderedWords(order)} ordered` : ''}`;
  const status =
    dose.endedMs === null
      ? `${dose.status}, started ${clock(dose.startedMs)}${endWords(dose, now, clock)}`
      : `${dose.status === 'stopped' ? 'stopped early' : 'completed'} ${clock(dose.endedMs)}`;
  if (isOnePart) return [delivered, status];
  // Each administration is listed by itself, because a total does not say when the last part went in.
  const administrations = dose.administrations.map(({ ug, atMs }) => `${showMilli(ug)} mg given at ${clock(atMs)}`);
  return [
    ...(ordered === null ? [] : [ordered]),
    ...administrations,
    ...(administrations.length > 1 ? [`${delivered} in all`] : []),
    status,
  ];
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

/** The newest of each form, as it was recorded; an open one says so. */
function ratingLines(state: SessionState, protocol: Protocol, { utcMs }: Instant, clock: ClockWords): string[] {
  const given = state.ratings.filter(({ atMs }) => atMs <= utcMs);
  const newest = given.filter((rating) => given.findLast(({ instrument }) => instrument === rating.instrument) === rating);
  const lines = newest.map(
    (rating) => `${instruments[rating.instrument].name} ${ratingWords(rating, scoreOf(rating, state, protocol))} at ${clock(rating.atMs)}`,
  );
  return lines.length === 0 ? ['none recorded'] : lines;
}

function ratingWords({ state, notAssessable }: RatingState, score: Score): string {
  if (state === 'not-assessable') return `not assessable (${(notAssessable ?? '').replaceAll('-', ' ')})`;
  if (state === 'open') return `begun, ${score.answered} of ${score.of} answered`;
  if (score.total === null) return score.band ?? `without a total, ${score.answered} of ${score.of} answered`;
  return score.band === null ? String(score.total) : `${score.total}, ${score.band},`;
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

/** What comes next; and apart from it what nobody did in its time and nobody has said anything of. */
function dueSections(state: SessionState, protocol: Protocol, vitals: SessionVitals, { utcMs }: Instant, clock: ClockWords) {
  const open = dueTimes(state, protocol, vitals.cuffs, utcMs).filter(
    (slot) => slot.doneAtMs === null && slot.kind !== 'predicted' && isAskedFor(slot),
  );
  const linesOf = (slots: typeof open): string[] => slots.slice(0, dueShownMax).map(({ label, dueMs }) => `${label} ${clock(dueMs)}`);
  const now = open.filter(({ replaced }) => !replaced);
  const overdue = now.filter(({ state: stands }) => stands === 'past-due');
  const next = now.filter(({ state: stands }) => stands !== 'past-due');
  // The newest: what a nurse can still make good stands before what was due before the dose.
  const passed = open.filter(({ replaced }) => replaced).toReversed();
  return [
    ...(overdue.length === 0 ? [] : [{ heading: 'Overdue', lines: linesOf(overdue) }]),
    { heading: 'Due next', lines: next.length === 0 ? ['nothing'] : linesOf(next) },
    ...(passed.length === 0 ? [] : [{ heading: 'Not done in its time', lines: [...linesOf(passed), ...moreThan(passed.length)] }]),
  ];
}

function moreThan(count: number): string[] {
  return count > dueShownMax ? [`and ${count - dueShownMax} more`] : [];
}

function deliveredMg(state: SessionState, atMs: number): number {
  return fromThousandths(deliveredUg(state.dose.timeline, atMs));
}
