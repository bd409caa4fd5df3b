import { useEffect, useRef, type CSSProperties } from 'react';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import { unconfirmedMark } from '../../../shared/clinical/unconfirmed.ts';
import { ratingText } from '../../text/rating.ts';
import { rangeOf, valuesOf } from './answer-values.ts';
import { OtherNumber } from './other-number.tsx';
import type { Wording } from './wording.ts';
import styles from './rating-item.module.css';

interface RatingItemProps {
  readonly instrument: Instrument;
  readonly position: number;
  readonly wording: Wording;
  readonly answer: number | null;
  readonly onAnswer: (value: number) => void;
  readonly onTakeBack: () => void;
}

/** Words beyond this many letters are set smaller, so that a long question leaves room for its answers. */
const longLetters = 90;

/** One item, targets that a gloved finger cannot miss, each with its words where there are some. */
export function RatingItem({ instrument, position, wording, answer, onAnswer, onTakeBack }: RatingItemProps) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus({ preventScroll: true }), []);
  const item = instrument.items[position];
  if (item === undefined) return null;
  const values = valuesOf(item);
  const anchors = wording.anchorsOf(item);
  const text = wording.textOf(item);
  const byTens = item.step > 1;
  return (
    <section className={styles.item} aria-labelledby="rating-item">
      {wording.stem === null ? null : <p className={styles.stem}>{wording.stem}</p>}
      <div className={styles.itemHead}>
        <span className={styles.itemNumber} aria-hidden="true">
          {item.number}
        </span>
        <div>
          <h3 id="rating-item" className={styles.instruction} data-long={(text ?? '').length > longLetters} aria-live="polite">
            {text ?? (instrument.wording === 'own-words' ? item.label : ratingText.readItem(item.number))}
          </h3>
          {text === null && instrument.wording === 'structure' ? <p className={styles.range}>{rangeOf(item, anchors)}</p> : null}
          {item.unconfirmed === true ? <p className={styles.mark}>{unconfirmedMark}</p> : null}
        </div>
        {answer === null ? null : (
          <button type="button" className={styles.takeBack} onClick={onTakeBack}>
            {ratingText.takeBack}
          </button>
        )}
      </div>
      <div
        className={styles.targets}
        style={{ '--columns': byTens ? 6 : values.length } as CSSProperties}
        data-small={byTens || values.length > 5}
        data-plain={anchors.length === 0}
        role="group"
        aria-label={ratingText.answers(item.number)}
      >
        {values.map((value, index) => {
          const anchor = anchors.find((candidate) => candidate.value === value)?.text;
          return (
            <button
              key={value}
              ref={index === 0 ? first : undefined}
              type="button"
              className={styles.target}
              aria-pressed={answer === value}
              onClick={() => onAnswer(value)}
            >
              <span className={styles.targetValue}>{value}</span>
              <span className={styles.targetWord}>{anchor ?? ''}</span>
            </button>
          );
        })}
        {byTens ? <OtherNumber item={item} answer={answer} onAnswer={onAnswer} /> : null}
      </div>
    </section>
  );
}
