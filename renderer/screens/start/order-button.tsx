import type { ActForm } from '../../components/act/use-act.ts';
import { startText } from '../../text/start.ts';
import { RecordButton } from '../../components/act/record-button.tsx';
import styles from './dose-card.module.css';

interface OrderButtonProps {
  readonly act: ActForm;
  /** What the form itself still lacks; null when nothing. */
  readonly waits: string | null;
  readonly label: string;
}

export function OrderButton({ act, waits, label }: OrderButtonProps) {
  const words = startText.dose;
  const lacks = waits ?? act.waits;
  return (
    <RecordButton
      label={act.busy ? words.saving : act.asks === null ? label : words.orderWithReasons}
      waits={lacks}
      isDisabled={lacks !== null || act.busy}
      onPress={lacks === null ? act.send : () => undefined}
      isStacked
      className={styles.order}
    />
  );
}
