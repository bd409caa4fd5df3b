import { milestones } from './milestone.ts';
import type { Contradiction } from './protocol-finding.ts';
import { anchorMilestone, type ScheduleAnchor, type ScheduleRow } from './protocol-schedule.ts';
import type { ProtocolShape } from './protocol-shape.ts';

/** Slots that overlap, that can never come, or that ask for what the protocol does not have. */
export function scheduleContradictions(protocol: ProtocolShape): readonly Contradiction[] {
  const { schedule } = protocol;
  return schedule.flatMap((row, index) => [
    ...ownContradictions(row, protocol).map((message) => ({ path: ['schedule', index], message })),
    ...schedule.slice(0, index).flatMap((other) => {
      const minute = collision(row, other);
      if (minute === null) return [];
      return [{ path: ['schedule', index], message: `at ${minute} min it overlaps with "${other.id}", which the same act would close` }];
    }),
  ]);
}

const infusionOnly: readonly ScheduleAnchor[] = ['dose-paused', 'predicted-end', 'end'];

function ownContradictions(row: ScheduleRow, protocol: ProtocolShape): string[] {
  const { times } = row;
  const offered = new Set(protocol.milestones.map((entry) => entry.milestone));
  const anchored = anchorMilestone(row.anchor);
  const minutes = firstMinutes(row);
  const found: string[] = [];
  if (minutes.some((minute) => minute < 0)) {
    found.push('a time before what it counts from can never be met; count a row before the dose from the opening of the session');
  }
  const overlap = minutes.findIndex((minute, index) => index > 0 && minute - (minutes[index - 1] ?? 0) < row.earlyMin + row.lateMin);
  if (minutes.some((minute, index) => index > 0 && minute <= (minutes[index - 1] ?? minute))) {
    found.push('its times are not in order, or one stands there twice');
  } else if (overlap !== -1) {
    const [first, second] = [minutes[overlap - 1] ?? 0, minutes[overlap] ?? 0];
    found.push(
      `its slots at ${first} and ${second} min overlap: ${row.lateMin} min late and ${row.earlyMin} min early need more than the ${second - first} min between them`,
    );
  }
  if ('everyMin' in times && times.until === 'dose-end' && row.anchor !== 'dose-start' && row.anchor !== 'monitoring-start') {
    found.push(`it would run until the end of the dose, but counts from ${row.anchor}: it would never come, or never end`);
  }
  if (protocol.route === 'iv' && row.anchor === 'last-dose') {
    found.push('it counts from single doses, and this route has an infusion; count from its start or its end');
  }
  if (protocol.route !== 'iv') {
    if (infusionOnly.includes(row.anchor)) found.push('it waits for an infusion, and this route has none');
    if (row.shiftsWithPause === true) found.push('it shifts with a pause, and this route has none');
    if ('everyMin' in times && times.until === 'dose-end') found.push('it runs until the end of an infusion, and this route has none');
  }
  if (row.kind === 'milestone' && !offered.has(row.milestone)) {
    found.push(`it asks for "${milestones[row.milestone].label}", which this protocol does not offer`);
  }
  if (anchored !== null && !offered.has(anchored)) {
    found.push(`it counts from "${milestones[anchored].label}", which this protocol does not offer`);
  }
  return found;
}

/** Enough of a row's times to see how they lie. */
function firstMinutes({ times }: ScheduleRow, untilMin = 0): readonly number[] {
  if ('atMin' in times) return times.atMin;
  const count = Math.max(2, Math.floor((untilMin - times.fromMin) / times.everyMin) + 1);
  return Array.from({ length: count }, (_, index) => times.fromMin + index * times.everyMin);
}

/** How far two rows of one anchor are compared: a session of half a day. */
const comparedMin = 720;

/** The minute at which two rows ask for the same thing at overlapping times, or null. */
function collision(row: ScheduleRow, other: ScheduleRow): number | null {
  if (row.anchor !== other.anchor || row.kind === 'predicted' || answeredBy(row) !== answeredBy(other)) return null;
  const others = firstMinutes(other, comparedMin);
  const hit = firstMinutes(row, comparedMin).find((minute) =>
    others.some((at) => minute - row.earlyMin <= at + other.lateMin && at - other.earlyMin <= minute + row.lateMin),
  );
  return hit ?? null;
}

function answeredBy(row: ScheduleRow): string {
  switch (row.kind) {
    case 'rating':
      return `rating ${row.instrument}`;
    case 'milestone':
      return `milestone ${row.milestone}`;
    case 'nibp':
    case 'predicted':
      return row.kind;
  }
}
