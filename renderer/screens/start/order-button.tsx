import type { Act } from '../../components/act/use-act.ts';
import { startText } from '../../text/start.ts';
import styles from './dose-card.module.css';

export interface OrderButtonProps {
  readonly act: Act;
  /** What the form itself still lacks; null when nothing. */
  readonly waits: string | null;
  readonly label: string;
}

export function OrderButton({ act, waits, label }: OrderButtonProps) {
  const words = startText.dose;
  const lacks = waits ?? act.waits;
  return (
    <button
      type="button"
      className={styles.order}
      aria-disabled={lacks !== null || act.busy}
      onClick={lacks === null ? act.send : undefined}
    >
      <strong>{act.busy ? words.saving : act.asks === null ? label : words.orderWithReasons}</strong>
      {lacks === null ? null : <span>{lacks}</span>}
    </button>
  );
}
