import { useState } from 'react';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { wordsOfFailure } from '../../connection/failure.ts';
import { useRoom } from '../../live/room-context.tsx';
import { useSignInRequest } from '../../live/sign-in-request.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { protocolsText } from '../../text/protocols.ts';
import { FigureInput } from './figure-input.tsx';
import styles from './protocols-screen.module.css';

const words = protocolsText.publish;

interface PublishCardProps {
  readonly base: Protocol;
  readonly draft: Record<string, unknown>;
  /** What is left to do before it can be published; null for nothing. */
  readonly waitsFor: string | null;
  /** ISO date in the room. */
  readonly today: string;
  readonly onPublished: (version: number) => void;
}

/** The last step: who wrote it, from when, and the approver's own tap. */
export function PublishCard({ base, draft, waitsFor, today, onPublished }: PublishCardProps) {
  const { client } = useRoom();
  const { person } = useSeat();
  const askSignIn = useSignInRequest();
  const [author, setAuthor] = useState(person?.name ?? '');
  const [chosenDate, setChosenDate] = useState<string | null>(null);
  const effectiveFrom = chosenDate ?? today;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const next = base.version + 1;
  const isPrescriber = person?.role === 'prescriber';
  const waits =
    waitsFor ??
    (author.trim() === '' ? words.waitsAuthor : effectiveFrom === '' ? words.waitsDate : isPrescriber ? null : words.waitsPrescriber);
  const publish = (): void => {
    if (waits !== null || busy) return;
    setBusy(true);
    setFailure(null);
    client.protocols
      .publish({
        commandId: crypto.randomUUID(),
        basedOn: { protocolId: base.id, version: base.version },
        draft,
        author,
        // If no day was chosen, the service takes the day on which it publishes: midnight may pass between the tap and the service.
        ...(chosenDate === null ? {} : { effectiveFrom: chosenDate }),
      })
      .then(({ version }) => onPublished(version))
      .catch((error: unknown) => setFailure(wordsOfFailure(error)))
      .finally(() => setBusy(false));
  };
  return (
    <Card heading={words.heading(next)} className={styles.publish}>
      <p className={styles.quiet}>{words.words}</p>
      <div className={styles.publishFields}>
        <FigureInput label={words.author} wide value={author} changed={false} onChange={setAuthor} />
        <FigureInput label={words.effective} type="date" value={effectiveFrom} changed={false} onChange={setChosenDate} />
      </div>
      {failure === null ? null : <RefusalNote words={failure} />}
      <div className={styles.publishButtons}>
        {isPrescriber ? null : <Button onPress={askSignIn}>{words.signInAs}</Button>}
        <Button kind="primary" onPress={publish} isDisabled={busy || waits !== null} wide>
          {busy ? words.busy : words.button(next)}
          {waits === null ? null : <span className={styles.waits}> {waits}</span>}
        </Button>
      </div>
    </Card>
  );
}
