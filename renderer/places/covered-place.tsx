import type { SessionCover } from '../../shared/contract/board/session-cover.ts';
import { PageFrame } from '../components/page/page-frame.tsx';
import { RecordingWords } from '../components/page/recording-words.tsx';
import { RoomFacts } from '../components/page/room-facts.tsx';
import { useSignInRequest } from '../live/sign-in-request.tsx';
import { CoveredSession } from '../screens/session/covered-session.tsx';

interface CoveredPlaceProps {
  readonly cover: SessionCover;
  readonly onHome: () => void;
}

/** In the place of a session that whoever is here may not read. */
export function CoveredPlace({ cover, onHome }: CoveredPlaceProps) {
  return (
    <PageFrame about={<RoomFacts />} footer={<RecordingWords />} onHome={onHome}>
      <Covered cover={cover} />
    </PageFrame>
  );
}

/** Inside the frame, which has the place of the sign-in. */
function Covered({ cover }: { readonly cover: SessionCover }) {
  return <CoveredSession cover={cover} onSignIn={useSignInRequest()} />;
}
