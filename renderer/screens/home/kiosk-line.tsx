import { useEffect, useState } from 'react';
import { desktopShell } from '../../connection/desktop-shell.ts';
import { wordsOfFailure } from '../../connection/failure.ts';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { WhoMay } from '../../components/act/who-may.tsx';
import { Button } from '../../components/button.tsx';
import { PinPad } from '../../components/fields/pin-pad.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { kioskText as words } from '../../text/kiosk.ts';
import { WorkstationLine } from './workstation-line.tsx';

/** Only where the desktop's window is a kiosk. */
export function KioskLine() {
  const [isKiosk, setIsKiosk] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);
  useEffect(() => {
    void desktopShell()?.isKiosk().then(setIsKiosk);
  }, []);
  if (!isKiosk) return null;
  const action = isLeaving ? (
    <WhoMay asked={{ task: 'leave-kiosk' }}>
      <LeaveKiosk onLeft={() => setIsKiosk(false)} />
    </WhoMay>
  ) : (
    <Button onPress={() => setIsLeaving(true)}>{words.open}</Button>
  );
  return (
    <WorkstationLine icon="lock" name={words.name} state={words.state} action={action}>
      {words.words}
    </WorkstationLine>
  );
}

function LeaveKiosk({ onLeft }: { readonly onLeft: () => void }) {
  const { client } = useRoom();
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const leave = (): void => {
    if (busy || pin.length < 6) return;
    setBusy(true);
    setFailure(null);
    client.setup
      .leaveKiosk({ pin })
      .then(onLeft, (error: unknown) => setFailure(error))
      .finally(() => {
        setPin('');
        setBusy(false);
      });
  };
  return (
    <>
      {failure === null ? null : <RefusalNote words={wordsOfFailure(failure)} />}
      <PinPad label={words.pin} value={pin} onChange={setPin} onEnter={leave} busy={busy} okName={words.ok} />
    </>
  );
}
