import { useEffect, useRef } from 'react';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import { ratingText } from '../../text/rating.ts';
import { rangeOf, signed, valuesOf } from './answer-values.ts';
import { OtherNumber } from './other-number.tsx';
import type { Wording } from './wording.ts';
import styles from './rating-levels.module.css';

interface RatingLevelsProps {
  readonly instrument: Instrument;
  readonly wording: Wording;
  readonly answer: number | null;
  readonly saving: boolean;
  readonly onAnswer: (value: number) => void;
}

/** A scale that is one question: every level with its words, or a row of tens. */
export function RatingLevels({ instrument, wording, answer, saving, onAnswer }: RatingLevelsProps) {
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => group.current?.querySelector('button')?.focus({ preventScroll: true }), []);
  const item = instrument.items[0];
  if (item === undefined) return null;
  const anchors = wording.anchorsOf(item);
  const everyLevelHasWords = anchors.length > 2;
  // In the order of the form: some begin with the most.
  const listed = everyLevelHasWords ? anchors.map((anchor) => anchor.value) : valuesOf(item);
  const twoSided = item.min < 0;
  return (
    <section className={styles.levels} aria-labelledby="rating-levels">
      <h3 id="rating-levels" className={styles.instruction}>
        {wording.textOf(item) ?? wording.stem}
      </h3>
      {everyLevelHasWords ? null : <p className={styles.range}>{rangeOf(item, anchors)}</p>}
      <div
        ref={group}
        className={everyLevelHasWords ? styles.lines : styles.grid}
        data-dense={listed.length > 7}
        role="group"
        aria-label={ratingText.answersOnly}
        onKeyDown={(event) => moveFocus(event, everyLevelHasWords ? 1 : 4)}
      >
        {listed.map((value) => {
          const words = anchors.find((anchor) => anchor.value === value)?.text;
          return (
            <button
              key={value}
              type="button"
              className={styles.level}
              aria-pressed={answer === value}
              data-saving={saving && answer === value}
              onClick={() => onAnswer(value)}
            >
              <span className={styles.value}>{signed(value, twoSided)}</span>
              {words === undefined ? null : <span className={styles.words}>{words}</span>}
            </button>
          );
        })}
        {item.step > 1 ? <OtherNumber item={item} answer={answer} onAnswer={onAnswer} /> : null}
      </div>
    </section>
  );
}

/** Arrow keys walk over the levels; Enter or space answers. */
function moveFocus(event: React.KeyboardEvent<HTMLDivElement>, columns: number): void {
  const steps: Partial<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
  const step = steps[event.key];
  // In the field the arrows belong to its text.
  if (step === undefined || event.target instanceof HTMLInputElement) return;
  const levels = [...event.currentTarget.querySelectorAll('button')];
  const at = levels.findIndex((level) => level === document.activeElement);
  levels[Math.min(levels.length - 1, Math.max(0, at + step))]?.focus();
  event.preventDefault();
}
