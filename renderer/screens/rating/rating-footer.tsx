import { useEffect, useRef } from 'react';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import { score } from '../../../shared/clinical/scoring.ts';
import type { RatingView } from '../../../shared/contract/room-board.ts';
import { Icon } from '../../components/icon.tsx';
import { useServiceNow } from '../../live/room-context.tsx';
import { ratingText } from '../../text/rating.ts';
import { minutesAndSeconds } from '../../format/durations.ts';
import { signed } from './answer-values.ts';
import type { Answers } from './rating-progress.ts';
import styles from './rating-footer.module.css';

export interface RatingFooterProps {
  readonly instrument: Instrument;
  readonly rating: RatingView;
  readonly answers: Answers;
  readonly position: number;
  readonly finishing: boolean;
  /** Whether single items are walked through, so that there is a previous one. */
  readonly walks: boolean;
  readonly onPrevious: () => void;
  readonly onNotAssessable: () => void;
  readonly onPause: () => void;
  readonly onFinish: () => void;
}

export function RatingFooter(props: RatingFooterProps) {
  const { instrument, rating, answers, position, finishing, walks, onPrevious, onNotAssessable, onPause, onFinish } = props;
  const nowMs = useServiceNow();
  const { total, missing } = score(instrument, answers);
  const open = missing.length;
  const finish = useRef<HTMLButtonElement>(null);
  // The last answer makes Enter finish: nothing is left to look for.
  useEffect(() => {
    if (open === 0) finish.current?.focus({ preventScroll: true });
  }, [open]);
  const item = instrument.items[0];
  return (
    <footer className={styles.footer}>
      <div className={styles.buttons} data-single={!walks}>
        {!walks ? null : <PreviousButton instrument={instrument} answers={answers} position={position} onPrevious={onPrevious} />}
        <button type="button" className={styles.button} onClick={onNotAssessable}>
          <strong>{ratingText.notAssessable}</strong> <span className={styles.buttonHint}>{ratingText.notAssessableReasons}</span>
        </button>
        <button type="button" className={styles.button} onClick={onPause}>
          <Icon name="pause" size={22} /> <strong>{ratingText.pause}</strong>{' '}
          <span className={styles.buttonHint}>{ratingText.pauseHint}</span> <kbd className={styles.kbd}>{ratingText.pauseKey}</kbd>
        </button>
        <button ref={finish} type="button" className={styles.finish} aria-disabled={open > 0 || finishing} onClick={onFinish}>
          <strong>{finishing ? ratingText.finishing : ratingText.finish}</strong>{' '}
          <span className={styles.buttonHint}>
            {total === null ? ratingText.itemsOpen(open) : ratingText.finishWith(signed(total, (item?.min ?? 0) < 0))}
          </span>
        </button>
      </div>
      <p className={styles.keysLine}>
        <span>{keysOf(instrument)}</span>
        <span>{ratingText.soFar(minutesAndSeconds(Math.max(0, nowMs - rating.atMs)))}</span>
      </p>
    </footer>
  );
}

function PreviousButton({
  instrument,
  answers,
  position,
  onPrevious,
}: Pick<RatingFooterProps, 'instrument' | 'answers' | 'position' | 'onPrevious'>) {
  const item = instrument.items[position - 1];
  const answer = answers[position - 1] ?? null;
  return (
    <button type="button" className={styles.button} disabled={item === undefined} onClick={onPrevious}>
      <Icon name="back" size={22} />{' '}
      {item === undefined ? (
        <span className={styles.buttonHint}>{ratingText.firstItem}</span>
      ) : (
        <strong>{ratingText.previous(item.number)}</strong>
      )}{' '}
      {item === undefined ? null : (
        <span className={styles.buttonHint}>{ratingText.previousAnswer(answer === null ? ratingText.cellOpen : String(answer))}</span>
      )}
    </button>
  );
}

function keysOf(instrument: Instrument): string {
  const item = instrument.items[0];
  if (item === undefined || item.min < 0) return ratingText.keysArrows;
  if (item.step === 10) return ratingText.keysTens;
  return instrument.items.length === 1
    ? ratingText.keysSingle(String(item.min), String(item.max))
    : ratingText.keys(String(item.min), String(item.max));
}
