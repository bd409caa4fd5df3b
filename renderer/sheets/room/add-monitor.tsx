import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { wordsOfFailure } from '../../connection/failure.ts';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { useBoard, useRoom } from '../../live/room-context.tsx';
import { setupText } from '../../text/setup.ts';
import { MonitorCard } from './monitor-card.tsx';
import { freeMonitorName, monitorProblems, type MonitorDraft } from './setup-draft.ts';
import { useFocusAtFirst } from './use-focus-at-first.ts';
import styles from './room-sheet.module.css';
import { ReadFailed } from '../../components/act/read-failed.tsx';

const words = setupText.monitorSheet;

interface AddMonitorProps {
  readonly onBack: () => void;
  readonly onAdded: (name: string) => void;
}

/** One more monitor, asked for as in set-up. */
export function AddMonitor({ onBack, onAdded }: AddMonitorProps) {
  const view = useFocusAtFirst();
  const { client } = useRoom();
  const monitors = useBoard((board) => board.monitors);
  const protocols = useQuery({ queryKey: ['setup', 'protocols'], queryFn: () => client.setup.protocols() });
  const ports = useQuery({ queryKey: ['setup', 'ports'], queryFn: () => client.setup.ports() });
  const [draft, setDraft] = useState<MonitorDraft>(() => ({
    key: 1,
    name: freeMonitorName(monitors.map(({ name }) => name)),
    protocol: null,
    port: '',
  }));
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const add = (): void => {
    const { protocol } = draft;
    if (protocol === null) return;
    const name = draft.name.trim();
    setBusy(true);
    setRefusal(null);
    client.setup
      .addMonitor({ name, protocol, port: draft.port.trim() })
      .then(
        () => onAdded(name),
        (error: unknown) => setRefusal(wordsOfFailure(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <SheetForm
      title={words.add}
      words={setupText.monitors.words}
      cancel={words.back}
      onCancel={onBack}
      confirm={busy ? words.connecting : words.connect}
      waitsFor={waitsFor(draft)}
      busy={busy}
      onConfirm={add}
      refusal={refusal}
    >
      <div ref={view} tabIndex={-1} className={styles.view}>
        <ReadFailed of={ports} words={setupText.monitors.portsFailed} />
        <ReadFailed of={protocols} words={setupText.monitors.protocolsFailed} />
        <MonitorCard
          monitor={draft}
          protocols={protocols.data ?? []}
          ports={ports.data ?? null}
          onLookAgain={() => void ports.refetch()}
          onChange={(part) => setDraft((current) => ({ ...current, ...part }))}
          problemOf={() => undefined}
        />
      </div>
    </SheetForm>
  );
}

/** What the first field that is not filled in asks for; null: nothing. */
function waitsFor(draft: MonitorDraft): string | null {
  if (monitorProblems([draft]).length === 0) return null;
  if (draft.name.trim() === '') return words.waitsName;
  return draft.protocol === null ? words.waitsModel : words.waitsPort;
}
