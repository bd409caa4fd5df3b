import type { Mark, SessionSection } from '../../../shared/contract/room-board.ts';
import type { RecordEntry as HistoryEntry, SigningView } from '../../../shared/contract/signing.ts';
import { recordText } from '../../text/record.ts';
import { asMade, recordEntries, type EarlierVersion, type EntryKind, type RecordEntry } from './entry-list.ts';

/** What every entry was and became, and what was asked before signing. */
export interface RecordPast {
  readonly history: readonly HistoryEntry[];
  readonly signing: Pick<SigningView, 'items'>;
}

interface Shown {
  readonly as: EntryKind;
  /** Only its history says it: it has no mark on the timeline. */
  readonly alone: boolean;
  readonly correction: RecordEntry['correction'];
}

const onTimeline = (as: EntryKind): Shown => ({ as, alone: false, correction: 'timed' });
const alone = (as: EntryKind, correction: RecordEntry['correction']): Shown => ({ as, alone: true, correction });

/** How each kind of event stands in the list. Answers to single items, and the room's links to monitors, do not. */
const shownAs: Readonly<Record<string, Shown>> = {
  'session-opened': alone('milestone', null),
  'weight-recorded': alone('milestone', 'timed'),
  'dose-ordered': alone('dose', 'timed'),
  'injection-ordered': alone('dose', 'timed'),
  'devices-ordered': alone('dose', 'timed'),
  'lozenges-ordered': alone('dose', 'timed'),
  'vitals-entered': alone('cuff', 'timed'),
  'artefact-marked': alone('cuff', 'untimed'),
  'slot-missed': alone('milestone', 'timed'),
  'criterion-confirmed': alone('milestone', 'timed'),
  'escort-recorded': alone('milestone', 'timed'),
  'criterion-overridden': alone('milestone', 'untimed'),
  'discharge-assessed': alone('milestone', 'untimed'),
  'handover-recorded': alone('milestone', 'untimed'),
  'rems-answered': alone('milestone', 'untimed'),
  'sex-recorded': alone('milestone', 'untimed'),
  'session-ended': alone('milestone', null),
  'device-clock-noted': alone('cuff', null),
  'item-closed': alone('signing', 'untimed'),
  'session-signed': alone('signing', null),
  'session-cosigned': alone('signing', null),
  'amendment-begun': alone('signing', null),
  'amendment-closed': alone('signing', null),
  'clock-stepped': { as: 'milestone', alone: false, correction: null },
  'milestone-reached': onTimeline('milestone'),
  'identity-checked': onTimeline('milestone'),
  'double-check-confirmed': onTimeline('milestone'),
  'left-against-advice': onTimeline('milestone'),
  'remote-facts-recorded': onTimeline('milestone'),
  'stop-requested': onTimeline('milestone'),
  'pump-confirmed': onTimeline('milestone'),
  'adverse-event-recorded': onTimeline('milestone'),
  'drug-given': onTimeline('milestone'),
  'controlled-drug-drawn': onTimeline('milestone'),
  'controlled-drug-wasted': onTimeline('milestone'),
  'dose-started': onTimeline('dose'),
  'rate-changed': onTimeline('dose'),
  'dose-paused': onTimeline('dose'),
  'dose-resumed': onTimeline('dose'),
  'bolus-given': onTimeline('dose'),
  'bag-changed': onTimeline('dose'),
  'injection-given': onTimeline('dose'),
  'device-given': onTimeline('dose'),
  'lozenge-placed': onTimeline('dose'),
  'lozenge-expelled': onTimeline('dose'),
  'dose-completed': onTimeline('dose'),
  'dose-stopped-early': onTimeline('dose'),
  'rating-opened': onTimeline('rating'),
  // Why is in its own words, also where the rating was begun before and has a line of its own.
  'rating-not-assessable': alone('rating', 'timed'),
  'observation-recorded': onTimeline('note'),
};

/**
 * Everything that was recorded and everything it was before: what was undone or corrected stays in its place, struck
 * through, with who did it, when and why.
 */
export function wholeRecord(session: SessionSection, past: RecordPast | null): RecordEntry[] {
  const entries = recordEntries(session);
  if (past === null) return entries;
  const of = new Map(past.history.map((entry) => [entry.eventId, entry]));
  // What was said of an adverse event since stands in its line already; of other entries the first words say most.
  const spokenLater = new Set(session.adverseEvents.map(({ eventId }) => eventId));
  // What a person typed has an entry of its own, with all its values.
  const standing = entries
    .filter((entry) => !(entry.kind === 'cuff' && session.cuffReadings.some((cuff) => cuff.byHand && `cuff-${cuff.atMs}` === entry.key)))
    .map((entry) => withPast(entry, of.get(entry.key), spokenLater.has(entry.key)));
  const drawn = new Set(standing.map(({ key }) => key));
  const added = past.history.flatMap((entry) => {
    const shown = shownAs[entry.kind];
    if (shown === undefined || drawn.has(entry.eventId) || !(shown.alone || entry.state === 'undone')) return [];
    return [entryOf(entry, shown)];
  });
  return [...standing, ...added, ...beyondProtocol(session, past)].toSorted((a, b) => a.atMs - b.atMs);
}

function withPast(entry: RecordEntry, past: HistoryEntry | undefined, keepsWords: boolean): RecordEntry {
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
function detailOf(entry: RecordEntry, past: HistoryEntry): string | null {
  if (entry.kind === 'milestone' || entry.kind === 'dose') return past.detail ?? entry.detail;
  if (entry.kind !== 'rating') return entry.detail;
  const said = [entry.detail, past.detail].filter((part) => part !== null);
  return said.length === 0 ? null : said.join(' · ');
}

function withReasons(detail: string | null, { reasons }: HistoryEntry): string | null {
  const said = [...(detail === null ? [] : [detail]), ...reasons];
  return said.length === 0 ? null : said.join(' · ');
}

function entryOf(entry: HistoryEntry, { as, correction }: Shown): RecordEntry {
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

const saysMore: ReadonlySet<string> = new Set(['adverse-event-updated', 'gift-corrected', 'vitals-corrected', 'volume-left-corrected']);

/** An update and a correction say what they say, and one that replaces nothing adds it; of other changes what is replaced stands struck through beside them. */
function whatOf({ kind, label, detail, replaces }: HistoryEntry['changes'][number]): string {
  const isAdded = kind === 'volume-left-corrected' && replaces === null;
  const what = isAdded ? recordText.entries.addedLater : (recordText.entries.changes[kind] ?? label);
  return saysMore.has(kind) && detail !== null ? recordText.entries.updated(what, detail) : what;
}

/** Values beyond the protocol with what was done about them. They are listed, and rank above nothing. */
function beyondProtocol(session: SessionSection, { signing }: RecordPast): RecordEntry[] {
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
export function markOfEntry(entry: RecordEntry): Mark {
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
