import type { Act } from '../../components/act/use-act.ts';
import { doubtsText } from '../../text/doubts.ts';
import { fieldText } from '../../text/field.ts';
import styles from './dose-sheet.module.css';

export interface ActButtonProps {
  readonly act: Act;
  readonly label: string;
  /** What the form lacks; null when it is complete. */
  readonly waitsFor: string | null;
}

/** The one button of a sheet: asked for the first time it records, or asks; answered, it records with the answers. */
export function ActButton({ act, label, waitsFor }: ActButtonProps) {
  const waits = waitsFor ?? act.waits;
  return (
    <button type="submit" className={styles.confirm} aria-disabled={waits !== null || act.busy}>
      <strong>{act.busy ? fieldText.saving : act.asks === null ? label : doubtsText.record(act.asks.doubts.length)}</strong>
      {waits === null ? null : <span>{waits}</span>}
    </button>
  );
}
