import type { DueItem } from '../../../../shared/contract/session-view/plan.ts';
import type { RatingView } from '../../../../shared/contract/session-view/ratings.ts';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { untilWords, wholeMinutes } from '../../../format/durations.ts';
import { sessionText } from '../../../text/session.ts';

type NextTone = 'waiting' | 'due' | 'done' | 'predicted';

/** One row of the Next panel, in words. */
export interface NextRow {
  readonly key: string;
  readonly item: DueItem;
  readonly tone: NextTone;
  readonly name: string;
  readonly detail: string;
  /** Where the column is narrow. */
  readonly detailShort: string;
  readonly right: string;
  readonly rightSmall: string | null;
  /** Those of the schedule that it stands for: several where earlier ones of its kind were passed over. */
  readonly slotKeys: readonly string[];
  /** An open rating of this row, to be taken up again. */
  readonly ratingId: string | null;
}

interface NextContext {
  readonly nowMs: number;
  readonly minute: (ms: number) => string;
}

const words = sessionText.next;
const overMsMin = 60_000;
/** So many rows in all, as far as they only wait; what is due is always there. */
const rowsMax = 4;
const waitingMin = 2;

/**
 * What comes next, by the time it is due. Of a repeated slot only the first that is open is shown: the others
 * stand on the timeline as diamonds. A rating that was paused keeps its row until it is finished.
 */
export function nextRows(session: Pick<SessionView, 'due' | 'ratings'>, around: NextContext): readonly NextRow[] {
  const seen = new Set<string>();
  const passed = Map.groupBy(
    session.due.filter((item) => item.passed === true),
    seriesOf,
  );
  const coming = session.due
    .filter((item) => {
      if (item.passed === true) return false;
      if (item.state === 'done' || item.kind === 'stop-request' || item.kind === 'pump' || item.kind === 'bag') return true;
      if (seen.has(seriesOf(item))) return false;
      seen.add(seriesOf(item));
      return true;
    })
    .map((item) => rowOf(item, session.ratings, around));
  const rows = [...[...passed.values()].flatMap((items) => rowOfPassed(items, around)), ...coming];
  const paused = session.ratings.filter((rating) => rating.state === 'open' && !rows.some((row) => row.ratingId === rating.ratingId));
  const all = [...rows, ...paused.map((rating) => rowOfPaused(rating))];
  return withoutFarAhead(all).toSorted((a, b) => rank(a) - rank(b));
}

/** Of one kind, and for a rating of one instrument. */
function seriesOf({ kind, instrument, label }: DueItem): string {
  return `${kind} ${instrument ?? (kind === 'milestone' ? label : '')}`;
}

/** What was passed over stays, all of one kind in one row, until it is entered with its time or said to be missed. */
function rowOfPassed(items: readonly DueItem[], { minute }: NextContext): NextRow[] {
  const [first] = items;
  if (first === undefined) return [];
  const times = items.map((item) => minute(item.dueMs));
  const [from, to] = [times[0] ?? '', times.at(-1) ?? ''];
  const detail = items.length <= 2 ? words.passed(times.join(', ')) : words.passedMany(items.length, from, to);
  return [
    {
      key: `passed:${first.key}`,
      item: first,
      tone: 'due',
      name: first.label,
      ...says(detail, items.length <= 2 ? words.passed(times.join(', ')) : words.passedShort(items.length)),
      right: '',
      rightSmall: null,
      slotKeys: items.map(({ key }) => key),
      ratingId: null,
    },
  ];
}

function withoutFarAhead(rows: readonly NextRow[]): readonly NextRow[] {
  const asked = rows.filter((row) => row.tone === 'due' || row.tone === 'done').length;
  // A rating that was begun waits for its end, and not for its time.
  const isAhead = (row: NextRow): boolean => row.tone === 'waiting' && row.ratingId === null;
  const ahead = rows.filter(isAhead).slice(0, Math.max(waitingMin, rowsMax - asked));
  return rows.filter((row) => !isAhead(row) || ahead.includes(row));
}

/** What stands before everything that only has its time: a patient who wants to stop, then what the pump does. */
const firstKinds: readonly DueItem['kind'][] = ['stop-request', 'pump', 'bag'];

/** Time decides within a group (the sort keeps the order); predictions have no box and come last. */
function rank(row: NextRow): number {
  const first = firstKinds.indexOf(row.item.kind);
  if (first >= 0) return first - firstKinds.length;
  return row.tone === 'predicted' ? 1 : 0;
}

function rowOf(item: DueItem, ratings: readonly RatingView[], { nowMs, minute }: NextContext): NextRow {
  const open = ratings.findLast((rating) => rating.state === 'open' && rating.instrument === item.instrument);
  const time = minute(item.dueMs);
  const base = { key: item.key, item, name: item.label, slotKeys: [item.key], ratingId: open?.ratingId ?? null, rightSmall: null };
  const started = open === undefined ? null : words.open(open.answered, open.of);
  switch (item.state) {
    case 'done':
      return {
        ...base,
        ratingId: null,
        tone: 'done',
        ...says(`${item.detail} · ${words.onTime}`, words.onTime),
        right: minute(item.doneMs ?? item.dueMs),
      };
    case 'predicted':
      return { ...base, tone: 'predicted', ...says(item.detail, item.detail), right: time };
    case 'waiting':
      return {
        ...base,
        tone: 'waiting',
        ...says(started ?? words.due(fitting(item.detail), time), words.due(shortest(item.detail), time)),
        right: words.in(untilWords(item.dueMs - nowMs)),
      };
    case 'due':
    case 'past-due': {
      const overMs = nowMs - item.dueMs;
      const asked = item.kind === 'stop-request' || item.kind === 'pump';
      if (item.kind === 'bag') {
        const since = words.since(item.detail, time);
        return { ...base, tone: 'due', ...says(since, since), right: words.now, rightSmall: null };
      }
      const detail = asked
        ? words.at(item.detail, time)
        : overMs >= overMsMin
          ? words.wasDue(fitting(item.detail), time)
          : words.due(fitting(item.detail), time);
      const short = asked ? time : overMs >= overMsMin ? words.wasDue(shortest(item.detail), time) : words.due(shortest(item.detail), time);
      return {
        ...base,
        tone: 'due',
        ...says(started ?? detail, short),
        right: words.now,
        rightSmall: overMs >= overMsMin ? words.over(wholeMinutes(overMs)) : null,
      };
    }
  }
}

function says(detail: string, detailShort: string): { readonly detail: string; readonly detailShort: string } {
  return { detail, detailShort };
}

const wideLettersMax = 19;

/** How often it is asked gives way to when it is due. */
function fitting(detail: string): string {
  const [first = ''] = detail.split(',');
  return detail.length > wideLettersMax ? first : detail;
}

/** What is measured, without how often: `cuff` of `cuff, every 5 min`; nothing where that is long, too. */
function shortest(detail: string): string {
  const [first = ''] = detail.split(',');
  return first.length > 8 ? '' : first;
}

function rowOfPaused(rating: RatingView): NextRow {
  const item: DueItem = {
    key: `open:${rating.ratingId}`,
    kind: 'rating',
    label: instruments[rating.instrument].name,
    detail: '',
    instrument: rating.instrument,
    dueMs: rating.atMs,
    state: 'due',
    doneMs: null,
  };
  const detail = words.open(rating.answered, rating.of);
  return {
    key: item.key,
    item,
    tone: 'due',
    name: item.label,
    ...says(detail, detail),
    right: words.goOn,
    rightSmall: null,
    slotKeys: [],
    ratingId: rating.ratingId,
  };
}
