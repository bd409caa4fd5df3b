import { useEffect, useRef, type CSSProperties } from 'react';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import { unconfirmedMark } from '../../../shared/clinical/unconfirmed.ts';
import { ratingText } from '../../text/rating.ts';
import { valuesOf } from './answer-values.ts';
import { shortFormItems } from './rating-cells.tsx';
import { isAskedAt, type Answers } from './rating-progress.ts';
import type { Wording } from './wording.ts';
import styles from './whole-sheet.module.css';

interface WholeSheetProps {
  readonly instrument: Instrument;
  readonly answers: Answers;
  readonly isSending: (position: number) => boolean;
  readonly position: number;
  readonly wording: Wording;
  readonly onAnswer: (position: number, value: number) => void;
}

/** A row has room for so many answers: lines of 0 to 100 are answered one at a time. */
const rowValuesMax = 7;

export function hasWholeSheet(instrument: Instrument): boolean {
  return instrument.items.every((item) => valuesOf(item).length <= rowValuesMax);
}

/** All items in one list, for those who have filled in the paper form first. */
export function WholeSheet({ instrument, answers, isSending, position, wording, onAnswer }: WholeSheetProps) {
  const short = shortFormItems(instrument);
  const current = useRef<HTMLLIElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'center' });
  }, [position]);
  return (
    <ol className={styles.list} tabIndex={0} aria-label={ratingText.wholeSheet}>
      {instrument.items.map((item, index) => (
        <li key={item.number} ref={index === position ? current : undefined} className={styles.row} data-current={index === position}>
          <span className={styles.number} data-short={short.includes(item.number)}>
            {item.number}
          </span>
          <span className={styles.label}>
            {wording.textOf(item) ?? item.label}
            {item.unconfirmed === true ? <span className={styles.mark}>{unconfirmedMark}</span> : null}
          </span>
          <span
            className={styles.values}
            style={{ '--columns': valuesOf(item).length } as CSSProperties}
            role="group"
            aria-label={ratingText.answers(item.number)}
          >
            {valuesOf(item).map((value) => (
              <button
                key={value}
                type="button"
                className={styles.value}
                aria-pressed={answers[index] === value}
                title={wording.anchorsOf(item).find((anchor) => anchor.value === value)?.text}
                disabled={!isAskedAt(instrument, answers, index)}
                data-saving={isSending(index) && answers[index] === value}
                onClick={() => onAnswer(index, value)}
              >
                {value}
              </button>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}
