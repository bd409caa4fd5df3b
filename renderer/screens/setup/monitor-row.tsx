import { useEffect, useRef, useState } from 'react';
import type { MonitorStatus } from '../../../shared/contract/room-board.ts';
import { Button } from '../../components/button.tsx';
import { RefusalNote } from '../../components/refusal-note.tsx';
import { wordsOfFailure } from '../../components/refusal-of.ts';
import { useRoom } from '../../live/room-context.tsx';
import { homeText } from '../../text/home.ts';
import { setupText } from '../../text/setup.ts';
import styles from './room-sheet.module.css';

const words = setupText.monitorSheet;

export interface MonitorRowProps {
  readonly monitor: MonitorStatus;
  /** After it was taken away; missing where it may not be. */
  readonly onRemoved: ((name: string) => void) | undefined;
}

/** One monitor: its name, where its cable ends, how it is. Taking it away is asked twice, in the same place. */
export function MonitorRow({ monitor, onRemoved }: MonitorRowProps) {
  const { client } = useRoom();
  const [asks, setAsks] = useState(false);
  const [kept, setKept] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const remove = (): void => {
    setBusy(true);
    setRefusal(null);
    client.setup
      .removeMonitor({ monitorId: monitor.monitorId })
      .then(
        () => onRemoved?.(monitor.name),
        (error: unknown) => setRefusal(wordsOfFailure(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <li className={styles.monitor}>
      <div className={styles.monitorHead}>
        <span className={styles.name}>
          <strong>{monitor.name}</strong>
          <span>{[monitor.port, homeText.linkState[monitor.state]].join(' · ')}</span>
        </span>
        {onRemoved !== undefined && !asks ? (
          <Button onPress={() => setAsks(true)} autoFocus={kept} label={words.removeOf(monitor.name)}>
            {words.remove}
          </Button>
        ) : null}
      </div>
      {asks ? (
        <Confirm
          name={monitor.name}
          busy={busy}
          onRemove={remove}
          onKeep={() => {
            setKept(true);
            setAsks(false);
            setRefusal(null);
          }}
        />
      ) : null}
      {refusal === null ? null : <RefusalNote words={refusal} />}
    </li>
  );
}

interface ConfirmProps {
  readonly name: string;
  readonly busy: boolean;
  readonly onRemove: () => void;
  readonly onKeep: () => void;
}

function Confirm({ name, busy, onRemove, onKeep }: ConfirmProps) {
  const group = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone: the keys go on where it was.
  useEffect(() => group.current?.focus(), []);
  return (
    <div ref={group} className={styles.confirm} role="group" aria-label={words.removeAsk(name)} tabIndex={-1}>
      <p>
        <strong>{words.removeAsk(name)}</strong> {words.removeWords}
      </p>
      <div className={styles.choices}>
        <Button onPress={onKeep}>{words.keep}</Button>
        <Button onPress={onRemove} isDisabled={busy}>
          {busy ? words.removing : words.removeNow}
        </Button>
      </div>
    </div>
  );
}
