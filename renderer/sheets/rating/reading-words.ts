import type { Instrument } from '../../../shared/clinical/instrument.ts';
import type { VerdictName } from '../../../shared/clinical/verdicts.ts';
import { needsReview, type Score } from '../../../shared/clinical/scoring.ts';
import { ratingText } from '../../text/rating.ts';

/** A complete form in words: its subscales, then what is read from it. Nothing for a form that is its sum. */
export function readingWords(instrument: Instrument, scored: Score): readonly (readonly [name: string, value: string])[] {
  const { verdicts, subscales } = scored;
  const words = ratingText.reading;
  const figures = instrument.subscales
    .filter(({ key }) => key !== 'cadss6' && instrument.total !== 'subscales')
    .map(({ key, label }) => [label, String(subscales[key] ?? '')] as const);
  const said = (Object.keys(words) as VerdictName[]).flatMap((key) => {
    const verdict = verdicts[key];
    const spoken = words[key];
    if (spoken === null) return [];
    const [name, yes, no] = spoken;
    if (typeof verdict === 'boolean') return verdict || no !== null ? [[name, verdict ? yes : (no ?? '')] as const] : [];
    return typeof verdict === 'number' ? [[name, String(verdict)] as const] : [];
  });
  const review = needsReview(instrument, scored.total) ? [[ratingText.review, ratingText.reviewWords] as const] : [];
  return [...figures, ...said, ...review];
}
