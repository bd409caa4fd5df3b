import type { ComponentProps, ReactNode } from 'react';
import { useBoard } from '../live/room-context.tsx';
import { AdverseEventSheet } from '../sheets/adverse-events/adverse-event-sheet.tsx';
import { DrugSheet } from '../sheets/adverse-events/drug-sheet.tsx';
import { MoreSheet } from '../sheets/adverse-events/more-sheet.tsx';
import { DrugLogSheet } from '../sheets/drug-log/drug-log-sheet.tsx';
import { SessionDrugsSheet } from '../sheets/drug-log/session-drugs-sheet.tsx';
import type { EventSheet, SessionSheet } from '../screens/session/session-sheet.ts';

/** The sheets of adverse events and drugs, as the session screen opens them and as they open one another. */
export function eventSheet(wanted: EventSheet, onSheet: (sheet: SessionSheet) => void, onClose: () => void): ReactNode {
  switch (wanted.kind) {
    case 'adverse-event':
      return wanted.adverseEventId === null ? (
        <AdverseEventSheet onClose={onClose} onMore={(adverseEventId) => onSheet({ kind: 'adverse-event', adverseEventId })} />
      ) : (
        <MoreOfOpen
          adverseEventId={wanted.adverseEventId}
          onClose={onClose}
          onDrug={(adverseEventId) => onSheet({ kind: 'drug', adverseEventId })}
          onCorrect={(eventId) => onSheet({ kind: 'correct', eventId })}
        />
      );
    case 'drug':
      return <DrugSheet adverseEventId={wanted.adverseEventId} onClose={onClose} />;
    case 'waste':
      return <SessionDrugsSheet onClose={onClose} onLog={() => onSheet({ kind: 'drug-log' })} />;
    case 'drug-log':
      return <DrugLogSheet onClose={onClose} />;
  }
}

/** Of the session in this room. */
function MoreOfOpen(props: Omit<ComponentProps<typeof MoreSheet>, 'session'>) {
  return <MoreSheet {...props} session={useBoard((board) => board.session)} />;
}
