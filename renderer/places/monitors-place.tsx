import { useState } from 'react';
import { PageFrame } from '../components/page/page-frame.tsx';
import { RoomFacts, VersionWords } from '../components/page/room-facts.tsx';
import { useSheetPlace } from '../components/sheet/sheet-place.ts';
import { Sheet } from '../components/sheet/sheet.tsx';
import { MonitorsScreen } from '../screens/monitors/monitors-screen.tsx';
import { AddMonitor } from '../sheets/room/add-monitor.tsx';
import { monitorsText } from '../text/monitors.ts';

interface MonitorsPlaceProps {
  readonly onHome: () => void;
  readonly onSetUp: () => void;
}

/** The monitors screen, and beside it the form where port and protocol are chosen by hand. */
export function MonitorsPlace({ onHome, onSetUp }: MonitorsPlaceProps) {
  const { sheet: asked, key, open, close } = useSheetPlace<'by-hand'>();
  const [said, setSaid] = useState('');
  const sheet =
    asked === null ? null : (
      <Sheet key={key} label={monitorsText.byHand} onClose={close}>
        <AddMonitor
          onBack={close}
          onAdded={(name) => {
            setSaid(monitorsText.find.added(name));
            close();
          }}
        />
      </Sheet>
    );
  return (
    <PageFrame about={<RoomFacts />} footer={<VersionWords />} onHome={onHome} sheet={sheet}>
      <MonitorsScreen onBack={onHome} onByHand={() => open('by-hand')} onSetUp={onSetUp} said={said} />
    </PageFrame>
  );
}
