import { memo, useMemo, type ReactElement } from 'react';
import type { PrivateMarkView } from '../../../shared/contract/session-view/observations.ts';
import type { ObservationView } from '../../../shared/contract/session-view/observations.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { noteWord, shortened } from '../../text/timeline.ts';
import type { LaneLayout } from './lane-layout.ts';
import { LateTail } from './milestone-lane.tsx';
import { noteOffsetPx, placeNotes, type NoteWish } from './note-placement.ts';
import type { TextWidth } from './text-width.ts';
import { isWithin, xOf, type TimeScale } from './time-scale.ts';
import noteStyles from './observations.module.css';
import wordStyles from './words.module.css';

export interface PrivateMark {
  readonly key: string;
  readonly atMs: UtcMs;
}

/** A lock for everybody, also for the author: no words, no length. */
export function locksOf(marks: readonly PrivateMarkView[]): readonly PrivateMark[] {
  return marks.map(({ noteId, atMs }) => ({ key: noteId, atMs }));
}

interface ObservationsLaneProps {
  readonly notes: readonly ObservationView[];
  readonly privateMarks: readonly PrivateMark[];
  readonly layout: LaneLayout;
  readonly scale: TimeScale;
  readonly barrierX: number | null;
  readonly textWidth: TextWidth;
}

const longestWord = 24;
const mark = { width: 7, height: 8, lockWidth: 16 };

/** Shared notes as squares with as much of their words as there is room for; private ones as a lock, without words. */
export const ObservationsLane = memo(function ObservationsLane(props: ObservationsLaneProps): ReactElement {
  const { layout, scale, barrierX, textWidth } = props;
  const notes = useMemo(() => props.notes.filter((note) => isWithin(scale, note.atMs)), [props.notes, scale]);
  const locks = useMemo(() => props.privateMarks.filter((lock) => isWithin(scale, lock.atMs)), [props.privateMarks, scale]);
  const placed = useMemo(() => {
    const wishes: NoteWish[] = [
      ...notes.map((note) => ({
        key: note.eventId,
        x: xOf(scale, note.atMs),
        widthPx: textWidth(wordsOf(note)),
        markPx: mark.width,
        wordless: false,
      })),
      ...locks.map((lock) => ({ key: lock.key, x: xOf(scale, lock.atMs), widthPx: 0, markPx: mark.lockWidth, wordless: true })),
    ];
    return placeNotes(wishes, { rows: layout.noteRows, left: layout.plot.left, right: layout.plot.right, barrierX });
  }, [notes, locks, scale, textWidth, layout, barrierX]);
  const rowPx = layout.lanes.observations.height / layout.noteRows;
  const yOf = (key: string): number => layout.lanes.observations.top + rowPx * ((placed.get(key)?.row ?? 0) + 0.5);
  return (
    <g>
      {notes.map((note) => {
        const x = xOf(scale, note.atMs);
        const y = yOf(note.eventId);
        const side = placed.get(note.eventId)?.side ?? null;
        return (
          <g key={note.eventId}>
            {note.late && <LateTail x={x} toX={xOf(scale, Math.min(note.enteredMs, scale.toMs))} y={y} />}
            <rect
              className={note.late ? noteStyles.noteLate : noteStyles.note}
              x={x - mark.width / 2}
              y={y - mark.height / 2}
              width={mark.width}
              height={mark.height}
            />
            {side !== null && (
              <text
                className={wordStyles.words}
                x={side === 'right' ? x + noteOffsetPx : x - noteOffsetPx}
                y={y + 5}
                textAnchor={side === 'right' ? 'start' : 'end'}
              >
                {wordsOf(note)}
              </text>
            )}
          </g>
        );
      })}
      {locks.map((lock) => (
        <Lock key={lock.key} x={xOf(scale, lock.atMs)} y={yOf(lock.key)} />
      ))}
    </g>
  );
});

function wordsOf(note: ObservationView): string {
  return shortened(noteWord(note), longestWord);
}

export function Lock({ x, y }: { readonly x: number; readonly y: number }): ReactElement {
  return (
    <g>
      <path className={noteStyles.lockBow} d={`M${x - 4.5} ${y - 1} v-3.5 a4.5 4.5 0 0 1 9 0 v3.5`} />
      <rect className={noteStyles.lockBody} x={x - 7} y={y - 1} width={14} height={9.5} rx={2} />
    </g>
  );
}
