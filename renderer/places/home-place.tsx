import { PageFrame } from '../components/page/page-frame.tsx';
import { RoomFacts, VersionWords } from '../components/page/room-facts.tsx';
import { useSheetPlace } from '../components/sheet/sheet-place.ts';
import { useSignInRequest } from '../live/sign-in-request.tsx';
import { useSeat } from '../live/use-seat.ts';
import type { Place } from '../navigation.ts';
import { HomeScreen } from '../screens/home/home-screen.tsx';
import { TextPacksSheet } from '../screens/home/text-packs/text-packs-sheet.tsx';
import { DrugLogSheet } from '../sheets/drug-log/drug-log-sheet.tsx';
import { LooksSheet } from '../sheets/looks/looks-sheet.tsx';
import { PeopleSheet } from '../sheets/room/people-sheet.tsx';
import { RecoveryKeysSheet } from '../sheets/room/recovery-keys-sheet.tsx';

type HomeSheet = 'people' | 'drug-log' | 'text-packs' | 'recovery-keys' | 'looks';

/** The room between sessions, and beside it what belongs to the room. */
export function HomePlace({ go }: { readonly go: (place: Place) => void }) {
  const { sheet, key, open, close } = useSheetPlace<HomeSheet>();
  const drawn =
    sheet === 'people' ? (
      <PeopleSheet key={key} onClose={close} />
    ) : sheet === 'drug-log' ? (
      <DrugLogSheet key={key} onClose={close} />
    ) : sheet === 'looks' ? (
      <LooksSheet key={key} onClose={close} />
    ) : sheet === 'text-packs' ? (
      <TextPacksSheet key={key} onClose={close} />
    ) : sheet === 'recovery-keys' ? (
      <RecoveryKeysSheet key={key} onClose={close} />
    ) : null;
  return (
    <PageFrame about={<RoomFacts />} footer={<VersionWords />} sheet={drawn}>
      <Home go={go} onSheet={open} />
    </PageFrame>
  );
}

interface HomeProps {
  readonly go: (place: Place) => void;
  readonly onSheet: (sheet: HomeSheet) => void;
}

function Home({ go, onSheet }: HomeProps) {
  const askSignIn = useSignInRequest();
  const { person } = useSeat();
  // What these sheets record carries a person's name, so the sign-in comes first and the sheet after it.
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
      onLooks={() => openSheet('looks')}
      onTextPacks={() => onSheet('text-packs')}
      onRecoveryKeys={() => openSheet('recovery-keys')}
    />
  );
}
