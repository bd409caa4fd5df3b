import { useMemo, useState } from 'react';
import { checkProtocol } from '../../../shared/clinical/protocol-problems.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import { dayOf, toIso } from '../../../shared/values/instant.ts';
import { Button } from '../../components/button.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { protocolsText } from '../../text/protocols.ts';
import { DryRunPanel, runOf, type DryRunAsked } from './dry-run-panel.tsx';
import { draftOf, typedDraft, type Edits } from './protocol-draft.ts';
import { ProtocolEditor, ProtocolView } from './protocol-view.tsx';
import { PublishCard } from './publish-card.tsx';
import styles from './protocols-screen.module.css';

const words = protocolsText;

interface ProtocolWorkProps {
  readonly protocol: Protocol;
  readonly isNewest: boolean;
  /** What happened last. */
  readonly said: string;
  readonly onPublished: (version: number) => void;
}

/** One version: read on the left, its dry run on the right; or a draft made from it. */
export function ProtocolWork({ protocol, isNewest, said, onPublished }: ProtocolWorkProps) {
  const roomNow = useBoard((board) => board.clock.now);
  // The day and the zone of the run; it does not move while somebody reads it.
  const [now] = useState(roomNow);
  const [edits, setEdits] = useState<Edits | null>(null);
  const [asked, setAsked] = useState<DryRunAsked>({ kg: '80', start: toIso({ ...now, utcMs: now.utcMs }).slice(11, 16) });
  const draft = useMemo(() => (edits === null ? null : draftOf(protocol, edits)), [protocol, edits]);
  const checked = useMemo(() => (draft === null ? null : checkProtocol(draft)), [draft]);
  const shown = checked === null ? protocol : checked.protocol;
  const isRun = shown !== null && typeof runOf(shown, asked, now) !== 'string';
  const waitsFor = shown === null ? words.publish.waitsProblems : isRun ? null : words.publish.waitsDryRun;
  return (
    <>
      <div className={styles.content}>
        <div className={styles.tools}>
          <h2 className={styles.name}>{protocol.name}</h2>
          {edits === null ? (
            <Button kind="primary" onPress={() => setEdits({})} isDisabled={!isNewest}>
              {words.copy}
            </Button>
          ) : (
            <Button onPress={() => setEdits(null)}>{words.edit.leave}</Button>
          )}
        </div>
        <p className={styles.said} role="status">
          {said !== '' ? said : isNewest ? '' : words.copyOnlyNewest}
        </p>
        {edits === null ? (
          <ProtocolView protocol={protocol} />
        ) : (
          <ProtocolEditor editing={{ base: protocol, typed: typedDraft(protocol, edits), edits, set: setEdits }} />
        )}
      </div>
      <div className={styles.side}>
        <DryRunPanel protocol={shown} problems={checked?.problems ?? []} asked={asked} onAsk={setAsked} now={now} />
        {draft === null ? null : (
          <PublishCard base={protocol} draft={draft} waitsFor={waitsFor} today={dayOf(roomNow)} onPublished={onPublished} />
        )}
      </div>
    </>
  );
}
