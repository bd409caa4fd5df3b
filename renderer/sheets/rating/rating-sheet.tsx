import { useState } from 'react';
import type { Instrument } from '../../../shared/clinical/instrument.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { NotAssessable } from './not-assessable.tsx';
import { RatingFooter } from './rating-footer.tsx';
import { RatingHead } from './rating-head.tsx';
import { RatingItem } from './rating-item.tsx';
import { RatingLevels } from './rating-levels.tsx';
import { RatingCells } from './rating-cells.tsx';
import { positionBefore } from './rating-progress.ts';
import { SafetyLine } from './safety-line.tsx';
import { useAnswerKeys } from './use-answer-keys.ts';
import { useRating, type RatingHandle } from './use-rating.ts';
import { useWalk, type Walk } from './use-walk.ts';
import { useWording } from './use-wording.ts';
import { WholeSheet, hasWholeSheet } from './whole-sheet.tsx';
import { dueNow } from './due-now.ts';
import type { Wording } from './wording.ts';
import styles from './rating-sheet.module.css';

interface RatingSheetProps {
  /** Takes up an open rating of this instrument, or begins one with the first answer. */
  readonly instrument?: InstrumentId;
  /** Takes up exactly this rating. */
  readonly ratingId?: string;
  readonly onClose: () => void;
}

/**
 * Rates one instrument. Every answer is a command at once and moves on at once; pausing loses nothing, because
 * what is answered is on disk and the rating stays open until it is finished. A sheet that nobody answered leaves
 * nothing behind.
 */
export function RatingSheet({ instrument, ratingId, onClose }: RatingSheetProps) {
  const found = useRating({ instrument, ratingId });
  if (found === null) return null;
  return (
    <Sheet label={found.instrument.name} onClose={onClose}>
      <OpenRating key={found.handle.ratingId} {...found} onClose={onClose} />
    </Sheet>
  );
}

interface OpenRatingProps {
  readonly instrument: Instrument;
  readonly handle: RatingHandle;
  readonly onClose: () => void;
}

function OpenRating(props: OpenRatingProps) {
  const { instrument, handle, onClose } = props;
  const [view, setView] = useState<'one' | 'whole'>('one');
  const [asksWhy, setAsksWhy] = useState(false);
  const nowMs = useServiceNow();
  const [openedMs] = useState(nowMs);
  const walk = useWalk(props);
  const { wording, failed } = useWording(instrument, handle.rating);
  const due = useBoard((board) => dueNow(board.session?.due ?? [], instrument.id));
  const single = instrument.items.length === 1;
  useAnswerKeys(asksWhy ? null : { instrument, position: walk.position, onAnswer: walk.answer });
  const head = {
    instrument,
    rating: handle.rating,
    openedMs: handle.rating?.atMs ?? openedMs,
    dueMs: due?.dueMs ?? null,
    wording,
    wordingFailed: failed,
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
      <RatingHead {...head} view={single || !hasWholeSheet(instrument) ? null : view} />
      <SafetyLine instrument={instrument} answers={handle.answers} />
      <Answering {...props} walk={walk} view={view} wording={wording} />
      <RatingFooter
        instrument={instrument}
        openedMs={head.openedMs}
        begun={handle.rating !== null}
        answers={handle.answers}
        previous={positionBefore(instrument, handle.answers, walk.position)}
        finishing={walk.finishing}
        walks={!single && view === 'one'}
        onPrevious={walk.goTo}
        onNotAssessable={() => setAsksWhy(true)}
        onPause={onClose}
        onFinish={walk.finish}
      />
    </div>
  );
}

interface AnsweringProps extends OpenRatingProps {
  readonly walk: Walk;
  readonly view: 'one' | 'whole';
  readonly wording: Wording;
}

function Answering({ instrument, handle, walk, view, wording }: AnsweringProps) {
  const { answers, isSending } = handle;
  const { position } = walk;
  if (instrument.items.length === 1) {
    return (
      <RatingLevels instrument={instrument} wording={wording} answer={answers[0] ?? null} saving={isSending(0)} onAnswer={walk.answer} />
    );
  }
  const shared = { instrument, answers, isSending, position };
  return (
    <>
      <RatingCells {...shared} onJump={view === 'one' ? walk.goTo : null} />
      {view === 'whole' ? (
        <WholeSheet {...shared} wording={wording} onAnswer={walk.answerAt} />
      ) : (
        <RatingItem
          // A number half typed belongs to the item it was typed for.
          key={position}
          instrument={instrument}
          position={position}
          wording={wording}
          answer={answers[position] ?? null}
          onAnswer={walk.answer}
          onTakeBack={() => walk.answerAt(position, null)}
        />
      )}
    </>
  );
}
