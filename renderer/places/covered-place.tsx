import type { SessionCover } from '../../shared/contract/board/session-cover.ts';
import { PageFrame } from '../components/page/page-frame.tsx';
import { RecordingWords } from '../components/page/recording-words.tsx';
import { RoomFacts } from '../components/page/room-facts.tsx';
import { useSignInRequest } from '../live/sign-in-request.tsx';
import { CoveredScreen } from '../screens/session/covered-screen.tsx';

interface CoveredPlaceProps {
  /** The session in this room; null where none is open. */
  readonly cover: SessionCover | null;
  /** Left out where the page as a whole is covered: no other place of it is open then. */
  readonly onHome?: () => void;
}

/** In the place of what whoever is here may not read. A page that was covered waits for a PIN from the beginning. */
export function CoveredPlace({ cover, onHome }: CoveredPlaceProps) {
  return (
    <PageFrame
      about={<RoomFacts />}
      footer={<RecordingWords />}
      asksWhoFirst={onHome === undefined}
      {...(onHome === undefined ? {} : { onHome })}
    >
      <Covered cover={cover} />
    </PageFrame>
  );
}

/** Inside the frame, which has the place of the sign-in. */
function Covered({ cover }: Pick<CoveredPlaceProps, 'cover'>) {
  return <CoveredScreen cover={cover} onSignIn={useSignInRequest()} />;
}
