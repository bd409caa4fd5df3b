import { useState } from 'react';
import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import type { RatingView } from '../../../shared/contract/room-board.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
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
import { useAnswerKeys } from './use-answer-keys.ts';
import { useRating, type RatingHandle } from './use-rating.ts';
import { useWalk, type Walk } from './use-walk.ts';
import { WholeSheet } from './whole-sheet.tsx';
import styles from './rating-sheet.module.css';
import ratingItemStyles from './rating-item.module.css';

export interface RatingSheetProps {
  /** Takes up an open rating of this instrument, or opens one. */
  readonly instrument?: InstrumentId;
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
          <div className={ratingItemStyles.two}>
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

function OpenRating(props: OpenRatingProps) {
  const { instrument, rating, handle, onClose } = props;
  const [view, setView] = useState<'one' | 'whole'>('one');
  const [asksWhy, setAsksWhy] = useState(false);
  const walk = useWalk(props);
  const due = useBoard((board) => board.session?.due.find((item) => item.instrument === rating.instrument && item.state !== 'done'));
  const single = instrument.items.length === 1;
  useAnswerKeys(asksWhy ? null : { instrument, position: walk.position, onAnswer: walk.answer, onFinish: walk.finish, onPause: onClose });
  const head = {
    instrument,
    rating,
    dueMs: due?.dueMs ?? null,
    onView: setView,
    failure: handle.failure?.words ?? null,
  };
  if (asksWhy) {
    return (
      <div className={styles.sheet}>
        <RatingHead {...head} view={null} />
        <NotAssessable onCancel={() => setAsksWhy(false)} onRecord={walk.markNotAssessable} />
      </div>
    );
  }
  return (
    <div className={styles.sheet}>
      <RatingHead {...head} view={single ? null : view} />
      <Answering {...props} walk={walk} view={view} />
      <RatingFooter
        instrument={instrument}
        rating={rating}
        answers={handle.answers}
        position={walk.position}
        finishing={walk.finishing}
        walks={!single && view === 'one'}
        onPrevious={() => walk.goTo(walk.position - 1)}
        onNotAssessable={() => setAsksWhy(true)}
        onPause={onClose}
        onFinish={walk.finish}
      />
    </div>
  );
}

function Answering({ instrument, handle, walk, view }: OpenRatingProps & { readonly walk: Walk; readonly view: 'one' | 'whole' }) {
  const { answers, isSending } = handle;
  const { position } = walk;
  if (instrument.items.length === 1) {
    return <RatingLevels instrument={instrument} answer={answers[0] ?? null} saving={isSending(0)} onAnswer={walk.answer} />;
  }
  const shared = { instrument, answers, isSending, position };
  return (
    <>
      <RatingCells {...shared} onJump={view === 'one' ? walk.goTo : null} />
      {view === 'whole' ? (
        <WholeSheet {...shared} onAnswer={walk.answerAt} />
      ) : (
        <RatingItem
          instrument={instrument}
          position={position}
          answer={answers[position] ?? null}
          onAnswer={walk.answer}
          onTakeBack={() => walk.answerAt(position, null)}
        />
      )}
    </>
  );
}
