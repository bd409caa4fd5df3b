import type { ReactNode } from 'react';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { ObservationCorrectSheet } from '../../../sheets/entries/observation-correct-sheet.tsx';
import { useObservationSides } from '../line/observation-sides.tsx';
import { ObservationMoreSheet } from './observation-more-sheet.tsx';
import { ObservationsSheet } from './observations-sheet.tsx';
import { PrivateNotesSheet } from '../private-notes/private-notes-sheet.tsx';
import { PrivateOpenSheet } from '../private-notes/private-open-sheet.tsx';
import type { ObservationSheetKind } from './observation-sheet-kind.ts';
import type { SessionSheet } from '../session-sheet.ts';

interface ObservationSheetProps {
  readonly sheet: ObservationSheetKind;
  readonly session: SessionView;
  readonly onSheet: (sheet: SessionSheet) => void;
  readonly onClose: () => void;
}

/** The sheets of the observation line. */
export function ObservationSheet({ sheet, session, onSheet, onClose }: ObservationSheetProps): ReactNode {
  const { own } = useObservationSides();
  switch (sheet.kind) {
    case 'observation':
      return <ObservationMoreSheet session={session} onClose={onClose} />;
    case 'observations':
      return <ObservationsSheet session={session} onSheet={onSheet} onClose={onClose} />;
    case 'correct-observation':
      return (
        <ObservationCorrectSheet
          session={session}
          eventId={sheet.eventId}
          moveToPrivate={own.side.open ? own.moveObservation : null}
          onClose={() => onSheet({ kind: 'observations' })}
        />
      );
    case 'private-open':
      return <PrivateOpenSheet sessionId={session.sessionId} bringsText={sheet.bringsText === true} onClose={onClose} />;
    case 'private-notes':
      return <PrivateNotesSheet onClose={onClose} />;
  }
}
