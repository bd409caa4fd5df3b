import type { CSSProperties } from 'react';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import type { Score } from '../../../shared/clinical/scoring.ts';
import { ratingText } from '../../text/rating.ts';
import { SexAsked } from './sex-asked.tsx';
import { isAskedAt, positionsOf, progressAt, type Answers } from './rating-progress.ts';
import { useScore } from './use-score.ts';
import { readingWords } from './reading-words.ts';
import styles from './rating-sheet.module.css';
import ratingCellsStyles from './rating-cells.module.css';

interface RatingCellsProps {
  readonly instrument: Instrument;
  readonly answers: Answers;
  readonly isSending: (position: number) => boolean;
  readonly position: number;
  /** null where the list below shows every item itself. */
  readonly onJump: ((position: number) => void) | null;
}

/** The short form inside the full one: its items are underlined, its sum stands apart. */
export function shortFormItems(instrument: Instrument): readonly number[] {
  return instrument.subscales.find((subscale) => subscale.key === 'cadss6')?.items ?? [];
}

/** Every item with its answer, to see where one is and to jump; then how far it is. Never a total with items missing. */
export function RatingCells({ instrument, answers, isSending, position, onJump }: RatingCellsProps) {
  const short = shortFormItems(instrument);
  const scored = useScore(instrument, answers);
  const shortProgress = progressAt(answers, positionsOf(instrument, short));
  const [answeredCount, answeredWord] = ratingText.answered(scored.answered, scored.of);
  const complete = scored.status === 'complete';
  return (
    <>
      {onJump === null ? null : (
        <Cells instrument={instrument} answers={answers} isSending={isSending} position={position} onJump={onJump} />
      )}
      <p className={styles.sums} role="status">
        <span>
          <strong>{answeredCount}</strong> {answeredWord}
        </span>
        {instrument.total === 'none' ? null : (
          <span>
            {scored.total === null ? ratingText.partial : ratingText.total} <strong>{scored.total ?? scored.partialSum ?? 0}</strong>
          </span>
        )}
        {scored.band === null ? null : (
          <span>
            {instrument.total === 'none' ? `${ratingText.triage} ` : null}
            <strong>{scored.band}</strong>
          </span>
        )}
        <span>{complete ? ratingText.allAnswered : instrument.total === 'none' ? ratingText.noTriage : ratingText.noTotal(scored.of)}</span>
        {short.length === 0 ? null : (
          <span className={styles.shortSum}>
            {shortProgress.answered === shortProgress.of
              ? ratingText.subsetDone('CADSS-6')
              : ratingText.subset('CADSS-6', shortProgress.answered, shortProgress.of)}{' '}
            <strong>{shortProgress.partial}</strong>
          </span>
        )}
      </p>
      {complete ? <Reading instrument={instrument} scored={scored} /> : null}
      {scored.verdicts['cutNeedsSex'] === true ? <SexAsked /> : null}
    </>
  );
}

/** What a complete form says beside its total. */
function Reading({ instrument, scored }: { readonly instrument: Instrument; readonly scored: Score }) {
  const words = readingWords(instrument, scored);
  if (words.length === 0) return null;
  return (
    <ul className={styles.verdicts}>
      {words.map(([name, value]) => (
        <li key={name}>
          {name} <strong>{value}</strong>
        </li>
      ))}
    </ul>
  );
}

/** Rows of twelve at most, and of equal length where there are few. */
function columnsOf({ items }: Instrument): number {
  return Math.min(12, items.length);
}

function Cells({ instrument, answers, isSending, position, onJump }: RatingCellsProps & { readonly onJump: (position: number) => void }) {
  const short = shortFormItems(instrument);
  return (
    <nav
      className={ratingCellsStyles.cells}
      aria-label={ratingText.progress}
      style={{ '--columns': columnsOf(instrument) } as CSSProperties}
    >
      {instrument.items.map((item, index) => {
        const answer = answers[index] ?? null;
        return (
          <button
            key={item.number}
            type="button"
            className={ratingCellsStyles.cell}
            data-short={short.includes(item.number)}
            data-saving={isSending(index)}
            disabled={!isAskedAt(instrument, answers, index)}
            aria-current={index === position ? 'step' : undefined}
            onClick={() => onJump(index)}
          >
            <span className={ratingCellsStyles.cellNumber}>
              <span className="visually-hidden">{ratingText.cellItem} </span>
              {item.number}
            </span>
            <span className={ratingCellsStyles.cellAnswer}>
              {answer === null ? (
                <>
                  <span aria-hidden="true">·</span>
                  <span className="visually-hidden">{ratingText.cellOpen}</span>
                </>
              ) : (
                <>
                  <span className="visually-hidden">{ratingText.cellAnswer} </span>
                  {answer}
                  {isSending(index) ? <span className="visually-hidden"> {ratingText.cellSaving}</span> : null}
                </>
              )}
            </span>
          </button>
        );
      })}
    </nav>
  );
}
