import type { Instrument } from '../../../shared/clinical/instrument.ts';
import type { RatingView } from '../../../shared/contract/session-view/ratings.ts';
import { Icon } from '../../components/icon.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { Segmented } from '../../components/fields/segmented.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { ratingText } from '../../text/rating.ts';
import type { Wording } from './wording.ts';
import styles from './rating-sheet.module.css';

interface RatingHeadProps {
  readonly instrument: Instrument;
  /** null until its first answer is on disk. */
  readonly rating: RatingView | null;
  readonly openedMs: number;
  readonly dueMs: number | null;
  /** null where there is nothing to choose. */
  readonly view: 'one' | 'whole' | null;
  readonly wording: Wording;
  readonly wordingFailed: boolean;
  readonly onView: (view: 'one' | 'whole') => void;
  /** Why an answer is not on disk: takes the place of the note on the wording until the next try. */
  readonly failure: string | null;
}

export function RatingHead(props: RatingHeadProps) {
  const { instrument, rating, openedMs, dueMs, view, onView, failure } = props;
  const clock = useClockTime();
  const facts = [
    ...(dueMs === null ? [] : [ratingText.due(clock.minute(dueMs))]),
    rating === null ? ratingText.notBegun : ratingText.opened(clock.second(openedMs)),
    ...(rating === null || rating.by === null ? [] : [ratingText.by(rating.by)]),
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
      {failure === null ? <WordingNote {...props} /> : <RefusalNote words={failure} />}
    </>
  );
}

/** Whose words these are, and what that means for the score. Nothing where they are shipped as published. */
function WordingNote({ instrument, wording, wordingFailed }: RatingHeadProps) {
  if (wording.pack !== null) {
    const { copyright, language, version } = wording.pack;
    return (
      <p className={styles.banner} data-wording="pack">
        <Icon name="note" size={24} />
        <span>
          <strong>{ratingText.clinicWording(language, version)}</strong> {copyright}
        </span>
      </p>
    );
  }
  if (instrument.wording === 'verbatim' && !wordingFailed) return null;
  const [words, effect] = wordingFailed
    ? [ratingText.wordingFailed, ratingText.noWordingEffect]
    : instrument.wording === 'structure'
      ? [ratingText.noWording, ratingText.noWordingEffect]
      : [ratingText.ownWords, ratingText.ownWordsEffect];
  return (
    <p className={styles.banner} data-wording={instrument.wording}>
      <Icon name="note" size={24} />
      <span>
        <strong>{words}</strong> {effect}
      </span>
    </p>
  );
}
