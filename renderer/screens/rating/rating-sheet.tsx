import { useEffect, useState } from 'react';
import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import type { RatingView } from '../../../shared/contract/room-board.ts';
import type { InRoomInstrument } from '../../../shared/contract/session-commands.ts';
import { Button } from '../../components/button.tsx';
import { RefusalNote } from '../../components/refusal-note.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { ratingText } from '../../text/rating.ts';
import { NotAssessable } from './not-assessable.tsx';
import { RatingFooter } from './rating-footer.tsx';
import { RatingHead } from './rating-head.tsx';
import { RatingItem } from './rating-item.tsx';
import { RatingLevels } from './rating-levels.tsx';
import { RatingCells } from './rating-cells.tsx';
import { firstOpenPosition, positionAfter } from './rating-progress.ts';
import { useAnswerKeys } from './use-answer-keys.ts';
import { useRating, type RatingHandle } from './use-rating.ts';
import { WholeSheet } from './whole-sheet.tsx';
import styles from './rating-sheet.module.css';

export interface RatingSheetProps {
  /** Takes up an open rating of this instrument, or opens one. */
  readonly instrument?: InRoomInstrument;
  /** Takes up exactly this rating. */
  readonly ratingId?: string;
  readonly onClose: () => void;
}

/**
 * Rates one instrument. Every answer is a command at once and moves on at once; pausing loses nothing, because
 * what is answered is on disk and the rating stays open until it is finished.
 */
export function RatingSheet({ instrument: instrumentId, ratingId, onClose }: RatingSheetProps) {
  const handle = useRating({ instrument: instrumentId, ratingId });
  const known = handle.rating?.instrument ?? instrumentId;
  if (known === undefined) return null;
  const instrument = instruments[known];
  return (
    <Sheet label={instrument.name} onClose={onClose}>
      {handle.rating === null ? (
        <Opening instrument={instrument} handle={handle} onClose={onClose} />
      ) : (
        <OpenRating key={handle.rating.ratingId} instrument={instrument} rating={handle.rating} handle={handle} onClose={onClose} />
      )}
    </Sheet>
  );
}

function Opening({ instrument, handle, onClose }: { instrument: Instrument; handle: RatingHandle; onClose: () => void }) {
  return (
    <div className={styles.sheet}>
      <h2 className={styles.title}>{instrument.name}</h2>
      {handle.failure === null ? (
        <p className={styles.quiet}>{ratingText.opening}</p>
      ) : (
        <>
          <RefusalNote words={handle.failure.words} />
          <div className={styles.two}>
            <Button onPress={onClose}>{ratingText.pause}</Button>
            <Button onPress={handle.openAgain} kind="primary">
              {ratingText.retry}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

interface OpenRatingProps {
  readonly instrument: Instrument;
  readonly rating: RatingView;
  readonly handle: RatingHandle;
  readonly onClose: () => void;
}

function OpenRating({ instrument, rating, handle, onClose }: OpenRatingProps) {
  const [position, setPosition] = useState(() => firstOpenPosition(handle.answers));
  const [view, setView] = useState<'one' | 'whole'>('one');
  const [asksWhy, setAsksWhy] = useState(false);
  const [finishing, setFinishing] = useState(false);
  const present = useBoard((board) => board.session?.due.find((item) => item.instrument === rating.instrument && item.state !== 'done'));
  const { answers, failure } = handle;
  const failedAt = failure?.position ?? null;
  useEffect(() => {
    if (failedAt !== null) setPosition(failedAt);
  }, [failedAt]);

  const single = instrument.items.length === 1;
  const answerAt = (at: number, value: number | null): void => {
    const item = instrument.items[at];
    if (item === undefined) return;
    handle.answer(at, item.number, value);
    const next = answers.map((old, index) => (index === at ? value : old));
    setPosition(value === null ? at : positionAfter(next, at));
  };
  const finish = (): void => {
    if (finishing || answers.some((value) => value === null)) return;
    setFinishing(true);
    void handle.send({ type: 'finish-rating', ratingId: rating.ratingId }).then((done) => {
      setFinishing(false);
      if (done) onClose();
    });
  };
  useAnswerKeys(
    asksWhy ? null : { instrument, position, onAnswer: (value) => answerAt(position, value), onFinish: finish, onPause: onClose },
  );

  if (asksWhy) {
    return (
      <div className={styles.sheet}>
        <RatingHead
          instrument={instrument}
          rating={rating}
          dueMs={present?.dueMs ?? null}
          view={null}
          onView={setView}
          failure={failure?.words ?? null}
        />
        <NotAssessable
          onCancel={() => setAsksWhy(false)}
          onRecord={async (reason, detail) => {
            const base = { type: 'mark-not-assessable', instrument: rating.instrument, ratingId: rating.ratingId, reason } as const;
            if (await handle.send(detail === '' ? base : { ...base, detail })) onClose();
          }}
        />
      </div>
    );
  }
  return (
    <div className={styles.sheet}>
      <RatingHead
        instrument={instrument}
        rating={rating}
        dueMs={present?.dueMs ?? null}
        view={single ? null : view}
        onView={setView}
        failure={failure?.words ?? null}
      />
      {single ? null : (
        <RatingCells
          instrument={instrument}
          answers={answers}
          isSending={handle.isSending}
          position={position}
          onJump={view === 'one' ? setPosition : null}
        />
      )}
      {single ? (
        <RatingLevels
          instrument={instrument}
          answer={answers[0] ?? null}
          saving={handle.isSending(0)}
          onAnswer={(value) => answerAt(0, value)}
        />
      ) : view === 'whole' ? (
        <WholeSheet instrument={instrument} answers={answers} isSending={handle.isSending} position={position} onAnswer={answerAt} />
      ) : (
        <RatingItem
          instrument={instrument}
          position={position}
          answer={answers[position] ?? null}
          onAnswer={(value) => answerAt(position, value)}
          onTakeBack={() => answerAt(position, null)}
        />
      )}
      <RatingFooter
        instrument={instrument}
        rating={rating}
        answers={answers}
        position={position}
        finishing={finishing}
        walks={!single && view === 'one'}
        onPrevious={() => setPosition(position - 1)}
        onNotAssessable={() => setAsksWhy(true)}
        onPause={onClose}
        onFinish={finish}
      />
    </div>
  );
}
