import { useState } from 'react';
import { notAssessableReasons } from '../../../shared/contract/session-commands.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { FieldsOf, useFitting } from '../../components/act/fitting.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { ratingText } from '../../text/rating.ts';
import styles from './rating-sheet.module.css';
import ratingItemStyles from './rating-item.module.css';

type Reason = (typeof notAssessableReasons)[number];

interface NotAssessableProps {
  readonly onRecord: (reason: Reason, detail: string) => Promise<void>;
  readonly onCancel: () => void;
}

/** Records with a reason that somebody could not be asked. What was due is then answered and not missed. */
export function NotAssessable({ onRecord, onCancel }: NotAssessableProps) {
  const [reason, setReason] = useState<Reason | null>(null);
  const [detail, setDetail] = useState('');
  const [busy, setBusy] = useState(false);
  const fitting = useFitting();
  const waits = fitting.waits !== null || reason === null || (reason === 'other' && detail.trim() === '') || busy;
  const record = (): void => {
    if (waits || reason === null) return;
    setBusy(true);
    void onRecord(reason, detail.trim()).finally(() => setBusy(false));
  };
  return (
    <section className={ratingItemStyles.why} aria-labelledby="why-not">
      <h3 id="why-not" className={ratingItemStyles.instruction}>
        {ratingText.notAssessableTitle}
      </h3>
      <ChoiceTiles
        label={ratingText.notAssessableTitle}
        value={reason}
        onChange={setReason}
        options={notAssessableReasons.map((value) => ({ value, label: ratingText.reasons[value] }))}
      />
      <FieldsOf fitting={fitting}>
        <TextField label={ratingText.reasonDetail} value={detail} onChange={setDetail} maxLength={300} onEnter={record} />
      </FieldsOf>
      <p className={styles.quiet}>{ratingText.notAssessableWords}</p>
      <div className={ratingItemStyles.two}>
        <Button size="large" onPress={onCancel}>
          {ratingText.cancel}
        </Button>
        <Button kind="primary" size="large" isDisabled={waits} onPress={record}>
          {fitting.waits ?? ratingText.record}
        </Button>
      </div>
    </section>
  );
}
