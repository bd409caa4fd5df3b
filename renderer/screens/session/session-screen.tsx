import { useMemo, useRef } from 'react';
import type { Asked } from '../../../shared/contract/role-table.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
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
import { WaveStrip } from '../../components/waves/wave-strip.tsx';
import { useBoard, useServiceNow } from '../../live/room-context.tsx';
import { SignInRequestProvider } from '../../live/sign-in-request.tsx';
import { pageText } from '../../text/page.ts';
import { sessionText } from '../../text/session.ts';
import { ClockBanner } from './header/clock-banner.tsx';
import { LinkBanner } from './header/link-banner.tsx';
import { linkBanner } from './header/link-view.ts';
import { MilestonesPanel } from './record-now/milestones-panel.tsx';
import { NextPanel } from './next/next-panel.tsx';
import { ObservationLine } from './observations/observation-line.tsx';
import { ObservationSidesProvider } from './line/observation-sides.tsx';
import { PhaseRail } from './header/phase-rail.tsx';
import { OpenSheet } from './open-sheet.tsx';
import type { SessionSheet } from './session-sheet.ts';
import { useSessionKeys } from './use-session-keys.ts';
import { VitalsColumn } from './vitals/vitals-column.tsx';
import styles from './session-screen.module.css';

interface SessionScreenProps {
  readonly session: SessionView;
  readonly onHome: () => void;
}

/**
 * The room while a session runs: figures left, one time axis in the middle, what to do next on the right, a line
 * to write on below. Sheets take the place of Next; nothing ever covers the vitals.
 */
export function SessionScreen({ session, onHome }: SessionScreenProps) {
  const { sheet, key, open, openOrTell, close, instead } = useSheetPlace<SessionSheet>();
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
                  <OpenSheet key={key} sheet={sheet} session={session} onSheet={instead} onClose={close} />
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

function MiddleColumn({ session }: { readonly session: SessionView }) {
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

function MonitorBanner({ session, onByHand }: { readonly session: SessionView; readonly onByHand: () => void }) {
  const monitors = useBoard((board) => board.monitors);
  const nowMs = useServiceNow();
  const { second } = useClockTime();
  const infusing = session.dose.state === 'running' || session.dose.state === 'paused';
  const view = linkBanner(monitors, { nowMs, second }, infusing);
  // In a session that is watched from afar the room's monitors are not connected to the patient.
  if (isWatchedFromAfar(session.dosing.protocol)) return null;
  return view === null ? null : <LinkBanner view={view} onByHand={onByHand} />;
}
