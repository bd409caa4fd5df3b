import { useState } from 'react';
import { Connecting, DemoCatchingUp } from './components/page/connecting.tsx';
import { NotRecording } from './components/page/not-recording.tsx';
import { PageFrame } from './components/page/page-frame.tsx';
import { RecordingWords } from './components/page/recording-words.tsx';
import { PatientFacts } from './components/page/patient-facts.tsx';
import { RoomFacts, VersionWords } from './components/page/room-facts.tsx';
import { useSheetPlace } from './components/sheet/sheet-place.ts';
import { AskedFirst } from './components/act/who-may.tsx';
import { useBoard, useLive } from './live/room-context.tsx';
import { SignInSheetProvider, useSignInRequest, type DrawSignIn } from './live/sign-in-request.tsx';
import { useRoute } from './live/use-route.ts';
import { useSeat } from './live/use-seat.ts';
import { useStay } from './live/use-stay.ts';
import { placeOf, type Route } from './navigation.ts';
import { eventSheet } from './places/event-sheets.tsx';
import { DrugLogSheet } from './sheets/drug-log/drug-log-sheet.tsx';
import { BagSheet } from './sheets/dose/bag-sheet.tsx';
import { DoseSheet } from './sheets/dose/dose-sheet.tsx';
import { giftOf, isGiftAction, type GiftAction } from './sheets/dose/gift-input.ts';
import { GiftSheet } from './sheets/dose/gift-sheet.tsx';
import { DischargeSheet } from './screens/session/discharge/discharge-sheet.tsx';
import { LeftSheet } from './screens/session/discharge/left-sheet.tsx';
import { HandoverSheet } from './screens/session/discharge/handover-sheet.tsx';
import { HomeScreen } from './screens/home/home-screen.tsx';
import { ProtocolsScreen } from './screens/protocols/protocols-screen.tsx';
import { ChooseRating } from './sheets/rating/choose-rating.tsx';
import { RatingSheet } from './sheets/rating/rating-sheet.tsx';
import { CoveredSession } from './screens/session/covered-session.tsx';
import { VitalsByHandSheet } from './sheets/vitals/vitals-by-hand-sheet.tsx';
import { SessionScreen, type SessionScreenSheets } from './screens/session/session-screen.tsx';
import { MonitorsPlace } from './places/monitors-place.tsx';
import { PeopleSheet } from './sheets/room/people-sheet.tsx';
import { SetupScreen } from './screens/setup/setup-screen.tsx';
import { SignIn } from './sheets/sign-in/sign-in.tsx';
import { TextPacksSheet } from './screens/home/text-packs/text-packs-sheet.tsx';
import { LateCheckSheet } from './screens/start/late-check-sheet.tsx';
import { StartScreen, type StartScreenProps } from './screens/start/start-screen.tsx';
import { RecordPlace } from './places/record-place.tsx';
import { SignPlace } from './places/sign-place.tsx';
import { pageText } from './text/page.ts';
import type { InstrumentId } from '../shared/clinical/instrument-id.ts';
import type { SessionSection } from '../shared/contract/room-board.ts';
import type { SessionCover } from '../shared/contract/session-cover.ts';

/** The page: the place its address and its room call for, and over everything whether the record is being kept. */
export function App() {
  const hasBoard = useLive((state) => state.board !== null);
  const catchingUp = useLive((state) => state.board !== null && state.board.room.demo && state.board.clock.rate >= catchUpRateMin);
  return (
    <SignInSheetProvider value={drawSignIn}>
      <NotRecording>{!hasBoard ? <Connecting /> : catchingUp ? <DemoCatchingUp /> : <Place />}</NotRecording>
    </SignInSheetProvider>
  );
}

/** Nobody works at this pace: a demo that runs faster than life stays far below it. */
const catchUpRateMin = 1000;

const drawSignIn: DrawSignIn = (onClose, asked, onDone) => (
  <SignIn key={JSON.stringify(asked)} onClose={onClose} asked={asked} onDone={onDone} />
);

const sessionSheets: SessionScreenSheets = {
  rating: (wanted, onClose) =>
    wanted.ratingId === null ? (
      <RatingSheet instrument={wanted.instrument} onClose={onClose} />
    ) : (
      <RatingSheet ratingId={wanted.ratingId} onClose={onClose} />
    ),
  ratings: (onChoose, onClose) => <ChooseRating onChoose={onChoose} onClose={onClose} />,
  dose: (action, onClose) =>
    isGiftAction(action) ? (
      <GiftSheet action={action} onClose={onClose} />
    ) : action === 'change-bag' ? (
      <BagSheet onClose={onClose} />
    ) : (
      <DoseSheet action={action} onClose={onClose} />
    ),
  lateCheck: (milestone, session, onClose) => <LateCheckSheet milestone={milestone} session={session} onClose={onClose} />,
  leaving: (kind, session, onSheet, onClose) =>
    kind === 'discharge' ? (
      <DischargeSheet
        session={session}
        onRate={(instrument) => onSheet({ kind: 'rating', instrument, ratingId: null })}
        onLeft={() => onSheet({ kind: 'left' })}
        onClose={onClose}
      />
    ) : kind === 'left' ? (
      <LeftSheet onClose={onClose} />
    ) : (
      <HandoverSheet session={session} onClose={onClose} />
    ),
  events: eventSheet,
};

function Place() {
  useStay();
  const { route: asked, go } = useRoute();
  const room = useBoard((board) => board.room);
  const { place, open, covered } = usePlace(asked);
  // After a reload the seat is taken again in a moment; only a tap on "Start a session" asks who is here.
  const { person } = useSeat();
  const [cameFromHome, setCameFromHome] = useState(false);
  const goHome = (): void => go({ at: 'home' });
  switch (place.at) {
    case 'setup':
      return <SetupScreen onDone={goHome} {...(room.setUp || room.demo ? { onLeave: goHome } : {})} />;
    case 'session':
      if (covered !== null) return <CoveredPlace cover={covered} onHome={goHome} />;
      return open === null ? null : <SessionScreen session={open} sheets={sessionSheets} onHome={goHome} />;
    case 'record':
      return (
        <RecordPlace
          key={place.sessionId}
          sessionId={place.sessionId}
          onBack={goHome}
          onSign={() => go({ at: 'sign', sessionId: place.sessionId })}
        />
      );
    case 'protocols':
      return (
        <PageFrame about={<RoomFacts />} footer={<VersionWords />} onHome={goHome} asksWhoFirst={cameFromHome && person === null}>
          <ProtocolsScreen onBack={goHome} />
        </PageFrame>
      );
    case 'monitors':
      return <MonitorsPlace onHome={goHome} onSetUp={() => go({ at: 'setup' })} />;
    case 'sign':
      return (
        <SignPlace
          key={place.sessionId}
          sessionId={place.sessionId}
          onBack={goHome}
          onRecord={() => go({ at: 'record', sessionId: place.sessionId })}
          onHome={goHome}
        />
      );
    case 'start':
      if (covered !== null) return <CoveredPlace cover={covered} onHome={goHome} />;
      return <StartPlace go={go} asksWhoFirst={cameFromHome && person === null} />;
    case 'home':
      return (
        <HomePlace
          go={(route) => {
            setCameFromHome(true);
            go(route);
          }}
        />
      );
  }
}

/** What the address and the room call for, and the session that is open here: seen, or covered. */
function usePlace(asked: Parameters<typeof placeOf>[0]) {
  const room = useBoard((board) => board.room);
  const session = useBoard((board) => board.session);
  const cover = useBoard((board) => board.cover);
  const open = session !== null && session.endedMs === null ? session : null;
  // Remembered, so that a session that ends under our eyes leads to its record and not to an empty place.
  const [shownId, setShownId] = useState<string | null>(null);
  if (open !== null && open.sessionId !== shownId) setShownId(open.sessionId);
  const place = placeOf(asked, {
    setUp: room.setUp,
    demo: room.demo,
    openSession: startedOf(open, cover),
    endedSessionId: session !== null && open === null ? session.sessionId : shownId,
  });
  // Signed out, or seated here in a role that reads no records: the session is there, and is not shown.
  return { place, open, covered: open === null ? cover : null };
}

function startedOf(open: SessionSection | null, cover: SessionCover | null): { readonly dosed: boolean } | null {
  if (open !== null) return { dosed: open.dose.startedMs !== null };
  return cover === null ? null : { dosed: cover.startedMs !== null };
}

function CoveredPlace({ cover, onHome }: { readonly cover: SessionCover; readonly onHome: () => void }) {
  return (
    <PageFrame about={<RoomFacts />} footer={<RecordingWords />} onHome={onHome}>
      <CoveredContent cover={cover} />
    </PageFrame>
  );
}

function CoveredContent({ cover }: { readonly cover: SessionCover }) {
  return <CoveredSession cover={cover} onSignIn={useSignInRequest()} />;
}

type HomeSheet = 'people' | 'drug-log' | 'text-packs';

function HomePlace({ go }: { readonly go: (route: Route) => void }) {
  const { sheet, key, open, close } = useSheetPlace<HomeSheet>();
  const drawn =
    sheet === 'people' ? (
      <PeopleSheet key={key} onClose={close} />
    ) : sheet === 'drug-log' ? (
      <DrugLogSheet key={key} onClose={close} />
    ) : sheet === 'text-packs' ? (
      <TextPacksSheet key={key} onClose={close} />
    ) : null;
  return (
    <PageFrame about={<RoomFacts />} footer={<VersionWords />} sheet={drawn}>
      <HomeContent go={go} onSheet={open} />
    </PageFrame>
  );
}

interface HomeContentProps {
  readonly go: (route: Route) => void;
  readonly onSheet: (sheet: HomeSheet) => void;
}

function HomeContent({ go, onSheet }: HomeContentProps) {
  const askSignIn = useSignInRequest();
  const { person } = useSeat();
  // What a sheet does carries a name: the sign-in comes first, and the sheet stands behind it.
  const openSheet = (sheet: HomeSheet): void => {
    onSheet(sheet);
    if (person === null) askSignIn();
  };
  return (
    <HomeScreen
      onStart={() => go({ at: 'start' })}
      onReturn={() => go({ at: 'session' })}
      onOpenRecord={(sessionId) => go({ at: 'record', sessionId })}
      onSign={(sessionId) => go({ at: 'sign', sessionId })}
      onSetUp={() => go({ at: 'setup' })}
      onSignIn={askSignIn}
      onPeople={() => openSheet('people')}
      onMonitors={() => go({ at: 'monitors' })}
      onProtocols={() => go({ at: 'protocols' })}
      onDrugLog={() => openSheet('drug-log')}
      onTextPacks={() => onSheet('text-packs')}
    />
  );
}

type StartSheet = { readonly rates: InstrumentId } | { readonly gives: GiftAction } | 'vitals';

function StartPlace({ go, asksWhoFirst }: { readonly go: (route: Route) => void; readonly asksWhoFirst: boolean }) {
  const session = useBoard((board) => board.session);
  const { sheet, key, open: openSheet, close } = useSheetPlace<StartSheet>();
  const open = session !== null && session.endedMs === null ? session : null;
  return (
    <PageFrame
      about={open === null ? <RoomFacts /> : <PatientFacts session={open} />}
      footer={<span>{pageText.limits}</span>}
      onHome={() => go({ at: 'home' })}
      asksWhoFirst={asksWhoFirst}
      sheet={
        sheet === null ? null : sheet === 'vitals' ? (
          <AskedFirst key={key} asked={{ type: 'enter-vitals' }} onClose={close}>
            <VitalsByHandSheet onClose={close} />
          </AskedFirst>
        ) : 'rates' in sheet ? (
          <RatingSheet key={key} instrument={sheet.rates} onClose={close} />
        ) : (
          <AskedFirst key={key} asked={{ type: sheet.gives }} onClose={close}>
            <GiftSheet action={sheet.gives} onClose={close} />
          </AskedFirst>
        )
      }
    >
      <StartContent
        onStarted={() => go({ at: 'session' })}
        onRate={(rates) => openSheet({ rates })}
        onVitals={() => openSheet('vitals')}
        onGive={(asked) => {
          const gives = giftOf(asked);
          if (gives !== null) openSheet({ gives });
        }}
      />
    </PageFrame>
  );
}

function StartContent(props: Omit<StartScreenProps, 'onSignIn'>) {
  return <StartScreen {...props} onSignIn={useSignInRequest()} />;
}
