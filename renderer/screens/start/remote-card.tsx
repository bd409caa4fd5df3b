import { useState } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { Card } from '../../components/card.tsx';
import { DoubtsForm } from '../../components/act/doubts-form.tsx';
import { FieldsOf } from '../../components/act/fitting.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { useAct } from '../../components/act/use-act.ts';
import { WhoMay } from '../../components/act/who-may.tsx';
import { startText } from '../../text/start.ts';
import { cardPlaces } from './start-waits.ts';
import { RecordButton } from '../../components/act/record-button.tsx';
import styles from './remote-card.module.css';

const fields = ['locationAddress', 'emergencyContact', 'sitterName', 'callBackNumber'] as const;
type Facts = NonNullable<SessionView['dosing']['remoteFacts']>;
const nothing: Facts = { locationAddress: '', emergencyContact: '', sitterName: '', callBackNumber: '', videoOn: false };

/** Where help has to go, of a session that is watched from afar. */
export function RemoteCard({ session }: { readonly session: SessionView }) {
  const words = startText.remote;
  const { remoteFacts, remoteMissing } = session.dosing;
  const [draft, setDraft] = useState<Facts>(remoteFacts ?? nothing);
  const isFilled = fields.every((field) => draft[field].trim() !== '');
  const isSame = remoteFacts !== null && JSON.stringify(remoteFacts) === JSON.stringify(draft);
  const act = useAct(!isFilled || isSame ? null : { type: 'record-remote-facts', ...draft }, () => undefined);
  return (
    <Card place={cardPlaces.remote} heading={words.heading} number={6} aside={remoteMissing.length === 0 ? words.recorded : words.aside}>
      <p className={styles.words}>{words.words}</p>
      <WhoMay asked={{ type: 'record-remote-facts' }}>
        <FieldsOf fitting={act.fitting}>
          <div className={styles.fields}>
            {fields.map((field) => (
              <TextField
                key={field}
                label={words[field]}
                value={draft[field]}
                onChange={(value) => setDraft({ ...draft, [field]: value })}
                maxLength={field === 'locationAddress' ? 300 : 120}
                onEnter={act.send}
              />
            ))}
          </div>
        </FieldsOf>
        <ChoiceTiles
          label={words.videoOn}
          value={draft.videoOn ? 'on' : 'off'}
          onChange={(value) => setDraft({ ...draft, videoOn: value === 'on' })}
          options={[
            { value: 'on', label: words.videoOn },
            { value: 'off', label: words.videoOff },
          ]}
        />
        <DoubtsForm act={act} />
        <RecordButton
          label={act.busy ? words.saving : isSame ? words.recorded : remoteFacts === null ? words.record : words.again}
          waits={isFilled && act.waits === null ? null : (act.waits ?? words.incomplete)}
          isDisabled={!isFilled || act.busy || isSame || act.waits !== null}
          onPress={act.send}
          className={styles.record}
        />
      </WhoMay>
      {remoteMissing.length === 0 || remoteFacts === null ? null : <p className={styles.words}>{words.waits(remoteMissing.join(', '))}</p>}
    </Card>
  );
}
