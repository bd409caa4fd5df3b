import { useState } from 'react';
import type { Mark } from '../../../shared/contract/session-view/entries.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { MoreSheet } from '../adverse-events/more-sheet.tsx';
import { CorrectSheet } from './correct-sheet.tsx';

interface EntrySheetProps {
  readonly session: SessionView;
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
