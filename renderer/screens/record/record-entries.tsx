import { useState } from 'react';
import type { SessionSection } from '../../../shared/contract/room-board.ts';
import type { ClockTime } from '../../format/clock-time.ts';
import { minuteFrom, minutesAndSeconds } from '../../format/durations.ts';
import { recordText } from '../../text/record.ts';
import { recordEntries, type EntryKind, type RecordEntry } from './entry-list.ts';
import styles from './record-entries.module.css';

const filters = ['all', 'milestones', 'ratings', 'notes', 'vitals'] as const;
type Filter = (typeof filters)[number];

const kindsOf: Readonly<Record<Filter, readonly EntryKind[]>> = {
  all: ['milestone', 'dose', 'rating', 'note', 'cuff', 'gap'],
  milestones: ['milestone', 'dose'],
  ratings: ['rating'],
  notes: ['note'],
  vitals: ['cuff', 'gap'],
};

/** Every entry in words, in the order in which it happened. */
export function RecordEntries({ session, clock }: { readonly session: SessionSection; readonly clock: ClockTime }) {
  const words = recordText.entries;
  const [filter, setFilter] = useState<Filter>('all');
  const entries = recordEntries(session).filter((entry) => kindsOf[filter].includes(entry.kind));
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
      <ol className={styles.list} tabIndex={0} aria-label={words.heading}>
        {entries.length === 0 ? <li className={styles.none}>{words.empty}</li> : null}
        {entries.map((entry) => (
          <EntryRow key={entry.key} entry={entry} startMs={session.dose.startedMs} clock={clock} />
        ))}
      </ol>
    </section>
  );
}

function EntryRow({ entry, startMs, clock }: { readonly entry: RecordEntry; readonly startMs: number | null; readonly clock: ClockTime }) {
  const words = recordText.entries;
  const stretch =
    entry.kind !== 'gap'
      ? null
      : entry.toMs === null
        ? words.gapOpen
        : words.gapTo(clock.second(entry.toMs), minutesAndSeconds(entry.toMs - entry.atMs));
  const under = [stretch, entry.detail, entry.by === null ? null : words.by(entry.by)].filter((part) => part !== null).join(' · ');
  const marks = [
    ...(entry.lateEnteredMs === null ? [] : [words.late(clock.minute(entry.lateEnteredMs))]),
    ...(entry.amendedFromMs === null ? [] : [words.amended(clock.minute(entry.amendedFromMs))]),
  ];
  return (
    <li className={styles.entry} data-kind={entry.kind}>
      <span className={styles.time}>
        {clock.minute(entry.atMs)}
        {startMs === null ? null : <span>{minuteFrom(startMs, entry.atMs)}</span>}
      </span>
      <span className={styles.mark} aria-hidden="true" />
      <span className={styles.what}>
        <strong>{entry.title}</strong>
        {under === '' ? null : <span>{under}</span>}
        {marks.length === 0 ? null : <span className={styles.amended}>{marks.join(' · ')}</span>}
      </span>
    </li>
  );
}
