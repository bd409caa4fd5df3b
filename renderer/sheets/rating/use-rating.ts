import { useCallback, useMemo, useRef, useState } from 'react';
import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import type { RatingView } from '../../../shared/contract/session-view/ratings.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import type { notAssessableReasons, SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { useBoard } from '../../live/room-context.tsx';
import { useSend } from '../../components/act/use-send.ts';
import { withSending, type Answers } from './rating-progress.ts';

export interface RatingHandle {
  /** null until something was answered and has come back: an untouched sheet leaves nothing in the record. */
  readonly rating: RatingView | null;
  /** Stands for this sheet, from before the rating is on disk. */
  readonly ratingId: string;
  /** What is on disk, with what is on its way there laid over. */
  readonly answers: Answers;
  readonly isSending: (position: number) => boolean;
  readonly failure: { readonly words: string; readonly position: number | null } | null;
  /** Takes the position on the sheet, and null to take an answer back. */
  readonly answer: (position: number, itemNumber: number, value: number | null) => void;
  /** Both resolve to whether it is on disk. */
  readonly finish: () => Promise<boolean>;
  readonly markNotAssessable: (reason: (typeof notAssessableReasons)[number], detail: string) => Promise<boolean>;
}

interface WantedRating {
  readonly instrument?: InstrumentId | undefined;
  readonly ratingId?: string | undefined;
}

const noRatings: readonly RatingView[] = [];

/**
 * One rating, begun with its first answer or taken up again. Answers leave one after the other, so that the last
 * tap on an item wins on disk too; each stays "saving" until it comes back through the feed. null: there is no
 * such rating.
 */
export function useRating(wanted: WantedRating): { readonly instrument: Instrument; readonly handle: RatingHandle } | null {
  const ratings = useBoard((board) => board.session?.ratings) ?? noRatings;
  const held = useHeldRating(ratings, wanted);
  const known = held.rating?.instrument ?? wanted.instrument;
  const handle = useAnswers(held, known ?? 'moaa-s');
  return known === undefined ? null : { instrument: instruments[known], handle };
}

interface HeldRating {
  readonly rating: RatingView | null;
  readonly ratingId: string;
}

/** The rating asked for, or an open one of the instrument, else one that the first answer will open. */
function useHeldRating(ratings: readonly RatingView[], wanted: WantedRating): HeldRating {
  const [held, setHeld] = useState(() => wanted.ratingId ?? crypto.randomUUID());
  const own = ratings.find((candidate) => candidate.ratingId === held);
  const found =
    own ??
    (wanted.ratingId === undefined
      ? ratings.findLast((candidate) => candidate.instrument === wanted.instrument && candidate.state === 'open')
      : undefined) ??
    null;
  if (found !== null && found.ratingId !== held) setHeld(found.ratingId);
  return { rating: found, ratingId: found?.ratingId ?? held };
}

/** What one page sends about one rating, in the order it was tapped. */
function useAnswers({ rating, ratingId }: HeldRating, instrumentId: InstrumentId): RatingHandle {
  const sendCommand = useSend();
  const [failure, setFailure] = useState<RatingHandle['failure']>(null);
  const [sending, setSending] = useState<ReadonlyMap<number, number | null>>(new Map());
  const line = useRef<Promise<unknown>>(Promise.resolve());
  /** The rating that is on disk already, as far as this page was told. */
  const begun = useRef<string | null>(null);
  const empty = useMemo(() => instruments[instrumentId].items.map(() => null), [instrumentId]);
  const onDisk = rating?.items ?? empty;
  // What came back from disk is on its way no longer.
  const stillSending = [...sending].filter(([position, value]) => (onDisk[position] ?? null) !== value);
  if (stillSending.length < sending.size) setSending(new Map(stillSending));

  const isOnDisk = rating !== null;
  const answer = useCallback(
    (position: number, item: number, value: number | null) => {
      setFailure(null);
      setSending((current) => new Map(current).set(position, value));
      line.current = line.current.then(async () => {
        const exists = isOnDisk || begun.current === ratingId;
        const command: SessionCommandInput | null = exists
          ? { type: 'answer-item', ratingId, item, value }
          : value === null
            ? null
            : { type: 'open-rating', instrument: instrumentId, mode: instruments[instrumentId].mode, ratingId, answers: [{ item, value }] };
        const outcome = command === null ? null : await sendCommand(command);
        if (outcome?.ok === true) {
          begun.current = ratingId;
          return;
        }
        if (outcome !== null) setFailure({ words: outcome.words, position });
        // A newer answer to the same item may be under way already.
        setSending((current) => new Map([...current].filter(([other, newest]) => other !== position || newest !== value)));
      });
    },
    [ratingId, isOnDisk, instrumentId, sendCommand],
  );
  const send = async (command: SessionCommandInput): Promise<boolean> => {
    setFailure(null);
    await line.current;
    const outcome = await sendCommand(command);
    if (!outcome.ok) setFailure({ words: outcome.words, position: null });
    return outcome.ok;
  };
  const answers = useMemo(() => withSending(onDisk, sending), [onDisk, sending]);
  return {
    rating,
    ratingId,
    answers,
    isSending: (position) => sending.has(position),
    failure,
    answer,
    finish: () => send({ type: 'finish-rating', ratingId }),
    markNotAssessable: async (reason, detail) => {
      await line.current;
      const isOpen = isOnDisk || begun.current === ratingId;
      return send({
        type: 'mark-not-assessable',
        instrument: instrumentId,
        reason,
        ...(isOpen ? { ratingId } : {}),
        ...(detail === '' ? {} : { detail }),
      });
    },
  };
}
