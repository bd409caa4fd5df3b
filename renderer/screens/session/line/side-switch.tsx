import { Icon } from '../../../components/icon.tsx';
import { useKeys } from '../../../components/keys/key-layer.tsx';
import { useCompact } from '../../../live/use-media.ts';
import { observationText } from '../../../text/observation.ts';
import { useObservationSides } from './observation-sides.tsx';
import type { SessionSheet } from '../session-sheet.ts';
import styles from './side-switch.module.css';

const words = observationText.sides;

/** Who reads what is written. It keeps its place on both sides; the private one asks for the PIN first. */
export function SideSwitch({ onSheet }: { readonly onSheet: (sheet: SessionSheet) => void }) {
  const { side, setSide, own, hasPrivate } = useObservationSides();
  const compact = useCompact();
  const choosePrivate = (): void => {
    if (own.side.open) setSide('private');
    else onSheet({ kind: 'private-open' });
  };
  useKeys((event) => {
    if (event.key !== 'p') return;
    event.preventDefault();
    if (side === 'private') setSide('shared');
    else if (hasPrivate) choosePrivate();
  });
  return (
    <div className={styles.switch} role="group" aria-label={words.name}>
      <button type="button" className={styles.half} aria-pressed={side === 'shared'} onClick={() => setSide('shared')}>
        <Icon name="pencil" size={compact ? 18 : 20} />
        {words.shared}
      </button>
      {hasPrivate ? (
        <button
          type="button"
          className={`${styles.half} ${styles.private}`}
          aria-pressed={side !== 'shared'}
          aria-keyshortcuts="p"
          onClick={choosePrivate}
        >
          <Icon name="lock" size={compact ? 18 : 20} />
          {words.private}
        </button>
      ) : null}
    </div>
  );
}
