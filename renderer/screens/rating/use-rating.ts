import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RatingView } from '../../../shared/contract/room-board.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { useBoard } from '../../live/room-context.tsx';
import { useSend } from '../../components/use-send.ts';
import { withSending, type Answers } from './rating-progress.ts';

export interface RatingHandle {
  /** null until the opening is on disk and has come back. */
  readonly rating: RatingView | null;
  /** What is on disk, with what is on its way there laid over. */
  readonly answers: Answers;
  readonly isSending: (position: number) => boolean;
  readonly failure: { readonly words: string; readonly position: number | null } | null;
  /** Takes the position on the sheet, and null to take an answer back. */
  readonly answer: (position: number, itemNumber: number, value: number | null) => void;
  /** Resolves to whether it is on disk. */
  readonly send: (command: SessionCommandInput) => Promise<boolean>;
  readonly openAgain: () => void;
}

/**
 * One rating, opened or taken up again. Answers leave one after the other, so that the last tap on an item wins
 * on disk too; each stays "saving" until it comes back through the feed.
 */
export function useRating(wanted: {
  readonly instrument?: InstrumentId | undefined;
  readonly ratingId?: string | undefined;
}): RatingHandle {
  const ratings = useBoard((board) => board.session?.ratings) ?? noRatings;
  const sendCommand = useSend();
  const [openedEventId, setOpenedEventId] = useState<string | null>(null);
  const [failure, setFailure] = useState<RatingHandle['failure']>(null);
  const [sending, setSending] = useState<ReadonlyMap<number, number | null>>(new Map());
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const rating = useHeldRating(ratings, wanted, openedEventId);

  const asked = useRef(false);
  const openNow = useCallback(() => {
    if (wanted.instrument === undefined) return;
    asked.current = true;
    setFailure(null);
    void sendCommand({ type: 'open-rating', instrument: wanted.instrument }).then((outcome) => {
      if (outcome.ok) setOpenedEventId(outcome.eventIds[0] ?? null);
      else setFailure({ words: outcome.words, position: null });
    });
  }, [sendCommand, wanted.instrument]);
  useEffect(() => {
    if (rating === null && !asked.current) openNow();
  }, [rating, openNow]);

  const onDisk = rating?.items ?? noAnswers;
  // What came back from disk is on its way no longer.
  const stillSending = [...sending].filter(([position, value]) => (onDisk[position] ?? null) !== value);
  if (stillSending.length < sending.size) setSending(new Map(stillSending));

  const ratingId = rating?.ratingId;
  const answer = useCallback(
    (position: number, itemNumber: number, value: number | null) => {
      if (ratingId === undefined) return;
      setFailure(null);
      setSending((current) => new Map(current).set(position, value));
      line.current = line.current.then(async () => {
        const outcome = await sendCommand({ type: 'answer-item', ratingId, item: itemNumber, value });
        if (outcome.ok) return;
        setFailure({ words: outcome.words, position });
        // A newer answer to the same item may be under way already.
        setSending((current) => new Map([...current].filter(([other, newest]) => other !== position || newest !== value)));
      });
    },
    [ratingId, sendCommand],
  );

  const send = useCallback(
    async (command: SessionCommandInput) => {
      setFailure(null);
      await line.current;
      const outcome = await sendCommand(command);
      if (!outcome.ok) setFailure({ words: outcome.words, position: null });
      return outcome.ok;
    },
    [sendCommand],
  );

  const answers = useMemo(() => withSending(onDisk, sending), [onDisk, sending]);
  return { rating, answers, isSending: (position) => sending.has(position), failure, answer, send, openAgain: openNow };
}

const noRatings: readonly RatingView[] = [];
const noAnswers: Answers = [];

/** The rating asked for; an open one of the instrument is taken up again. Held by its id once it was found. */
function useHeldRating(
  ratings: readonly RatingView[],
  wanted: { readonly instrument?: InstrumentId | undefined; readonly ratingId?: string | undefined },
  openedEventId: string | null,
): RatingView | null {
  const [held, setHeld] = useState(wanted.ratingId ?? null);
  const found =
    ratings.find((candidate) => candidate.ratingId === held) ??
    ratings.findLast((candidate) => candidate.eventId === openedEventId) ??
    (wanted.ratingId === undefined
      ? ratings.findLast((candidate) => candidate.instrument === wanted.instrument && candidate.state === 'open')
      : undefined) ??
    null;
  if (found !== null && found.ratingId !== held) setHeld(found.ratingId);
  return found;
}
