import { sexesForClinicalUse, type SexForClinicalUse } from '../../../shared/clinical/sex.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { sexText } from '../../text/sex.ts';
import { Button } from '../button.tsx';
import styles from './sex-choice.module.css';

const sexes = Object.keys(sexesForClinicalUse) as SexForClinicalUse[];

interface SexChoiceProps {
  readonly busy: boolean;
  readonly send: (command: SessionCommandInput) => void;
}

/** Asked where a form or a cut needs it; one tap records it. */
export function SexChoice({ busy, send }: SexChoiceProps) {
  return (
    <div className={styles.choices} role="group" aria-label={sexText.name}>
      {sexes.map((sex) => (
        <Button key={sex} isDisabled={busy} onPress={() => send({ type: 'record-sex', sex })}>
          {sexText.sexes[sex]}
        </Button>
      ))}
    </div>
  );
}
