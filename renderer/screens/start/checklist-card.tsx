import { useEffect, useRef, useState } from 'react';
import type { SessionSection } from '../../../shared/contract/room-board.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import { Card } from '../../components/card.tsx';
import { RefusalNote } from '../../components/refusal-note.tsx';
import { useSend, type SendFailure } from '../../components/use-send.ts';
import { startText } from '../../text/start.ts';
import { ChecklistRow } from './checklist-row.tsx';
import { requiredOpen, startActionIn, startWait } from './start-waits.ts';
import styles from './checklist-card.module.css';

export interface ChecklistCardProps {
  readonly session: SessionSection | null;
  readonly onRate: (instrument: InstrumentId) => void;
  readonly onStarted: () => void;
  /** By every route but a vein: opens the sheet that asks for what was given. */
  readonly onGive: () => void;
}

/** What has to be true before the dose, each tick a record; then the one button everything led to. */
export function ChecklistCard({ session, onRate, onStarted, onGive }: ChecklistCardProps) {
  const words = startText.checklist;
  const rows = useRef<HTMLUListElement>(null);
  const sessionId = session?.sessionId;
  // Where the work goes on, once: what moved later would move under a finger.
  useEffect(() => {
    if (sessionId !== undefined) firstOpen(rows.current)?.scrollIntoView({ block: 'center' });
  }, [sessionId]);
  const done = session?.checklist.filter((entry) => entry.doneMs !== null).length ?? 0;
  return (
    <Card
      heading={words.heading}
      number={7}
      aside={session === null ? '' : words.count(done, session.checklist.length)}
      className={styles.card}
    >
      {session === null ? (
        <p className={styles.waits}>{words.waits}</p>
      ) : (
        <ul ref={rows} className={styles.rows}>
          {session.checklist.map((entry) => (
            <ChecklistRow key={entry.milestone} session={session} entry={entry} onRate={onRate} />
          ))}
        </ul>
      )}
      <StartButton session={session} onStarted={onStarted} onGive={onGive} />
    </Card>
  );
}

function firstOpen(rows: HTMLUListElement | null): Element | null {
  return rows?.querySelector('[data-open="required"]') ?? rows?.querySelector('[data-open]') ?? null;
}

function StartButton({ session, onStarted, onGive }: Pick<ChecklistCardProps, 'session' | 'onStarted' | 'onGive'>) {
  const words = startText.start;
  const send = useSend();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<SendFailure | null>(null);
  const wait = startWait(session);
  const started = session !== null && session.dose.startedMs !== null;
  const route = session?.dosing.protocol.route ?? 'iv';
  const sent = useRef(false);
  // On disk and back through the feed: only then the session screen has something to show.
  useEffect(() => {
    if (started && sent.current) onStarted();
  }, [started, onStarted]);
  const start = (overrideReason?: string): void => {
    if (session === null || busy) return;
    if (route !== 'iv' && (wait === null || overrideReason !== undefined || !wait.final)) {
      sent.current = true;
      onGive();
      return;
    }
    if (wait !== null && overrideReason === undefined) {
      const why = startActionIn(session)?.waitsFor ?? wait.words;
      document.querySelector<HTMLElement>('[data-open="required"] button')?.scrollIntoView({ block: 'center' });
      setFailure({ ok: false, code: null, words: requiredOpen(session).length > 0 ? words.stillOpen(why) : why, canOverride: !wait.final });
      return;
    }
    setBusy(true);
    setFailure(null);
    sent.current = true;
    void send(overrideReason === undefined ? { type: 'start-dose' } : { type: 'start-dose', overrideReason }).then((outcome) => {
      setBusy(false);
      if (outcome.ok) return;
      sent.current = false;
      setFailure(outcome);
    });
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
      {failure === null ? null : (
        <RefusalNote
          words={failure.words}
          {...(failure.canOverride ? { override: { label: words.overrideLabel, button: words.override, busy, onOverride: start } } : {})}
        />
      )}
      <button type="button" className={styles.start} data-waits={wait !== null} aria-disabled={busy} onClick={() => start()}>
        <strong>{words.byRoute[route].label}</strong>
        <span>{busy ? words.saving : wait === null ? words.byRoute[route].hint : words.waitsFor(wait.words)}</span>
      </button>
    </div>
  );
}
