import { classNames } from '../class-names.ts';
import styles from './record-button.module.css';

interface RecordButtonProps {
  readonly label: string;
  /** What it still waits for, said beside the label; null when it waits for nothing. */
  readonly waits?: string | null;
  /** Waits, or is at work. It can be reached and pressed all the same, so that its form says where something is missing. */
  readonly isDisabled: boolean;
  /** Without it the button sends the form that it stands in. */
  readonly onPress?: (() => void) | undefined;
  /** `large` is what begins or ends something. */
  readonly size?: 'normal' | 'large';
  /** What it waits for under the label, where it is too narrow for both beside each other. */
  readonly isStacked?: boolean;
  readonly className?: string | undefined;
}

/** The one button of a form or a card that records. */
export function RecordButton({
  label,
  waits = null,
  isDisabled,
  onPress,
  size = 'normal',
  isStacked = false,
  className,
}: RecordButtonProps) {
  return (
    <button
      type={onPress === undefined ? 'submit' : 'button'}
      className={classNames(styles.record, size === 'large' && styles.large, isStacked && styles.stacked, className)}
      aria-disabled={isDisabled}
      onClick={onPress}
    >
      <strong>{label}</strong>
      {waits === null ? null : <span>{waits}</span>}
    </button>
  );
}
