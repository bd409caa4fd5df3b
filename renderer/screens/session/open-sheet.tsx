import type { ComponentProps, ReactNode } from 'react';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { AskedFirst } from '../../components/act/who-may.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { useSignInSheet, type DrawSignIn } from '../../live/sign-in-request.tsx';
import { AdverseEventSheet } from '../../sheets/adverse-events/adverse-event-sheet.tsx';
import { DrugSheet } from '../../sheets/adverse-events/drug-sheet.tsx';
import { MoreSheet } from '../../sheets/adverse-events/more-sheet.tsx';
import { LateCheckSheet } from '../../sheets/checks/late-check-sheet.tsx';
import { BagSheet } from '../../sheets/dose/bag-sheet.tsx';
import { DoseSheet } from '../../sheets/dose/dose-sheet.tsx';
import { isAdministrationAction } from '../../sheets/dose/administration-input.ts';
import { AdministrationSheet } from '../../sheets/dose/administration-sheet.tsx';
import { DrugLogSheet } from '../../sheets/drug-log/drug-log-sheet.tsx';
import { SessionDrugsSheet } from '../../sheets/drug-log/session-drugs-sheet.tsx';
import { AnotherTimeSheet } from '../../sheets/entries/another-time-sheet.tsx';
import { CorrectSheet } from '../../sheets/entries/correct-sheet.tsx';
import { ChooseRating } from '../../sheets/rating/choose-rating.tsx';
import { RatingSheet } from '../../sheets/rating/rating-sheet.tsx';
import { ArtefactSheet } from '../../sheets/vitals/artefact-sheet.tsx';
import { VitalsByHandSheet } from '../../sheets/vitals/vitals-by-hand-sheet.tsx';
import { DischargeSheet } from './discharge/discharge-sheet.tsx';
import { HandoverSheet } from './discharge/handover-sheet.tsx';
import { LeftSheet } from './discharge/left-sheet.tsx';
import { KeysSheet } from './keys-sheet.tsx';
import { MissedSheet } from './next/missed-sheet.tsx';
import { ObservationSheet } from './observations/observation-sheets.tsx';
import { EndSheet } from './record-now/end-sheet.tsx';
import { MilestonesSheet } from './record-now/milestones-sheet.tsx';
import { askedBy, type DoseActionType, type SessionSheet } from './session-sheet.ts';

interface OpenSheetProps {
  readonly sheet: SessionSheet;
  readonly session: SessionView;
  /** From this sheet to the next. */
  readonly onSheet: (sheet: SessionSheet) => void;
  readonly onClose: () => void;
}

/** The sheet that stands in the place of Next. */
export function OpenSheet(props: OpenSheetProps): ReactNode {
  const drawSignIn = useSignInSheet();
  return (
    <AskedFirst asked={askedBy(props.sheet)} onClose={props.onClose}>
      {sheetOf(props, drawSignIn)}
    </AskedFirst>
  );
}

function sheetOf({ sheet, session, onSheet, onClose }: OpenSheetProps, drawSignIn: DrawSignIn): ReactNode {
  switch (sheet.kind) {
    case 'rating':
      return sheet.ratingId === null ? (
        <RatingSheet instrument={sheet.instrument} onClose={onClose} />
      ) : (
        <RatingSheet ratingId={sheet.ratingId} onClose={onClose} />
      );
    case 'ratings':
      return <ChooseRating onChoose={(instrument) => onSheet({ kind: 'rating', instrument, ratingId: null })} onClose={onClose} />;
    case 'dose':
      return doseSheet(sheet.action, onClose);
    case 'sign-in':
      return drawSignIn(onClose, sheet.asked);
    case 'another-time':
      return <AnotherTimeSheet command={sheet.command} label={sheet.label} asked={sheet.asked === true} onClose={onClose} />;
    case 'adverse-event':
    case 'drug':
    case 'waste':
    case 'drug-log':
      return eventSheet(sheet, onSheet, onClose);
    case 'vitals':
      return <VitalsByHandSheet {...(sheet.field === undefined ? {} : { field: sheet.field })} onClose={onClose} />;
    case 'observation':
    case 'observations':
    case 'correct-observation':
    case 'private-open':
    case 'private-notes':
      return <ObservationSheet sheet={sheet} session={session} onSheet={onSheet} onClose={onClose} />;
    case 'milestones':
      return <MilestonesSheet session={session} cameFrom={sheet.eventId ?? null} onSheet={onSheet} onClose={onClose} />;
    case 'correct':
      return (
        <CorrectSheet session={session} eventId={sheet.eventId} onClose={() => onSheet({ kind: 'milestones', eventId: sheet.eventId })} />
      );
    case 'artefact':
      return <ArtefactSheet session={session} onClose={() => onSheet({ kind: 'milestones' })} />;
    case 'late-check':
      return <LateCheckSheet milestone={sheet.milestone} session={session} onClose={onClose} />;
    case 'discharge':
    case 'handover':
    case 'left':
      return departureSheet(sheet.kind, { session, onSheet, onClose });
    case 'missed':
      return <MissedSheet slotKeys={sheet.slotKeys} label={sheet.label} onClose={onClose} />;
    case 'end':
      return <EndSheet session={session} onClose={onClose} />;
    case 'keys':
      return <KeysSheet onClose={onClose} />;
  }
}

function doseSheet(action: DoseActionType, onClose: () => void): ReactNode {
  if (isAdministrationAction(action)) return <AdministrationSheet action={action} onClose={onClose} />;
  return action === 'change-bag' ? <BagSheet onClose={onClose} /> : <DoseSheet action={action} onClose={onClose} />;
}

/** Going home, and handing over to the next nurse. */
function departureSheet(
  kind: 'discharge' | 'handover' | 'left',
  { session, onSheet, onClose }: Pick<OpenSheetProps, 'session' | 'onSheet' | 'onClose'>,
): ReactNode {
  switch (kind) {
    case 'discharge':
      return (
        <DischargeSheet
          session={session}
          onRate={(instrument) => onSheet({ kind: 'rating', instrument, ratingId: null })}
          onLeft={() => onSheet({ kind: 'left' })}
          onClose={onClose}
        />
      );
    case 'handover':
      return <HandoverSheet session={session} onClose={onClose} />;
    case 'left':
      return <LeftSheet onClose={onClose} />;
  }
}

/** Those of adverse events and drugs, which lead to one another. */
type EventSheet = Extract<SessionSheet, { kind: 'adverse-event' | 'drug' | 'waste' | 'drug-log' }>;

function eventSheet(wanted: EventSheet, onSheet: (sheet: SessionSheet) => void, onClose: () => void): ReactNode {
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
