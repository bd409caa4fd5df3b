import type { Instrument } from '../../../shared/clinical/instrument.ts';
import { score, type Score } from '../../../shared/clinical/scoring.ts';
import { useBoard } from '../../live/room-context.tsx';
import type { Answers } from './rating-progress.ts';

/** The answers so far, with the cuts that hold in this session. */
export function useScore(instrument: Instrument, answers: Answers): Score {
  const scoring = useBoard((board) => board.session?.scoring);
  return score(instrument, answers, scoring ?? {});
}
