import { useState, type RefObject } from 'react';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { privateTextMax } from '../../../../shared/contract/private-notes.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { KeyCap } from '../../../components/keys/key-cap.tsx';
import { wordsOfFailure } from '../../../connection/failure.ts';
import { tooLong } from '../../../components/fields/too-long.ts';
import { useCompact } from '../../../live/use-media.ts';
import { observationText } from '../../../text/observation.ts';
import { sessionText } from '../../../text/session.ts';
import { AboveLine, Excess, FirstKeyTime, leaveOnEscape } from '../line/line-parts.tsx';
import { useObservationSides, type ObservationSides } from '../line/observation-sides.tsx';
import type { SessionSheet } from '../session-sheet.ts';
import { SideSwitch } from '../line/side-switch.tsx';
import styles from '../observations/observation-line.module.css';
import ownStyles from './private-line.module.css';

const words = observationText.private;

interface PrivateLineProps {
  readonly session: SessionView;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onSheet: (sheet: SessionSheet) => void;
}

/** The same line with another reader: its colour, its heading, its lock and its button all say so. */
export function PrivateLine(props: PrivateLineProps) {
  const sides = useObservationSides();
  return (
    <section className={`${styles.strip} ${ownStyles.strip}`} aria-label={words.text}>
      {sides.side === 'locked' ? <LockedLine {...props} sides={sides} /> : <OpenLine {...props} sides={sides} />}
    </section>
  );
}

type SideProps = PrivateLineProps & { readonly sides: ObservationSides };

/** The private side closed by itself, perhaps while its author was writing. No key goes anywhere before they choose a side. */
function LockedLine({ onSheet }: SideProps) {
  return (
    <>
      <div className={ownStyles.head}>
        <Icon name="lock" size={20} />
        <p className={ownStyles.heading} role="status">
          {words.closed}
        </p>
      </div>
      <div className={styles.line}>
        <SideSwitch onSheet={onSheet} />
        <span />
        <button type="button" className={`${styles.record} ${ownStyles.record}`} onClick={() => onSheet({ kind: 'private-open' })}>
          {words.openTitle}
        </button>
      </div>
    </>
  );
}

function OpenLine({ session, inputRef, onSheet, sides }: SideProps) {
  const { own } = sides;
  const { line, sent, keepProblem, keptText } = own.side;
  const underway = sent.filter((note) => note.problem === null).length;
  const status = underway > 0 ? words.saving : line.text !== '' && line.text === keptText ? words.kept : '';
  return (
    <>
      <Problem sides={sides} keepProblem={keepProblem} />
      <Head onSheet={onSheet} sides={sides} />
      <form
        className={styles.line}
        onSubmit={(event) => {
          event.preventDefault();
          own.record();
        }}
      >
        <SideSwitch onSheet={onSheet} />
        <label className={`${styles.field} ${ownStyles.field}`}>
          <span className="visually-hidden">{words.text}</span>
          <FirstKeyTime session={session} begunAtMs={line.begunAtMs} />
          <input
            ref={inputRef}
            className={styles.input}
            value={line.text}
            placeholder={words.placeholder}
            autoComplete="off"
            spellCheck={false}
            autoFocus
            onKeyDown={leaveOnEscape}
            onChange={(event) => own.type(event.target.value)}
          />
          <span className={styles.author} role="status">
            {status}
          </span>
        </label>
        <button
          type="submit"
          className={`${styles.record} ${ownStyles.record}`}
          aria-disabled={line.text.trim() === '' || tooLong(line.text, privateTextMax) !== undefined}
        >
          {words.record}
          <KeyCap>↵</KeyCap>
        </button>
      </form>
    </>
  );
}

/** In the place of the chips: who reads it, and what can be done with the private side. */
function Head({ onSheet, sides }: { readonly onSheet: (sheet: SessionSheet) => void; readonly sides: ObservationSides }) {
  const { own, shared, setSide } = sides;
  const compact = useCompact();
  const [problem, setProblem] = useState<string | null>(null);
  const { text, begunAtMs } = own.side.line;
  const name = own.author?.name ?? '';
  const toShared = (): void => {
    own.moveLine('to-shared').then(
      () => {
        shared.textCame(text, begunAtMs ?? 0);
        own.textLeft();
        setSide('shared');
      },
      (error: unknown) => setProblem(wordsOfFailure(error)),
    );
  };
  return (
    <div className={ownStyles.head}>
      <Icon name="lock" size={20} />
      <p className={ownStyles.heading}>{problem ?? (compact ? words.headingShort(name) : words.heading(name))}</p>
      {text.trim() === '' ? null : <Button onPress={toShared}>{words.toShared}</Button>}
      <Button onPress={() => onSheet({ kind: 'private-notes' })}>
        <Icon name="list" size={18} />
        {words.notes(own.side.notes.length, own.side.sealedBefore)}
      </Button>
      <Button
        onPress={() => {
          setSide('shared');
          own.close();
        }}
      >
        {words.close}
      </Button>
    </div>
  );
}

/** What is not sealed on disk stays in sight until it is. */
function Problem({ sides, keepProblem }: { readonly sides: ObservationSides; readonly keepProblem: string | null }) {
  const { own } = sides;
  const failed = own.side.sent.find((note) => note.problem !== null);
  if (failed !== undefined) {
    return (
      <AboveLine isAlert>
        <p>
          <strong>{words.notSaved}</strong> {failed.problem}
        </p>
        <Button onPress={() => own.tryAgain(failed.noteId)} kind="primary">
          {sessionText.observation.again}
        </Button>
      </AboveLine>
    );
  }
  const excess = tooLong(own.side.line.text, privateTextMax);
  if (excess !== undefined) return <Excess words={excess} />;
  if (keepProblem === null) return null;
  return (
    <AboveLine isAlert>
      <p>
        <strong>{words.notKept}</strong> {keepProblem}
      </p>
    </AboveLine>
  );
}
