import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { MonitorDetail } from '../../../shared/contract/monitor-detail.ts';
import type { MonitorStatus } from '../../../shared/contract/board/monitors.ts';
import { Button } from '../../components/button.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { wordsOfFailure } from '../../connection/failure.ts';
import { Segmented } from '../../components/fields/segmented.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { monitorsText } from '../../text/monitors.ts';
import styles from './monitors-screen.module.css';

interface MonitorActionsProps {
  readonly monitor: MonitorStatus;
  readonly detail: MonitorDetail;
  readonly onRemoved: (name: string) => void;
}

/** Who asks a polled monitor, and taking a monitor away, which is asked twice in the same place. */
export function MonitorActions({ monitor, detail, onRemoved }: MonitorActionsProps) {
  const { client } = useRoom();
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const [kept, setKept] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { monitorId, name } = monitor;
  const listen = (listenOnly: boolean): void => {
    setRefusal(null);
    client.setup.setListenOnly({ monitorId, listenOnly }).then(
      () => queries.invalidateQueries({ queryKey: ['monitor-detail', monitorId] }),
      (error: unknown) => setRefusal(wordsOfFailure(error)),
    );
  };
  const remove = (): void => {
    setBusy(true);
    setRefusal(null);
    client.setup
      .removeMonitor({ monitorId })
      .then(
        () => onRemoved(name),
        (error: unknown) => setRefusal(wordsOfFailure(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles.actions}>
      {detail.mustBeAsked ? (
        <div className={styles.listen}>
          <Segmented
            label={monitorsText.listenOnly.label}
            value={detail.listenOnly ? 'listen' : 'ask'}
            onChange={(value) => listen(value === 'listen')}
            options={[
              { value: 'ask', label: monitorsText.listenOnly.ask },
              { value: 'listen', label: monitorsText.listenOnly.listen },
            ]}
          />
          <p className={styles.quiet}>{monitorsText.listenOnly.words}</p>
        </div>
      ) : null}
      {asks ? (
        <RemoveQuestion
          name={name}
          busy={busy}
          onRemove={remove}
          onKeep={() => {
            setKept(true);
            setAsks(false);
          }}
        />
      ) : (
        <Button onPress={() => setAsks(true)} autoFocus={kept} label={monitorsText.remove.of(name)}>
          {monitorsText.remove.button}
        </Button>
      )}
      {refusal === null ? null : <RefusalNote words={refusal} />}
    </div>
  );
}

interface RemoveQuestionProps {
  readonly name: string;
  readonly busy: boolean;
  readonly onRemove: () => void;
  readonly onKeep: () => void;
}

function RemoveQuestion({ name, busy, onRemove, onKeep }: RemoveQuestionProps) {
  const words = monitorsText.remove;
  const group = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone: the keys go on where it was.
  useEffect(() => group.current?.focus(), []);
  return (
    <div ref={group} className={styles.question} role="group" aria-label={words.ask(name)} tabIndex={-1}>
      <p>
        <strong>{words.ask(name)}</strong> {words.words}
      </p>
      <Button onPress={onKeep}>{words.keep}</Button>
      <Button onPress={onRemove} isDisabled={busy}>
        {busy ? words.busy : words.now}
      </Button>
    </div>
  );
}
