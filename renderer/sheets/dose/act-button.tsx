import { RecordButton } from '../../components/act/record-button.tsx';
import type { ActForm } from '../../components/act/use-act.ts';
import { doubtsText } from '../../text/doubts.ts';
import { fieldText } from '../../text/field.ts';
import styles from './dose-sheet.module.css';

interface ActButtonProps {
  readonly act: ActForm;
  readonly label: string;
  /** What the form lacks; null when it is complete. */
  readonly waitsFor: string | null;
}

/** The one button of a sheet: asked for the first time it records, or asks; answered, it records with the answers. */
export function ActButton({ act, label, waitsFor }: ActButtonProps) {
  const waits = waitsFor ?? act.waits;
  return (
    <RecordButton
      label={act.busy ? fieldText.saving : act.asks === null ? label : doubtsText.record(act.asks.doubts.length)}
      waits={waits}
      isDisabled={waits !== null || act.busy}
      size="large"
      className={styles.confirm}
    />
  );
}
