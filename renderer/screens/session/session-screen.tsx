import { useMemo, useRef, type ReactNode } from 'react';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import type { Asked } from '../../../shared/contract/role-table.ts';
import type { SessionSection } from '../../../shared/contract/room-board.ts';
import { isWatchedFromAfar } from '../../../shared/clinical/remote.ts';
import { classNames } from '../../components/class-names.ts';
import { PageBanner } from '../../components/page/page-banner.tsx';
import { PageFooter } from '../../components/page/page-footer.tsx';
import { PatientFacts } from '../../components/page/patient-facts.tsx';
import { RemoteContacts } from '../../components/page/remote-contacts.tsx';
import { useSheetPlace } from '../../components/sheet/sheet-place.ts';
import { RecordingWords } from '../../components/page/recording-words.tsx';
import { locksOf } from '../../components/timeline/observations-lane.tsx';
import { Timeline } from '../../components/timeline/timeline.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { AskedFirst } from '../../components/act/who-may.tsx';
import { WaveStrip } from '../../components/waves/wave-strip.tsx';
import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { SignInRequestProvider, useSignInSheet, type DrawSignIn } from '../../live/sign-in-request.tsx';
import { pageText } from '../../text/page.ts';
import { sessionText } from '../../text/session.ts';
import { AnotherTimeSheet } from '../../sheets/entries/another-time-sheet.tsx';
import { ArtefactSheet } from '../../sheets/vitals/artefact-sheet.tsx';
import { ClockBanner } from './header/clock-banner.tsx';
import { CorrectSheet } from '../../sheets/entries/correct-sheet.tsx';
import { EndSheet } from './record-now/end-sheet.tsx';
import { MissedSheet } from './next/missed-sheet.tsx';
import { KeysSheet } from './keys-sheet.tsx';
import { LinkBanner } from './header/link-banner.tsx';
import { linkBanner } from './header/link-view.ts';
import { MilestonesPanel } from './record-now/milestones-panel.tsx';
import { MilestonesSheet } from './record-now/milestones-sheet.tsx';
import { NextPanel } from './next/next-panel.tsx';
import { ObservationLine } from './observations/observation-line.tsx';
import { ObservationSheet } from './observations/observation-sheets.tsx';
import { ObservationSidesProvider } from './line/observation-sides.tsx';
import { PhaseRail } from './header/phase-rail.tsx';
import { askedBy, type DoseActionType, type EventSheet, type LateCheck, type SessionSheet } from './session-sheet.ts';
import { useSessionKeys } from './use-session-keys.ts';
import { VitalsByHandSheet } from '../../sheets/vitals/vitals-by-hand-sheet.tsx';
import { VitalsColumn } from './vitals/vitals-column.tsx';
import styles from './session-screen.module.css';

/** Sheets that belong to other screens; the page hands them in, because screens do not know one another. */
export interface SessionScreenSheets {
  readonly rating: (wanted: Extract<SessionSheet, { kind: 'rating' }>, onClose: () => void) => ReactNode;
  readonly ratings: (onChoose: (instrument: InstrumentId) => void, onClose: () => void) => ReactNode;
  readonly dose: (action: DoseActionType, onClose: () => void) => ReactNode;
  readonly lateCheck: (milestone: LateCheck, session: SessionSection, onClose: () => void) => ReactNode;
  /** Going home, and handing over to the next nurse. */
  readonly leaving: (
    kind: 'discharge' | 'handover' | 'left',
    session: SessionSection,
    onSheet: (sheet: SessionSheet) => void,
    onClose: () => void,
  ) => ReactNode;
  /** Adverse events, drugs given, and controlled drugs; they lead to one another. */
  readonly events: (wanted: EventSheet, onSheet: (sheet: SessionSheet) => void, onClose: () => void) => ReactNode;
}

export interface SessionScreenProps {
  readonly session: SessionSection;
  readonly sheets: SessionScreenSheets;
  readonly onHome: () => void;
  /** Opened at once: for pictures and tests. */
  readonly openSheet?: SessionSheet;
}

/**
 * The room while a session runs: figures left, one time axis in the middle, what to do next on the right, a line
 * to write on below. Sheets take the place of Next; nothing ever covers the vitals.
 */
export function SessionScreen({ session, sheets, onHome, openSheet }: SessionScreenProps) {
  const { sheet, key, open, openOrTell, close, instead } = useSheetPlace<SessionSheet>(openSheet ?? null);
  const input = useRef<HTMLInputElement>(null);
  useSessionKeys({ session, onSheet: open, input });
  return (
    <SignInRequestProvider value={(asked) => open(signInSheet(asked))}>
      <ObservationSidesProvider key={session.sessionId} session={session}>
        <div className={styles.screen}>
          <PageBanner onHome={onHome}>
            <PatientFacts session={session} />
          </PageBanner>
          <PhaseRail session={session} />
          <RemoteContacts session={session} />
          <ClockBanner session={session} />
          <MonitorBanner session={session} onByHand={() => open({ kind: 'vitals' })} />
          <main className={classNames(styles.main, sheet !== null && styles.withSheet)} aria-label={sessionText.screen}>
            <VitalsColumn
              remote={isWatchedFromAfar(session.dosing.protocol)}
              onByHand={(field) => openOrTell({ kind: 'vitals', field }, ({ kind }) => kind === 'vitals')}
            />
            <MiddleColumn session={session} />
            <aside className={styles.right} aria-label={sessionText.next.heading}>
              {sheet === null ? (
                <div className={styles.next}>
                  <NextPanel session={session} onSheet={open} />
                  <MilestonesPanel session={session} onSheet={open} />
                </div>
              ) : (
                <SignInRequestProvider value={(asked) => instead(signInSheet(asked))}>
                  <OpenSheet key={key} sheet={sheet} session={session} sheets={sheets} onSheet={instead} onClose={close} />
                </SignInRequestProvider>
              )}
            </aside>
          </main>
          <ObservationLine session={session} inputRef={input} onSheet={open} />
          <PageFooter>
            <RecordingWords />
            <span className={styles.keys}>
              · <strong>?</strong> {pageText.keys}
            </span>
          </PageFooter>
        </div>
      </ObservationSidesProvider>
    </SignInRequestProvider>
  );
}

function signInSheet(asked: Asked | undefined): SessionSheet {
  return asked === undefined ? { kind: 'sign-in' } : { kind: 'sign-in', asked };
}

function MiddleColumn({ session }: { readonly session: SessionSection }) {
  const trend = useBoard((board) => board.trend);
  const vitals = useBoard((board) => board.vitals);
  const nowMs = useServiceNow();
  const clock = useClockTime();
  const locks = useMemo(() => locksOf(session.privateMarks), [session.privateMarks]);
  return (
    <div className={styles.middle}>
      <div className={styles.timeline}>
        <Timeline session={session} trend={trend} vitals={vitals} nowMs={nowMs} live privateMarks={locks} clock={clock} />
      </div>
      <WaveStrip />
    </div>
  );
}

function MonitorBanner({ session, onByHand }: { readonly session: SessionSection; readonly onByHand: () => void }) {
  const monitors = useBoard((board) => board.monitors);
  const nowMs = useServiceNow();
  const { second } = useClockTime();
  const infusing = session.dose.state === 'running' || session.dose.state === 'paused';
  const view = linkBanner(monitors, { nowMs, second }, infusing);
  // The room's monitors are at nobody of this session.
  if (isWatchedFromAfar(session.dosing.protocol)) return null;
  return view === null ? null : <LinkBanner view={view} onByHand={onByHand} />;
}

interface OpenSheetProps {
  readonly sheet: SessionSheet;
  readonly session: SessionSection;
  readonly sheets: SessionScreenSheets;
  readonly onSheet: (sheet: SessionSheet) => void;
  readonly onClose: () => void;
}

function OpenSheet(props: OpenSheetProps): ReactNode {
  const drawSignIn = useSignInSheet();
  return (
    <AskedFirst asked={askedBy(props.sheet)} onClose={props.onClose}>
      {sheetOf(props, drawSignIn)}
    </AskedFirst>
  );
}

function sheetOf({ sheet, session, sheets, onSheet, onClose }: OpenSheetProps, drawSignIn: DrawSignIn): ReactNode {
  switch (sheet.kind) {
    case 'rating':
      return sheets.rating(sheet, onClose);
    case 'ratings':
      return sheets.ratings((instrument) => onSheet({ kind: 'rating', instrument, ratingId: null }), onClose);
    case 'dose':
      return sheets.dose(sheet.action, onClose);
    case 'sign-in':
      return drawSignIn(onClose, sheet.asked);
    case 'another-time':
      return <AnotherTimeSheet milestone={sheet.milestone} label={sheet.label} asked={sheet.asked === true} onClose={onClose} />;
    case 'adverse-event':
    case 'drug':
    case 'waste':
    case 'drug-log':
      return sheets.events(sheet, onSheet, onClose);
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
      return sheets.lateCheck(sheet.milestone, session, onClose);
    case 'discharge':
    case 'handover':
    case 'left':
      return sheets.leaving(sheet.kind, session, onSheet, onClose);
    case 'missed':
      return <MissedSheet slotKeys={sheet.slotKeys} label={sheet.label} onClose={onClose} />;
    case 'end':
      return <EndSheet session={session} onClose={onClose} />;
    case 'keys':
      return <KeysSheet onClose={onClose} />;
  }
}
