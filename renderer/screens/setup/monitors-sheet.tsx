import { useState } from 'react';
import { SheetForm } from '../../components/sheet-form.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { useBoard } from '../../live/room-context.tsx';
import { useSignInRequest } from '../../live/sign-in-request.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { setupText } from '../../text/setup.ts';
import { signInText } from '../../text/sign-in.ts';
import { AddMonitor } from './add-monitor.tsx';
import { MonitorRow } from './monitor-row.tsx';
import { mayDo } from './room-tasks.ts';
import { useFocusAtFirst } from './use-focus-at-first.ts';
import styles from './room-sheet.module.css';

const words = setupText.monitorSheet;
const monitorsMax = 8;

export interface MonitorsSheetProps {
  readonly onClose: () => void;
  /** From the demo, whose monitors are not there, to a room with real ones. */
  readonly onSetUp: () => void;
}

/** The monitors of the room after set-up: which they are, one more, or one less. */
export function MonitorsSheet({ onClose, onSetUp }: MonitorsSheetProps) {
  const { person } = useSeat();
  const demo = useBoard((board) => board.room.demo);
  const none = useBoard((board) => board.monitors.length === 0);
  const askSignIn = useSignInRequest();
  const may = person !== null && !demo && mayDo('change-monitors', person.role);
  // Whoever opens this with no monitor at all has come to add one.
  const [adding, setAdding] = useState(none);
  const [said, setSaid] = useState('');
  const list = { title: words.title, cancel: words.close, onCancel: onClose, waitsFor: null, busy: false, refusal: null } as const;
  return (
    <Sheet label={words.title} onClose={onClose}>
      {!may ? (
        <SheetForm
          {...list}
          words={demo ? words.demo : person === null ? words.signInFirst : words.notFor(signInText.role[person.role])}
          confirm={demo ? words.setUp : person === null ? words.signIn : words.signInOther}
          onConfirm={demo ? onSetUp : askSignIn}
        >
          <Monitors />
        </SheetForm>
      ) : adding ? (
        <AddMonitor
          onBack={() => setAdding(false)}
          onAdded={(name) => {
            setSaid(words.added(name));
            setAdding(false);
          }}
        />
      ) : (
        <ChangeMonitors {...list} said={said} onSay={setSaid} onAdd={() => setAdding(true)} />
      )}
    </Sheet>
  );
}

interface ChangeMonitorsProps {
  readonly title: string;
  readonly cancel: string;
  readonly onCancel: () => void;
  readonly busy: boolean;
  readonly refusal: string | null;
  /** What happened last. */
  readonly said: string;
  readonly onSay: (words: string) => void;
  readonly onAdd: () => void;
}

function ChangeMonitors({ said, onSay, onAdd, ...form }: ChangeMonitorsProps) {
  const view = useFocusAtFirst();
  const full = useBoard((board) => board.monitors.length >= monitorsMax);
  return (
    <SheetForm {...form} words={words.words} confirm={words.add} waitsFor={full ? words.full : null} onConfirm={onAdd}>
      <div ref={view} tabIndex={-1} className={styles.view}>
        <p className={styles.said} role="status">
          {said}
        </p>
        <Monitors
          onRemoved={(name) => {
            onSay(words.removed(name));
            // Its row had the focus, and is gone.
            view.current?.focus();
          }}
        />
      </div>
    </SheetForm>
  );
}

function Monitors({ onRemoved }: { readonly onRemoved?: (name: string) => void }) {
  const monitors = useBoard((board) => board.monitors);
  if (monitors.length === 0) {
    return (
      <div className={styles.empty}>
        <strong>{words.none}</strong>
        <span>{words.noneWords}</span>
      </div>
    );
  }
  return (
    <ul className={styles.monitors}>
      {monitors.map((monitor) => (
        <MonitorRow key={monitor.monitorId} monitor={monitor} onRemoved={onRemoved} />
      ))}
    </ul>
  );
}
