import { minutesAndSeconds } from '../../../shared/values/clock-time.ts';
import { useEffect, useRef } from 'react';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import { Icon } from '../../components/icon.tsx';
import { useServiceNow } from '../../live/room-context.tsx';
import { ratingText } from '../../text/rating.ts';
import { signed } from './answer-values.ts';
import type { Answers } from './rating-progress.ts';
import { useScore } from './use-score.ts';
import styles from './rating-footer.module.css';

interface RatingFooterProps {
  readonly instrument: Instrument;
  readonly openedMs: number;
  /** Something is on disk. */
  readonly begun: boolean;
  readonly answers: Answers;
  /** Position of the item before, or null on the first. */
  readonly previous: number | null;
  readonly finishing: boolean;
  /** Whether single items are walked through, so that there is a previous one. */
  readonly walks: boolean;
  readonly onPrevious: (position: number) => void;
  readonly onNotAssessable: () => void;
  readonly onPause: () => void;
  readonly onFinish: () => void;
}

export function RatingFooter(props: RatingFooterProps) {
  const { instrument, openedMs, begun, answers, previous, finishing, walks, onPrevious, onNotAssessable, onPause, onFinish } = props;
  const nowMs = useServiceNow();
  const { total, band, answered, of } = useScore(instrument, answers);
  const open = of - answered;
  const finish = useRef<HTMLButtonElement>(null);
  // Once every item is answered the finishing button has the focus, so that Enter finishes.
  useEffect(() => {
    if (open === 0) finish.current?.focus({ preventScroll: true });
  }, [open]);
  const item = instrument.items[0];
  return (
    <footer className={styles.footer}>
      <div className={styles.buttons} data-single={!walks}>
        {!walks ? null : <PreviousButton instrument={instrument} answers={answers} previous={previous} onPrevious={onPrevious} />}
        <button type="button" className={styles.button} onClick={onNotAssessable}>
          <strong>{ratingText.notAssessable}</strong> <span className={styles.buttonHint}>{ratingText.notAssessableReasons}</span>
        </button>
        <button type="button" className={styles.button} onClick={onPause}>
          <Icon name={begun ? 'pause' : 'back'} size={22} /> <strong>{begun ? ratingText.pause : ratingText.leave}</strong>{' '}
          {begun ? <span className={styles.buttonHint}>{ratingText.pauseHint}</span> : null}{' '}
          <kbd className={styles.kbd}>{ratingText.pauseKey}</kbd>
        </button>
        <button ref={finish} type="button" className={styles.finish} aria-disabled={open > 0 || finishing} onClick={onFinish}>
          <strong>{finishing ? ratingText.finishing : ratingText.finish}</strong>{' '}
          <span className={styles.buttonHint}>
            {open > 0 ? ratingText.itemsOpen(open) : outcomeOf(total === null ? null : signed(total, (item?.min ?? 0) < 0), band)}
          </span>
        </button>
      </div>
      <p className={styles.keysLine}>
        <span>{keysOf(instrument)}</span>
        <span>{ratingText.soFar(minutesAndSeconds(Math.max(0, nowMs - openedMs)))}</span>
      </p>
    </footer>
  );
}

/** `total 31`, `total 10 · moderate`, `triage: high` */
function outcomeOf(total: string | null, band: string | null): string {
  if (total === null) return band === null ? ratingText.allAnswered : `${ratingText.triage} ${band}`;
  return band === null ? ratingText.finishWith(total) : `${ratingText.finishWith(total)} · ${band}`;
}

function PreviousButton({
  instrument,
  answers,
  previous,
  onPrevious,
}: Pick<RatingFooterProps, 'instrument' | 'answers' | 'previous' | 'onPrevious'>) {
  const item = previous === null ? undefined : instrument.items[previous];
  const answer = previous === null ? null : (answers[previous] ?? null);
  return (
    <button
      type="button"
      className={styles.button}
      disabled={previous === null}
      // Where a low window leaves no room for the words, the button still has its name.
      aria-label={item === undefined ? ratingText.firstItem : undefined}
      onClick={() => (previous === null ? undefined : onPrevious(previous))}
    >
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
  if (item.max === 10 * item.step) return item.step === 10 ? ratingText.keysTens : ratingText.keysEleven;
  if (instrument.items.some((one) => one.min === 0 && one.max === 1)) return ratingText.keysQuestions;
  return instrument.items.length === 1
    ? ratingText.keysSingle(String(item.min), String(item.max))
    : ratingText.keys(String(item.min), String(item.max));
}
