import { useState, type KeyboardEvent, type RefObject } from 'react';
import { looksLikeConversation } from '../../../../shared/clinical/observation.ts';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { useKeys } from '../../../components/keys/key-layer.tsx';
import { KeyCap } from '../../../components/keys/key-cap.tsx';
import { wordsOfFailure } from '../../../connection/failure.ts';
import { useCompact } from '../../../live/use-media.ts';
import { useSeat } from '../../../live/use-seat.ts';
import { observationText } from '../../../text/observation.ts';
import { sessionText } from '../../../text/session.ts';
import { ChipRow, chipOfDigit } from './chip-row.tsx';
import { AboveLine, Excess, FirstKeyTime, leaveOnEscape } from '../line/line-parts.tsx';
import { excessOf, isBlank, type SentObservation } from '../line/observation-draft.ts';
import { useObservationSides } from '../line/observation-sides.tsx';
import { PrivateLine } from '../private-notes/private-line.tsx';
import type { SessionSheet } from '../session-sheet.ts';
import { SideSwitch } from '../line/side-switch.tsx';
import type { ObservationInputHandle } from '../line/use-observation-input.ts';
import styles from './observation-line.module.css';

const words = sessionText.observation;

interface ObservationLineProps {
  readonly session: SessionView;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onSheet: (sheet: SessionSheet) => void;
}

/** The therapist's line: always ready, its time is the first key's, and what is typed is never lost. */
export function ObservationLine(props: ObservationLineProps) {
  const { side } = useObservationSides();
  return side === 'shared' ? <SharedLine {...props} /> : <PrivateLine {...props} />;
}

function SharedLine({ session, inputRef, onSheet }: ObservationLineProps) {
  const { shared: handle } = useObservationSides();
  const compact = useCompact();
  const altChipKey = useChipKeys(handle);
  const { draft, sent } = handle.input;
  const problem = sent.find((note) => note.problem !== null);
  const underway = sent.filter((note) => note.problem === null).length;
  const excess = excessOf(draft);
  const hinted = looksLikeConversation(draft.text);
  return (
    <section className={styles.strip} aria-label={words.name}>
      {problem === undefined ? excess === undefined ? null : <Excess words={excess} /> : <NotSaved note={problem} handle={handle} />}
      <ChipRow draft={draft} onToggle={handle.toggleChip} onMore={() => onSheet({ kind: 'observation' })} compact={compact} />
      <form
        className={hinted ? `${styles.line} ${styles.hinted}` : styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          handle.record();
        }}
      >
        <SideSwitch onSheet={onSheet} />
        <label className={styles.field}>
          <span className="visually-hidden">{words.text}</span>
          <FirstKeyTime session={session} begunAtMs={draft.begunAtMs} />
          <input
            ref={inputRef}
            className={styles.input}
            value={draft.text}
            placeholder={words.placeholder}
            autoComplete="off"
            spellCheck={false}
            aria-keyshortcuts="n"
            onKeyDown={(event) => {
              leaveOnEscape(event);
              altChipKey(event);
            }}
            onChange={(event) => handle.type(event.target.value)}
          />
          {hinted ? null : <Author begun={draft.begunAtMs !== null} underway={underway} compact={compact} />}
        </label>
        {hinted ? <ConversationHint onSheet={onSheet} /> : null}
        <button type="submit" className={styles.record} aria-disabled={isBlank(draft) || excess !== undefined}>
          {words.record}
          <KeyCap>↵</KeyCap>
        </button>
      </form>
    </section>
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

/** A note the service did not take. It stays until somebody sends it again or puts it back into the line. */
function NotSaved({ note, handle }: { readonly note: SentObservation; readonly handle: ObservationInputHandle }) {
  return (
    <AboveLine isAlert>
      <p>
        <strong>{words.notSaved}</strong> {note.problem}{' '}
        <q>{note.draft.text === '' ? note.draft.chips.map(({ chip }) => chip).join(', ') : note.draft.text}</q>
      </p>
      <Button onPress={() => handle.putBack(note.commandId)}>{words.putBack}</Button>
      <Button onPress={() => handle.tryAgain(note.commandId)} kind="primary">
        {words.again}
      </Button>
    </AboveLine>
  );
}

/** A hint that the shared line seems to hold what the patient said, with the way to the private side. Recording does not wait for it. */
function ConversationHint({ onSheet }: { readonly onSheet: (sheet: SessionSheet) => void }) {
  const { hasPrivate } = useObservationSides();
  const compact = useCompact();
  const move = useMoveToPrivate(onSheet);
  const said = move.problem ?? (compact ? observationText.hintShort : observationText.hint);
  return (
    <span className={styles.hint} role="status">
      <span>{said}</span>
      {hasPrivate ? (
        <button type="button" className={styles.hintMove} onClick={move.run}>
          <Icon name="lock" size={18} />
          {observationText.hintMove}
        </button>
      ) : null}
    </span>
  );
}

/** The words of the shared line to the private one: opened first, said in the record, and only then moved. */
function useMoveToPrivate(onSheet: (sheet: SessionSheet) => void): { readonly run: () => void; readonly problem: string | null } {
  const { shared, own, setSide } = useObservationSides();
  const [problem, setProblem] = useState<string | null>(null);
  const { text, begunAtMs } = shared.input.draft;
  const run = (): void => {
    if (!own.side.open) {
      onSheet({ kind: 'private-open', bringsText: true });
      return;
    }
    own.moveLine('to-private').then(
      () => {
        own.textCame(text, begunAtMs ?? 0);
        shared.textLeft();
        setSide('private');
        setProblem(null);
      },
      (error: unknown) => setProblem(wordsOfFailure(error)),
    );
  };
  return { run, problem };
}

/** Digits toggle chips while nothing is typed; the function it returns does so with Alt, in the middle of a note. */
function useChipKeys(handle: ObservationInputHandle): (event: KeyboardEvent) => void {
  const toggle = (event: Pick<KeyboardEvent, 'code' | 'preventDefault'>): void => {
    const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
    const chip = digit === undefined ? undefined : chipOfDigit(Number(digit));
    if (chip === undefined) return;
    event.preventDefault();
    handle.toggleChip(chip);
  };
  useKeys(toggle);
  return (event) => {
    if (event.altKey && !event.ctrlKey && !event.metaKey) toggle(event);
  };
}
