import type { Instrument } from '../../../shared/clinical/instrument.ts';
import type { RatingView } from '../../../shared/contract/room-board.ts';
import { Icon } from '../../components/icon.tsx';
import { RefusalNote } from '../../components/refusal-note.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { ratingText } from '../../text/rating.ts';
import styles from './rating-sheet.module.css';

export interface RatingHeadProps {
  readonly instrument: Instrument;
  readonly rating: RatingView;
  readonly dueMs: number | null;
  /** null where there is nothing to choose. */
  readonly view: 'one' | 'whole' | null;
  readonly onView: (view: 'one' | 'whole') => void;
  /** Why an answer is not on disk: takes the place of the note on the wording until the next try. */
  readonly failure: string | null;
}

export function RatingHead({ instrument, rating, dueMs, view, onView, failure }: RatingHeadProps) {
  const clock = useClockTime();
  const facts = [
    ...(dueMs === null ? [] : [ratingText.due(clock.minute(dueMs))]),
    ratingText.opened(clock.second(rating.atMs)),
    ...(rating.by === null ? [] : [ratingText.by(rating.by)]),
  ];
  return (
    <>
      <header className={styles.head}>
        <h2 className={styles.title}>{instrument.name}</h2>
        <p className={styles.facts}>{facts.join(' · ')}</p>
        {view === null ? null : (
          <Segmented
            label={ratingText.view}
            value={view}
            onChange={onView}
            options={[
              { value: 'one', label: ratingText.oneItem },
              { value: 'whole', label: ratingText.wholeSheet },
            ]}
          />
        )}
      </header>
      {failure !== null ? (
        <RefusalNote words={failure} />
      ) : instrument.wording === 'verbatim' ? null : (
        <p className={styles.banner} data-wording={instrument.wording}>
          <Icon name="note" size={24} />
          <span>
            <strong>{instrument.wording === 'structure' ? ratingText.noWording : ratingText.ownWords}</strong>{' '}
            {instrument.wording === 'structure' ? ratingText.noWordingEffect : ratingText.ownWordsEffect}
          </span>
        </p>
      )}
    </>
  );
}
