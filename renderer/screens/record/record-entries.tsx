import { useState } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { Button } from '../../components/button.tsx';
import type { ClockTime } from '../../../shared/values/clock-time.ts';
import { minutesAndSeconds } from '../../../shared/values/clock-time.ts';
import { minuteFrom } from '../../format/durations.ts';
import { artefactText } from '../../text/artefact.ts';
import { addEntryText } from '../../text/add-entry.ts';
import { recordText } from '../../text/record.ts';
import { wholeRecord, type RecordPast } from './entry-history.ts';
import type { EarlierVersion, EntryKind, RecordLine } from './entry-list.ts';
import { isolated } from '../../../shared/values/isolated.ts';
import styles from './record-entries.module.css';
import { ReadFailed, type ReadFailedProps } from '../../components/act/read-failed.tsx';

const words = recordText.entries;

const filters = ['all', 'milestones', 'ratings', 'notes', 'vitals', 'changed'] as const;
type Filter = (typeof filters)[number];

const isShown: Readonly<Record<Filter, (entry: RecordLine) => boolean>> = {
  all: () => true,
  milestones: ofKinds('milestone', 'dose'),
  ratings: ofKinds('rating'),
  notes: ofKinds('note'),
  vitals: ofKinds('cuff', 'gap', 'beyond'),
  changed: ({ kind, undone, earlier, lateEnteredMs }) => kind === 'signing' || undone || earlier.length > 0 || lateEnteredMs !== null,
};

function ofKinds(...kinds: readonly EntryKind[]): (entry: RecordLine) => boolean {
  return ({ kind }) => kinds.includes(kind);
}

interface RecordEntriesProps {
  readonly session: SessionView;
  /** null while it is read. */
  readonly past: RecordPast | null;
  readonly pastRead: ReadFailedProps['of'];
  readonly clock: ClockTime;
  /** Left out where nothing can be corrected now. */
  readonly onCorrect?: ((entry: RecordLine) => void) | undefined;
  /** Left out where nothing can be added now. */
  readonly onAdd?: ((what: 'add' | 'vitals' | 'artefact') => void) | undefined;
}

/** Every entry in words, in the order in which it happened, with everything that it was before. */
export function RecordEntries({ session, past, pastRead, clock, onCorrect, onAdd }: RecordEntriesProps) {
  const [filter, setFilter] = useState<Filter>('all');
  const entries = wholeRecord(session, past).filter(isShown[filter]);
  return (
    <section className={styles.entries} aria-labelledby="entries">
      <header className={styles.entriesHead}>
        <h2 id="entries">{words.heading}</h2>
        <span>{words.order}</span>
      </header>
      <div className={styles.filters} role="group" aria-label={words.filter}>
        {filters.map((one) => (
          <button key={one} type="button" className={styles.filter} aria-pressed={filter === one} onClick={() => setFilter(one)}>
            {words[one]}
          </button>
        ))}
      </div>
      {onAdd === undefined ? null : (
        <div className={styles.filters}>
          <Button onPress={() => onAdd('add')}>{addEntryText.button}</Button>
          <Button onPress={() => onAdd('vitals')}>{addEntryText.vitals}</Button>
          <Button onPress={() => onAdd('artefact')}>{artefactText.open}</Button>
        </div>
      )}
      <ReadFailed of={pastRead} words={words.pastMissing} />
      <ol className={styles.list} tabIndex={0} aria-label={words.heading}>
        {entries.length === 0 ? <li className={styles.none}>{filter === 'all' ? words.empty : words.noneOfThese}</li> : null}
        {entries.map((entry) => (
          <EntryRow key={entry.key} entry={entry} startMs={session.dose.startedMs} clock={clock} onCorrect={onCorrect} />
        ))}
      </ol>
    </section>
  );
}

interface EntryRowProps {
  readonly entry: RecordLine;
  readonly startMs: number | null;
  readonly clock: ClockTime;
  readonly onCorrect: RecordEntriesProps['onCorrect'];
}

function EntryRow({ entry, startMs, clock, onCorrect }: EntryRowProps) {
  const stretch =
    entry.kind !== 'gap'
      ? null
      : entry.toMs === null
        ? words.gapOpen
        : words.gapTo(clock.second(entry.toMs), minutesAndSeconds(entry.toMs - entry.atMs));
  const by = entry.by === null ? null : words.by(entry.by);
  const marks = [
    ...(entry.addedIn === null ? [] : [words.addedIn(entry.addedIn)]),
    ...(entry.lateEnteredMs === null ? [] : [words.late(clock.minute(entry.lateEnteredMs))]),
    // Where the correction itself is there, it says this and more.
    ...(entry.amendedFromMs === null || entry.earlier.length > 0 ? [] : [words.amended(clock.minute(entry.amendedFromMs))]),
  ];
  const What = entry.undone ? 'del' : 'span';
  const under = [stretch, entry.detail, by].flatMap((part) => (part === null ? [] : [isolated(part)])).join(' · ');
  return (
    <li className={styles.entry} data-kind={entry.kind} data-undone={entry.undone}>
      <span className={styles.time}>
        {clock.minute(entry.atMs)}
        {startMs === null ? null : <span>{minuteFrom(startMs, entry.atMs)}</span>}
      </span>
      <span className={styles.mark} aria-hidden="true" />
      <span className={styles.what}>
        <What className={styles.said}>
          <strong>{entry.title}</strong>
          {under === '' ? null : <span>{under}</span>}
        </What>
        {marks.length === 0 ? null : <span className={styles.amended}>{marks.join(' · ')}</span>}
        {entry.earlier.map((version) => (
          <Earlier key={version.key} version={version} clock={clock} />
        ))}
      </span>
      {onCorrect === undefined || entry.correction === null ? null : (
        <Button
          kind="quiet"
          className={styles.correct}
          label={words.correctName(entry.title, clock.minute(entry.atMs))}
          onPress={() => onCorrect(entry)}
        >
          {words.correct}
        </Button>
      )}
    </li>
  );
}

/** What it was, struck through, and who changed it when and why. */
function Earlier({ version, clock }: { readonly version: EarlierVersion; readonly clock: ClockTime }) {
  const { said, what, by, recordedMs, reason, undone } = version;
  return (
    <span className={styles.amended}>
      {said === null ? null : <del>{'atMs' in said ? clock.second(said.atMs) : said.words}</del>}{' '}
      {words.change(what, by, clock.minute(recordedMs), reason)}
      {undone ? `, ${words.changeUndone}` : ''}
    </span>
  );
}
