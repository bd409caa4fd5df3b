import { useState } from 'react';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import type { notAssessableReasons } from '../../../shared/contract/session-commands.ts';
import { firstOpenPosition, openPositions, positionAfter, withAnswer } from './rating-progress.ts';
import type { RatingHandle } from './use-rating.ts';

/** Where on the sheet one is, and what can be done there. */
export interface Walk {
  readonly position: number;
  readonly finishing: boolean;
  readonly goTo: (position: number) => void;
  /** Answers the item one is at, and moves on. */
  readonly answer: (value: number) => void;
  /** null takes an answer back and stays. */
  readonly answerAt: (position: number, value: number | null) => void;
  readonly finish: () => void;
  readonly markNotAssessable: (reason: (typeof notAssessableReasons)[number], detail: string) => Promise<void>;
}

interface WalkProps {
  readonly instrument: Instrument;
  readonly handle: RatingHandle;
  readonly onClose: () => void;
}

/** Walks from item to item. An answer that did not get to disk brings one back to its item. */
export function useWalk({ instrument, handle, onClose }: WalkProps): Walk {
  const { answers, failure } = handle;
  const [position, setPosition] = useState(() => firstOpenPosition(instrument, answers));
  const [finishing, setFinishing] = useState(false);
  const [seenFailure, setSeenFailure] = useState(failure);
  if (failure !== seenFailure) {
    setSeenFailure(failure);
    if (failure !== null && failure.position !== null) setPosition(failure.position);
  }
  const answerAt = (at: number, value: number | null): void => {
    const item = instrument.items[at];
    if (item === undefined) return;
    handle.answer(at, item.number, value);
    setPosition(value === null ? at : positionAfter(instrument, withAnswer(instrument, answers, at, value), at));
  };
  return {
    position,
    finishing,
    goTo: setPosition,
    answer: (value) => answerAt(position, value),
    answerAt,
    finish: () => {
      if (finishing || openPositions(instrument, answers).length > 0) return;
      setFinishing(true);
      void handle.finish().then((done) => {
        setFinishing(false);
        if (done) onClose();
      });
    },
    markNotAssessable: async (reason, detail) => {
      if (await handle.markNotAssessable(reason, detail)) onClose();
    },
  };
}
