import { Connecting, DemoCatchingUp } from './components/page/connecting.tsx';
import { NotRecording } from './components/page/not-recording.tsx';
import { useLive } from './live/room-context.tsx';
import { SignInSheetProvider, type DrawSignIn } from './live/sign-in-request.tsx';
import { CurrentPlace } from './places/place.tsx';
import { SignIn } from './sheets/sign-in/sign-in.tsx';

/** The page: the place its address and its room call for, and over everything whether the record is being kept. */
export function App() {
  const hasBoard = useLive((state) => state.board !== null);
  const catchingUp = useLive((state) => state.board !== null && state.board.room.demo && state.board.clock.rate >= catchUpRateMin);
  return (
    <SignInSheetProvider value={drawSignIn}>
      <NotRecording>{!hasBoard ? <Connecting /> : catchingUp ? <DemoCatchingUp /> : <CurrentPlace />}</NotRecording>
    </SignInSheetProvider>
  );
}

/**
 * Seconds of the room in a second from which on the page shows only that the demo catches up. A demo that people work
 * in runs far slower.
 */
const catchUpRateMin = 1000;

const drawSignIn: DrawSignIn = (onClose, asked, onDone) => (
  <SignIn key={JSON.stringify(asked)} onClose={onClose} asked={asked} onDone={onDone} />
);
