import { useState } from 'react';
import type { Mark, SessionSection } from '../../../shared/contract/room-board.ts';
import { MoreSheet } from '../adverse-events/more-sheet.tsx';
import { CorrectSheet } from './correct-sheet.tsx';

interface EntrySheetProps {
  readonly session: SessionSection;
  readonly eventId: string;
  /** For an entry that is no mark of the timeline. */
  readonly entry?: Mark | undefined;
  readonly onClose: () => void;
}

/** One entry of a record that is not signed: its time, its figures, its undo; of an adverse event first all that is said of it. */
export function EntrySheet(props: EntrySheetProps) {
  const { session, eventId, onClose } = props;
  const [corrects, setCorrects] = useState(false);
  const event = session.adverseEvents.find((one) => one.eventId === eventId);
  if (event === undefined || corrects) return <CorrectSheet {...props} />;
  return <MoreSheet session={session} adverseEventId={event.adverseEventId} onClose={onClose} onCorrect={() => setCorrects(true)} />;
}
