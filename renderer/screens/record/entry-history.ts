import type { Mark } from '../../../shared/contract/session-view/entries.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { EntryChangeKind, RecordEntry as HistoryEntry, SigningView } from '../../../shared/contract/signing.ts';
import { recordText } from '../../text/record.ts';
import { asMade, recordEntries, type EarlierVersion, type RecordLine } from './entry-list.ts';

/** What every entry was and became, and what was asked before signing. */
export interface RecordPast {
  readonly history: readonly HistoryEntry[];
  readonly signing: Pick<SigningView, 'items'>;
}

/**
 * Everything that was recorded and everything it was before: what was undone or corrected stays in its place, struck
 * through, with who did it, when and why.
 */
export function wholeRecord(session: SessionView, past: RecordPast | null): RecordLine[] {
  const entries = recordEntries(session);
  if (past === null) return entries;
  const of = new Map(past.history.map((entry) => [entry.eventId, entry]));
  // What was said of an adverse event since stands in its line already; of other entries the first words say most.
  const spokenLater = new Set(session.adverseEvents.map(({ eventId }) => eventId));
  // What a person typed has an entry of its own, with all its values.
  const shown = entries
    .filter((entry) => !(entry.kind === 'cuff' && session.cuffReadings.some((cuff) => cuff.byHand && `cuff-${cuff.atMs}` === entry.key)))
    .map((entry) => withPast(entry, of.get(entry.key), spokenLater.has(entry.key)));
  const drawn = new Set(shown.map(({ key }) => key));
  const added = past.history.flatMap((entry) => {
    const { row } = entry;
    if (row === null || drawn.has(entry.eventId) || !(row.alone || entry.state === 'undone')) return [];
    return [entryOf(entry, row)];
  });
  return [...shown, ...added, ...beyondProtocol(session, past)].toSorted((a, b) => a.atMs - b.atMs);
}

function withPast(entry: RecordLine, past: HistoryEntry | undefined, keepsWords: boolean): RecordLine {
  if (past === undefined) return entry;
  return {
    ...entry,
    detail: withReasons(keepsWords ? entry.detail : detailOf(entry, past), past),
    lateEnteredMs: entry.lateEnteredMs ?? (past.late ? past.recordedMs : null),
    addedIn: past.addedIn,
    earlier: earlierOf(past),
  };
}

/** A mark of the timeline says less than its entry did; a rating says its band, and how it was taken. */
function detailOf(entry: RecordLine, past: HistoryEntry): string | null {
  if (entry.kind === 'milestone' || entry.kind === 'dose') return past.detail ?? entry.detail;
  if (entry.kind !== 'rating') return entry.detail;
  const said = [entry.detail, past.detail].filter((part) => part !== null);
  return said.length === 0 ? null : said.join(' · ');
}

function withReasons(detail: string | null, { reasons }: HistoryEntry): string | null {
  const said = [...(detail === null ? [] : [detail]), ...reasons];
  return said.length === 0 ? null : said.join(' · ');
}

function entryOf(entry: HistoryEntry, { as, correction }: NonNullable<HistoryEntry['row']>): RecordLine {
  const undone = entry.state === 'undone';
  return {
    ...asMade,
    key: entry.eventId,
    kind: as,
    atMs: entry.atMs,
    title: entry.label,
    detail: withReasons(entry.detail, entry),
    by: entry.by,
    lateEnteredMs: entry.late ? entry.recordedMs : null,
    amendedFromMs: null,
    toMs: null,
    undone,
    addedIn: entry.addedIn,
    earlier: earlierOf(entry),
    correction: undone ? null : correction,
    clinical: entry.clinical,
  };
}

function earlierOf(entry: HistoryEntry): EarlierVersion[] {
  let words = entry.detail;
  return entry.changes.map((change) => {
    const firstWords = change.kind === 'observation-amended' ? words : change.replaces;
    const replaced = firstWords === null ? null : { words: firstWords };
    const said = change.fromMs === null ? replaced : { atMs: change.fromMs };
    if (change.detail !== null && !change.undone) words = change.detail;
    const { eventId: key, by, recordedMs, reason, undone } = change;
    return { key, said, what: whatOf(change), by, recordedMs, reason, undone };
  });
}

/** Whether what it says stands beside its name; of the others the list itself shows it, or the time. */
const saysWhat: Readonly<Record<EntryChangeKind, boolean>> = {
  'time-corrected': false,
  'gift-corrected': true,
  'vitals-corrected': true,
  'volume-left-corrected': true,
  'observation-amended': false,
  'event-undone': false,
  'adverse-event-updated': true,
};

/** An update and a correction say what they say, and one that replaces nothing adds it; of other changes what is replaced stands struck through beside them. */
function whatOf({ kind, detail, replaces }: HistoryEntry['changes'][number]): string {
  const isAdded = kind === 'volume-left-corrected' && replaces === null;
  const what = isAdded ? recordText.entries.addedLater : recordText.entries.changes[kind];
  return saysWhat[kind] && detail !== null ? recordText.entries.updated(what, detail) : what;
}

/** Values beyond the protocol with what was done about them. They are listed, and rank above nothing. */
function beyondProtocol(session: SessionView, { signing }: RecordPast): RecordLine[] {
  const words = recordText.entries;
  return signing.items
    .filter(({ kind }) => kind === 'excursion')
    .map(({ key, label, detail, atMs, closed }) => ({
      ...asMade,
      key,
      kind: 'beyond',
      atMs: atMs ?? session.endedMs ?? session.openedMs,
      title: words.beyond(label),
      detail: [detail, ...(closed === null ? [] : [words.done(closed.reason, closed.by)])].filter((part) => part !== '').join(' · '),
      by: null,
      lateEnteredMs: null,
      amendedFromMs: null,
      toMs: null,
    }));
}

/** As the sheet that corrects entries knows them. */
export function markOfEntry(entry: RecordLine): Mark {
  const { key, atMs, title, detail, by, lateEnteredMs, amendedFromMs, correction, clinical } = entry;
  return {
    eventId: key,
    atMs,
    enteredMs: lateEnteredMs ?? atMs,
    late: lateEnteredMs !== null,
    amendedFromMs,
    by,
    kind: correction === 'untimed' ? 'pump-confirmed' : 'milestone',
    milestone: null,
    label: title,
    detail,
    ...(clinical === undefined ? {} : { clinical }),
  };
}
