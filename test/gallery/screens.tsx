import '@fontsource-variable/ibm-plex-sans/wght.css';
import '../../renderer/styles/tokens.css';
import '../../renderer/styles/base.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { createLiveStore } from '../../renderer/live/live-store.ts';
import { RoomProvider } from '../../renderer/live/room-context.tsx';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import { instrumentIds, type InstrumentId } from '../../shared/clinical/instrument-id.ts';
import { DoseSheet } from '../../renderer/sheets/dose/dose-sheet.tsx';
import { doseActions, type DoseAction } from '../../renderer/sheets/dose/dose-input.ts';
import { HomeScreen } from '../../renderer/screens/home/home-screen.tsx';
import { RatingSheet } from '../../renderer/sheets/rating/rating-sheet.tsx';
import { RecordScreen } from '../../renderer/screens/record/record-screen.tsx';
import { SetupScreen } from '../../renderer/screens/setup/setup-screen.tsx';
import { RecoveryKey } from '../../renderer/screens/setup/recovery-key.tsx';
import { SignIn } from '../../renderer/sheets/sign-in/sign-in.tsx';
import { StartScreen } from '../../renderer/screens/start/start-screen.tsx';
import { goldenBoard } from '../fixtures/boards/golden-board.ts';
import { fixtureId } from '../fixtures/boards/golden-times.ts';
import { fakeClient, type FakeKind, someCeremony } from './fake-client.ts';
import { preparing, ratingBoard, roomWithoutSession } from './screen-boards.ts';

/**
 * Every screen but the session's, in every state, at the size of the window:
 * `?screen=start&state=ordered&theme=night&fake=full`.
 */
const asked = new URLSearchParams(window.location.search);
const screen = asked.get('screen') ?? 'home';
const state = asked.get('state') ?? 'full';
const fake = (asked.get('fake') ?? 'full') as FakeKind;
document.documentElement.dataset['theme'] = asked.get('theme') ?? 'night';

const nothing = (): void => undefined;

function boardOf(): RoomBoard {
  if (screen === 'rating') {
    const instrument = instrumentAsked();
    return ratingBoard(instrument, state === 'empty' ? 0 : state === 'complete' ? 23 : instrument === 'cadss-23' ? 12 : 2);
  }
  if (screen === 'start' && state !== 'empty')
    return preparing(state === 'full' ? 'ordered' : (state as 'opened' | 'ordered' | 'ready' | 'all'));
  if (screen === 'home' && state === 'preparing') return preparing('ordered');
  if (screen === 'home' && state === 'stale') return goldenBoard({ state: 'stale' });
  if (screen === 'dose') {
    if (asked.get('action') === 'start-dose') return preparing('all');
    return goldenBoard({ state: asked.get('action') === 'resume-dose' ? 'paused' : 'full' });
  }
  if (state === 'empty') return roomWithoutSession(screen === 'home' || screen === 'start');
  return goldenBoard({ state: 'full' });
}

function instrumentAsked(): InstrumentId {
  return instrumentIds.find((one) => one === asked.get('instrument')) ?? 'cadss-23';
}

function actionAsked(): DoseAction {
  return doseActions.find((one) => one === asked.get('action')) ?? 'change-rate';
}

const store = createLiveStore();
store.take({ kind: 'snapshot', number: 1, board: boardOf() }, performance.now());
const room = { store, client: fakeClient(fake, store) };
const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });

function Gallery() {
  return (
    <QueryClientProvider client={queries}>
      <RoomProvider value={room}>{drawn()}</RoomProvider>
    </QueryClientProvider>
  );
}

function drawn(): ReactNode {
  switch (screen) {
    case 'home':
      return (
        <Framed>
          <HomeScreen
            onStart={nothing}
            onReturn={nothing}
            onOpenRecord={nothing}
            onSign={nothing}
            onSetUp={nothing}
            onSignIn={nothing}
            onPeople={nothing}
            onMonitors={nothing}
            onProtocols={nothing}
            onDrugLog={nothing}
            onLooks={nothing}
            onTextPacks={nothing}
            onRecoveryKeys={nothing}
          />
        </Framed>
      );
    case 'start':
      return (
        <Framed>
          <StartScreen onStarted={nothing} onSignIn={nothing} onRate={nothing} onVitals={nothing} onGive={nothing} />
        </Framed>
      );
    case 'rating':
      return (
        <Beside>
          <RatingSheet instrument={instrumentAsked()} onClose={nothing} />
        </Beside>
      );
    case 'dose':
      return (
        <Beside>
          <DoseSheet action={actionAsked()} onClose={nothing} />
        </Beside>
      );
    case 'sign-in':
      return (
        <Beside>
          <SignIn onClose={nothing} />
        </Beside>
      );
    case 'setup':
      return <SetupScreen onDone={nothing} onLeave={nothing} />;
    case 'recovery-key':
      return <RecoveryKey roomName="Room 2" ceremony={someCeremony} onDone={nothing} />;
    case 'record':
      return (
        <Framed>
          <RecordScreen sessionId={fixtureId(8, 1)} onBack={nothing} />
        </Framed>
      );
    default:
      return <p>{`no screen called ${screen}`}</p>;
  }
}

/** The place between the page's banner and its footer. */
function Framed({ children }: { readonly children: ReactNode }) {
  return (
    <div style={{ display: 'grid', gridTemplateRows: 'var(--banner-height) minmax(0, 1fr) var(--footer-height)', height: '100%' }}>
      <div style={{ background: 'var(--surface)', borderBottom: '1px solid var(--line)' }} />
      <main style={{ minHeight: 0 }}>{children}</main>
      <div />
    </div>
  );
}

/** The place of a sheet on the session screen. */
function Beside({ children }: { readonly children: ReactNode }) {
  return (
    <main
      style={{
        position: 'absolute',
        top: 'calc(var(--banner-height) + var(--rail-height))',
        right: 0,
        bottom: 'calc(var(--observation-height) + var(--footer-height))',
        width: 'var(--sheet-width)',
      }}
    >
      {children}
    </main>
  );
}

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Gallery />);
