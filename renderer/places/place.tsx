import { useState } from 'react';
import type { SessionView } from '../../shared/contract/session-view/session-view.ts';
import type { SessionCover } from '../../shared/contract/board/session-cover.ts';
import { PageFrame } from '../components/page/page-frame.tsx';
import { RoomFacts, VersionWords } from '../components/page/room-facts.tsx';
import { useKeyAnywhere } from '../components/keys/key-layer.tsx';
import { useBoard } from '../live/room-context.tsx';
import { useAddress } from '../live/use-address.ts';
import { useSeat } from '../live/use-seat.ts';
import { useStay } from '../live/use-stay.ts';
import { shownPlace } from '../navigation.ts';
import { ProtocolsScreen } from '../screens/protocols/protocols-screen.tsx';
import { SessionScreen } from '../screens/session/session-screen.tsx';
import { SetupScreen } from '../screens/setup/setup-screen.tsx';
import { CoveredPlace } from './covered-place.tsx';
import { HomePlace } from './home-place.tsx';
import { MonitorsPlace } from './monitors-place.tsx';
import { RecordPlace } from './record-place.tsx';
import { SignPlace } from './sign-place.tsx';
import { StartPlace } from './start-place.tsx';

/** Types nothing anywhere, and no browser takes it. */
const coverKey = 'F9';

/** What the address shows, where the room's own state does not overrule it. */
export function CurrentPlace() {
  useStay();
  const { place: asked, go } = useAddress();
  const room = useBoard((board) => board.room);
  const { place, open, covered } = usePlace(asked);
  // After a reload the seat is taken again in a moment; only a tap on "Start a session" asks who is here.
  const { person, covered: satHere, cover } = useSeat();
  useKeyAnywhere(coverKey, () => void cover().catch(() => undefined));
  const sessionCover = useBoard((board) => board.cover);
  const [cameFromHome, setCameFromHome] = useState(false);
  const goHome = (): void => go({ at: 'home' });
  if (satHere.length > 0) return <CoveredPlace cover={sessionCover} />;
  switch (place.at) {
    case 'setup':
      return <SetupScreen onDone={goHome} {...(room.setUp || room.demo ? { onLeave: goHome } : {})} />;
    case 'session':
      if (covered !== null) return <CoveredPlace cover={covered} onHome={goHome} />;
      return open === null ? null : <SessionScreen session={open} onHome={goHome} />;
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
          go={(place) => {
            setCameFromHome(true);
            go(place);
          }}
        />
      );
  }
}

/** What the address and the room call for, and the session that is open here: seen, or covered. */
function usePlace(asked: Parameters<typeof shownPlace>[0]) {
  const room = useBoard((board) => board.room);
  const session = useBoard((board) => board.session);
  const cover = useBoard((board) => board.cover);
  const open = session !== null && session.endedMs === null ? session : null;
  // Remembered, so that a session that ends under our eyes leads to its record and not to an empty place.
  const [shownId, setShownId] = useState<string | null>(null);
  if (open !== null && open.sessionId !== shownId) setShownId(open.sessionId);
  const place = shownPlace(asked, {
    setUp: room.setUp,
    demo: room.demo,
    openSession: startedOf(open, cover),
    endedSessionId: session !== null && open === null ? session.sessionId : shownId,
  });
  // Signed out, or seated here in a role that reads no records: the session is there, and is not shown.
  return { place, open, covered: open === null ? cover : null };
}

function startedOf(open: SessionView | null, cover: SessionCover | null): { readonly dosed: boolean } | null {
  if (open !== null) return { dosed: open.dose.startedMs !== null };
  return cover === null ? null : { dosed: cover.startedMs !== null };
}
