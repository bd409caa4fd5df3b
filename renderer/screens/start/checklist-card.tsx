import { useEffect, useRef, useState } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import { Card } from '../../components/card.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { useBoard } from '../../live/room-context.tsx';
import { startText } from '../../text/start.ts';
import { ChecklistRow } from './checklist-row.tsx';
import { cardPlaces, startActionIn, startWait, type StartWait } from './start-waits.ts';
import styles from './checklist-card.module.css';

interface ChecklistCardProps {
  readonly session: SessionView;
  readonly onRate: (instrument: InstrumentId) => void;
  readonly onVitals: () => void;
  readonly onStarted: () => void;
  /** By every route but a vein: opens the sheet that asks for what was given. */
  readonly onGive: () => void;
}

/** What has to be true before the dose, each tick a record; then the one button everything led to. */
export function ChecklistCard({ session, onRate, onVitals, onStarted, onGive }: ChecklistCardProps) {
  const words = startText.checklist;
  const rows = useRef<HTMLUListElement>(null);
  const { sessionId } = session;
  // Scrolls to the next open row once. A later scroll would move the rows under a finger.
  useEffect(() => {
    firstOpen(rows.current)?.scrollIntoView({ block: 'center' });
  }, [sessionId]);
  const done = session.checklist.filter((entry) => entry.doneMs !== null).length;
  return (
    <Card heading={words.heading} number={7} aside={words.count(done, session.checklist.length)} className={styles.card}>
      <ul ref={rows} className={styles.rows}>
        {session.checklist.map((entry) => (
          <ChecklistRow key={entry.milestone} session={session} entry={entry} onRate={onRate} onVitals={onVitals} />
        ))}
      </ul>
      <StartButton session={session} onStarted={onStarted} onGive={onGive} />
    </Card>
  );
}

function firstOpen(rows: HTMLUListElement | null): Element | null {
  return rows?.querySelector('[data-open="required"]') ?? rows?.querySelector('[data-open]') ?? null;
}

function hintOf(wait: StartWait | null, hint: string): string {
  if (wait === null) return hint;
  return wait.comes === false ? wait.words : startText.start.waitsFor(wait.words);
}

const startCommand = { type: 'start-dose' } as const;

function StartButton({ session, onStarted, onGive }: Pick<ChecklistCardProps, 'session' | 'onStarted' | 'onGive'>) {
  const words = startText.start;
  const hasMonitor = useBoard((board) => board.monitors.length > 0);
  const wait = startWait(session, hasMonitor);
  const started = session.dose.startedMs !== null;
  const { route } = session.dosing.protocol;
  const sent = useRef(false);
  const [blocked, setBlocked] = useState<string | null>(null);
  const act = useAct(route !== 'iv' ? null : startCommand, () => undefined, { basis: wait?.words ?? null });
  // On disk and back through the feed: only then the session screen has something to show.
  useEffect(() => {
    if (started && sent.current) onStarted();
  }, [started, onStarted]);
  const start = (): void => {
    if (wait?.final === true) {
      // The next act is there: a tap here leads to it.
      if (wait.at !== undefined) document.getElementById(cardPlaces[wait.at])?.querySelector<HTMLElement>('input, button')?.focus();
      setBlocked(startActionIn(session)?.waitsFor ?? wait.words);
      return;
    }
    setBlocked(null);
    sent.current = true;
    if (route === 'iv') act.send();
    else onGive();
  };
  if (started) {
    return (
      <button type="button" className={styles.start} onClick={onStarted}>
        <strong>{words.goToSession}</strong>
        <span>{words.running}</span>
      </button>
    );
  }
  return (
    <div className={styles.startArea}>
      {blocked === null || wait?.final !== true ? null : <RefusalNote words={blocked} />}
      <DoubtsForm act={act} />
      <button
        type="button"
        className={styles.start}
        data-waits={wait !== null && wait.comes !== false}
        aria-disabled={act.busy || act.waits !== null}
        onClick={start}
      >
        <strong>{act.asks === null ? words.byRoute[route].label : words.withReasons}</strong>
        <span>{act.busy ? words.saving : (act.waits ?? hintOf(wait, words.byRoute[route].hint))}</span>
      </button>
    </div>
  );
}
