import type { Instrument } from '../../../shared/clinical/instrument.ts';
import { score } from '../../../shared/clinical/scoring.ts';
import { Icon } from '../../components/icon.tsx';
import { ratingText } from '../../text/rating.ts';
import type { Answers } from './rating-progress.ts';
import styles from './rating-sheet.module.css';

/**
 * What a person answered that is to be spoken about now: from the raw item, whatever else is open. A steady line of
 * words; it does not move, flash or sound.
 */
export function SafetyLine({ instrument, answers }: { readonly instrument: Instrument; readonly answers: Answers }) {
  const { safety } = score(instrument, answers);
  if (safety.length === 0) return null;
  const named = safety.map(({ item, value }) => {
    const known = instrument.items.find((candidate) => candidate.number === item);
    const isQuestion = known?.anchors.some((anchor) => anchor.value === 0 && anchor.text === 'no') === true;
    return ratingText.safetyItem(item, known?.label ?? '', isQuestion ? ratingText.yes : String(value));
  });
  return (
    <p className={styles.safety} role="status">
      <Icon name="hand" size={24} />
      <span>
        <strong>{named.join(', ')}.</strong> {ratingText.safetyEffect}
      </span>
    </p>
  );
}
