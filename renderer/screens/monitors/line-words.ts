import type { MonitorDetail } from '../../../shared/contract/monitor-detail.ts';
import type { Vital } from '../../../shared/contract/board/vitals.ts';
import { metrics, type MetricId } from '../../../shared/clinical/metric.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import { showDecimal, showTemperature, type TemperatureUnit } from '../../../shared/values/quantity.ts';
import { minutesAndSeconds } from '../../../shared/values/clock-time.ts';
import { agoWords } from '../../format/durations.ts';
import { monitorsText } from '../../text/monitors.ts';
import { vitalsText } from '../../text/vitals.ts';

const words = monitorsText.facts;
const grouped = new Intl.NumberFormat('en-US');
/** Less than this is the second that a monitor rounds, and the way of a line. */
const sameClockMs = 3000;
const dayMs = 24 * 3_600_000;

/** What was discarded, the most first, each with its reason in words. */
export function discardedWords(discarded: MonitorDetail['discarded']): string {
  if (discarded.length === 0) return words.nothingDiscarded;
  return discarded
    .toSorted((a, b) => b.bytes - a.bytes)
    .map(({ bytes, reason }) => words.discardedOf(grouped.format(bytes), words.reasons[reason]))
    .join(', ');
}

/** What arrived whole and gave no value, the most first, with the place of the last where one is named. */
export function unreadWords(unread: MonitorDetail['unread']): string {
  if (unread.length === 0) return words.nothingUnread;
  return unread
    .toSorted((a, b) => b.count - a.count)
    .map(({ count, reason, place }) => {
      const text = words.unreadOf(grouped.format(count), words.unreadReasons[reason]);
      return place === null ? text : words.lastPlace(text, place);
    })
    .join(', ');
}

/** How one that called stands. */
export function senderWords({ isAllowed, isConnected, words: why }: NonNullable<MonitorDetail['senders']>[number]): string {
  const { senders } = monitorsText;
  if (!isAllowed) return senders.refused;
  if (isConnected) return senders.connected;
  return why === null ? senders.gone : senders.ended(why);
}

/** How far the monitor's clock is from ours, and whether it jumped. */
export function clockWords(clock: MonitorDetail['deviceClock'], second: (ms: number) => string): string {
  if (clock === null) return words.clockNone;
  const by = offWords(Math.abs(clock.offsetMs));
  const offset =
    Math.abs(clock.offsetMs) < sameClockMs ? words.clockSame : clock.offsetMs > 0 ? words.clockAhead(by) : words.clockBehind(by);
  return clock.lastJump === null ? offset : `${offset}, ${words.clockJumps(clock.jumps, second(clock.lastJump.atMs))}`;
}

/** From two days on the difference is said in days or years: a clock that was never set is off by years. */
function offWords(ms: number): string {
  const days = Math.floor(ms / dayMs);
  if (days < 2) return minutesAndSeconds(ms);
  return days < 2 * 365 ? words.days(days) : words.years(Math.floor(days / 365.2425));
}

interface ParameterRow {
  readonly name: string;
  readonly value: string;
  /** The state, with its reason where there is no value. */
  readonly state: string;
  readonly age: string;
  readonly isStale: boolean;
}

export function parameterRow(metric: MetricId, vital: Vital, nowMs: number, temperature: TemperatureUnit): ParameterRow {
  const name = monitorsText.metrics[metric];
  const { unit, decimals } = metrics[metric];
  switch (vital.state) {
    case 'live':
    case 'late': {
      const value =
        unit === 'Cel'
          ? showTemperature(vital.value, temperature)
          : `${showDecimal(vital.value, decimals)} ${unit === 'mm[Hg]' ? 'mmHg' : unit}`;
      return { name, value, state: monitorsText.states[vital.state], age: agoWords(nowMs - vital.atMs), isStale: vital.state === 'late' };
    }
    case 'lost': {
      const last = vital.last === null ? '' : agoWords(nowMs - vital.last.atMs);
      return { name, value: vitalsText.noValue, state: vitalsText.reasons[vital.reason], age: last, isStale: true };
    }
    case 'not-connected':
    case 'covered':
      return { name, value: vitalsText.noValue, state: monitorsText.states[vital.state], age: '', isStale: true };
    default:
      return assertNever(vital);
  }
}

interface RawRow {
  readonly hex: string;
  readonly text: string;
}

const bytesPerRow = 16;

/** Sixteen bytes a row, in hex and as text; what is no sign stands as a dot. */
export function rawRows(bytes: readonly number[]): readonly RawRow[] {
  return Array.from({ length: Math.ceil(bytes.length / bytesPerRow) }, (_, row) => {
    const part = bytes.slice(row * bytesPerRow, (row + 1) * bytesPerRow);
    return {
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
      text: part.map((byte) => (byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '·')).join(''),
    };
  });
}
