import type { InstrumentId } from '../../shared/clinical/instrument-id.ts';
import { AskedFirst } from '../components/act/who-may.tsx';
import { PageFrame } from '../components/page/page-frame.tsx';
import { PatientFacts } from '../components/page/patient-facts.tsx';
import { RoomFacts } from '../components/page/room-facts.tsx';
import { useSheetPlace } from '../components/sheet/sheet-place.ts';
import { useBoard } from '../live/room-context.tsx';
import { useSignInRequest } from '../live/sign-in-request.tsx';
import type { Place } from '../navigation.ts';
import { StartScreen, type StartScreenProps } from '../screens/start/start-screen.tsx';
import { administrationOf, type AdministrationAction } from '../sheets/dose/administration-input.ts';
import { AdministrationSheet } from '../sheets/dose/administration-sheet.tsx';
import { RatingSheet } from '../sheets/rating/rating-sheet.tsx';
import { VitalsByHandSheet } from '../sheets/vitals/vitals-by-hand-sheet.tsx';
import { pageText } from '../text/page.ts';

type StartSheet = { readonly rates: InstrumentId } | { readonly gives: AdministrationAction } | 'vitals';

interface StartPlaceProps {
  readonly go: (place: Place) => void;
  readonly asksWhoFirst: boolean;
}

/** What comes before the dose, and beside it what of the session is recorded already. */
export function StartPlace({ go, asksWhoFirst }: StartPlaceProps) {
  const session = useBoard((board) => board.session);
  const { sheet, key, open: openSheet, close } = useSheetPlace<StartSheet>();
  const open = session !== null && session.endedMs === null ? session : null;
  return (
    <PageFrame
      about={open === null ? <RoomFacts /> : <PatientFacts session={open} />}
      footer={<span>{pageText.limits}</span>}
      onHome={() => go({ at: 'home' })}
      asksWhoFirst={asksWhoFirst}
      sheet={sheet === null ? null : <OpenSheet key={key} sheet={sheet} onClose={close} />}
    >
      <Start
        onStarted={() => go({ at: 'session' })}
        onRate={(rates) => openSheet({ rates })}
        onVitals={() => openSheet('vitals')}
        onGive={(asked) => {
          const gives = administrationOf(asked);
          if (gives !== null) openSheet({ gives });
        }}
      />
    </PageFrame>
  );
}

function OpenSheet({ sheet, onClose }: { readonly sheet: StartSheet; readonly onClose: () => void }) {
  if (sheet === 'vitals') {
    return (
      <AskedFirst asked={{ type: 'enter-vitals' }} onClose={onClose}>
        <VitalsByHandSheet onClose={onClose} />
      </AskedFirst>
    );
  }
  if ('rates' in sheet) return <RatingSheet instrument={sheet.rates} onClose={onClose} />;
  return (
    <AskedFirst asked={{ type: sheet.gives }} onClose={onClose}>
      <AdministrationSheet action={sheet.gives} onClose={onClose} />
    </AskedFirst>
  );
}

function Start(props: Omit<StartScreenProps, 'onSignIn'>) {
  return <StartScreen {...props} onSignIn={useSignInRequest()} />;
}
