import { useState } from 'react';
import type { SessionSection } from '../../../shared/contract/room-board.ts';
import { ChoiceTiles } from '../../components/choice-tiles.tsx';
import { Card } from '../../components/card.tsx';
import { RefusalNote } from '../../components/refusal-note.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useSend } from '../../components/use-send.ts';
import { startText } from '../../text/start.ts';
import { cardPlaces } from './start-waits.ts';
import styles from './remote-card.module.css';

const fields = ['locationAddress', 'emergencyContact', 'sitterName', 'callBackNumber'] as const;
type Facts = NonNullable<SessionSection['dosing']['remoteFacts']>;
const nothing: Facts = { locationAddress: '', emergencyContact: '', sitterName: '', callBackNumber: '', videoOn: false };

/** Where help has to go, of a session that is watched from afar. */
export function RemoteCard({ session }: { readonly session: SessionSection }) {
  const words = startText.remote;
  const send = useSend();
  const { remoteFacts, remoteMissing } = session.dosing;
  const [draft, setDraft] = useState<Facts>(remoteFacts ?? nothing);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const isFilled = fields.every((field) => draft[field].trim() !== '');
  const isSame = remoteFacts !== null && JSON.stringify(remoteFacts) === JSON.stringify(draft);
  const record = (): void => {
    if (!isFilled || busy || isSame) return;
    setBusy(true);
    setFailure(null);
    void send({ type: 'record-remote-facts', ...draft }).then((outcome) => {
      setBusy(false);
      if (!outcome.ok) setFailure(outcome.words);
    });
  };
  return (
    <Card place={cardPlaces.remote} heading={words.heading} number={6} aside={remoteMissing.length === 0 ? words.recorded : words.aside}>
      <p className={styles.words}>{words.words}</p>
      <div className={styles.fields}>
        {fields.map((field) => (
          <TextField
            key={field}
            label={words[field]}
            value={draft[field]}
            onChange={(value) => setDraft({ ...draft, [field]: value })}
            maxLength={field === 'locationAddress' ? 300 : 120}
            onEnter={record}
          />
        ))}
      </div>
      <ChoiceTiles
        label={words.videoOn}
        value={draft.videoOn ? 'on' : 'off'}
        onChange={(value) => setDraft({ ...draft, videoOn: value === 'on' })}
        options={[
          { value: 'on', label: words.videoOn },
          { value: 'off', label: words.videoOff },
        ]}
      />
      {failure === null ? null : <RefusalNote words={failure} />}
      <button type="button" className={styles.record} aria-disabled={!isFilled || busy || isSame} onClick={record}>
        <strong>{busy ? words.saving : isSame ? words.recorded : remoteFacts === null ? words.record : words.again}</strong>
        {isFilled ? null : <span>{words.incomplete}</span>}
      </button>
      {remoteMissing.length === 0 || remoteFacts === null ? null : <p className={styles.words}>{words.waits(remoteMissing.join(', '))}</p>}
    </Card>
  );
}
