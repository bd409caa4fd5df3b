import { useState } from 'react';
import type { DischargeView } from '../../../../shared/contract/session-view/discharge.ts';
import { Button } from '../../../components/button.tsx';
import { FieldsOf, useFitting } from '../../../components/act/fitting.tsx';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { Segmented } from '../../../components/fields/segmented.tsx';
import { TextField } from '../../../components/fields/text-field.tsx';
import { useCommand } from '../../../live/use-command.ts';
import { dischargeText } from '../../../text/discharge.ts';
import styles from './criterion-row.module.css';

const words = dischargeText.escort;

/** The adult who takes the patient home: a name, a number, and whether they are here. */
export function EscortForm({ escort, onClose }: { readonly escort: DischargeView['escort']; readonly onClose: () => void }) {
  const [name, setName] = useState(escort?.name ?? '');
  const [phone, setPhone] = useState(escort?.phone ?? '');
  const [presence, setPresence] = useState<'here' | 'coming'>('here');
  const { run, state } = useCommand();
  const saving = state.kind === 'saving';
  const fitting = useFitting();
  const ready = fitting.waits === null && name.trim() !== '' && phone.trim().length >= 4;
  const record = (): void => {
    if (!ready || saving) return;
    run({ type: 'record-escort', name: name.trim(), phone: phone.trim(), present: presence === 'here' }, { onRecorded: onClose });
  };
  return (
    <div className={styles.form}>
      <FieldsOf fitting={fitting}>
        <div className={styles.fields}>
          <TextField label={words.name} value={name} onChange={setName} maxLength={80} autoFocus onEnter={record} />
          <TextField label={words.phone} value={phone} onChange={setPhone} maxLength={40} hint={words.phoneHint} onEnter={record} />
        </div>
      </FieldsOf>
      <Segmented
        label={words.presence}
        value={presence}
        onChange={setPresence}
        options={[
          { value: 'here', label: words.here },
          { value: 'coming', label: words.coming },
        ]}
      />
      {state.kind === 'refused' ? <RefusalNote words={state.message} /> : null}
      <div className={styles.formButtons}>
        <Button onPress={onClose}>{dischargeText.cancel}</Button>
        <Button kind="primary" onPress={record} isDisabled={!ready || saving}>
          {saving ? dischargeText.saving : ready ? words.record : (fitting.waits ?? words.waits)}
        </Button>
      </div>
    </div>
  );
}
