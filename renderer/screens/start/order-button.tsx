import type { Act } from '../../components/use-act.ts';
import { startText } from '../../text/start.ts';
import styles from './dose-card.module.css';

export interface OrderButtonProps {
  readonly act: Act;
  /** The figures give no dose. */
  readonly waits: boolean;
  readonly label: string;
}

export function OrderButton({ act, waits, label }: OrderButtonProps) {
  const words = startText.dose;
  return (
    <button type="button" className={styles.order} aria-disabled={waits || act.busy || act.waits !== null} onClick={act.send}>
      {act.busy ? words.saving : (act.waits ?? (act.asks === null ? label : words.orderWithReasons))}
    </button>
  );
}
