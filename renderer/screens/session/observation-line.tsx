import { useEffect, type RefObject } from 'react';
import type { SessionSection } from '../../../shared/contract/room-board.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { KeyCap } from '../../components/key-cap.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { minuteFrom } from '../../format/durations.ts';
import { useCompact } from '../../live/use-media.ts';
import { useSeat } from '../../live/use-seat.ts';
import { sessionText } from '../../text/session.ts';
import { ChipRow, chipsInSight } from './chip-row.tsx';
import { isBlank, type SentObservation } from './observation-draft.ts';
import { isTyping } from './typing.ts';
import { useObservationDesk, type ObservationDeskHandle } from './use-observation-desk.ts';
import styles from './observation-line.module.css';

const words = sessionText.observation;

interface ObservationLineProps {
  readonly session: SessionSection;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** The therapist's line: always ready, its time is the first key's, and what is typed is never lost. */
export function ObservationLine({ session, inputRef }: ObservationLineProps) {
  const handle = useObservationDesk(session.sessionId);
  const compact = useCompact();
  useChipKeys(handle, compact);
  const { draft, sent } = handle.desk;
  const problem = sent.find((note) => note.problem !== null);
  const underway = sent.filter((note) => note.problem === null).length;
  return (
    <section className={styles.strip} aria-label={words.name}>
      {problem === undefined ? null : <NotSaved note={problem} handle={handle} />}
      <ChipRow chosen={draft.chips} onToggle={handle.toggleChip} compact={compact} />
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          handle.record();
        }}
      >
        <label className={styles.field}>
          <span className={styles.shared}>
            <Icon name="pencil" size={20} />
            <span>{words.shared}</span>
          </span>
          <span className="visually-hidden">{words.text}</span>
          <FirstKeyTime session={session} begunAtMs={draft.begunAtMs} />
          <input
            ref={inputRef}
            className={styles.input}
            value={draft.text}
            placeholder={words.placeholder}
            maxLength={4000}
            autoComplete="off"
            spellCheck={false}
            aria-keyshortcuts="n"
            onChange={(event) => handle.type(event.target.value)}
          />
          <Author begun={draft.begunAtMs !== null} underway={underway} compact={compact} />
        </label>
        <button type="submit" className={styles.record} aria-disabled={isBlank(draft)}>
          {words.record}
          <KeyCap>↵</KeyCap>
        </button>
      </form>
    </section>
  );
}

function FirstKeyTime({ session, begunAtMs }: { readonly session: SessionSection; readonly begunAtMs: number | null }) {
  const clock = useClockTime();
  if (begunAtMs === null) return null;
  const { startedMs } = session.dose;
  return (
    <time className={styles.time}>
      {clock.second(begunAtMs)}
      {startedMs === null ? '' : ` · ${minuteFrom(startedMs, begunAtMs)}`}
    </time>
  );
}

function Author({ begun, underway, compact }: { readonly begun: boolean; readonly underway: number; readonly compact: boolean }) {
  const { person } = useSeat();
  const name = person === null ? words.nobody : compact ? person.name : begun ? words.firstKey(person.name) : words.saves(person.name);
  return (
    <span className={styles.author} role="status">
      {underway > 0 ? words.saving(underway) : name}
    </span>
  );
}

/** A note the service did not take. It stays until somebody decides; it is not a toast. */
function NotSaved({ note, handle }: { readonly note: SentObservation; readonly handle: ObservationDeskHandle }) {
  return (
    <div className={styles.notSaved} role="alert">
      <Icon name="note" size={22} />
      <p>
        <strong>{words.notSaved}</strong> {note.problem}{' '}
        <q>{note.draft.text === '' ? note.draft.chips.map(({ chip }) => chip).join(', ') : note.draft.text}</q>
      </p>
      <Button onPress={() => handle.putBack(note.commandId)}>{words.putBack}</Button>
      <Button onPress={() => handle.tryAgain(note.commandId)} kind="primary">
        {words.again}
      </Button>
    </div>
  );
}

/** Digits toggle chips while nothing is typed; with Alt also in the middle of a note. */
function useChipKeys(handle: ObservationDeskHandle, compact: boolean): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey) return;
      const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
      if (digit === undefined || (isTyping(event.target) && !event.altKey)) return;
      const chip = chipsInSight(compact).find((one) => one.digit === Number(digit));
      if (chip === undefined) return;
      event.preventDefault();
      handle.toggleChip({ group: chip.group, chip: chip.chip });
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  });
}
