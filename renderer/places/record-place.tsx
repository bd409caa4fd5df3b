import type { SessionView } from '../../shared/contract/session-view/session-view.ts';
import { isFor } from '../../shared/contract/role-table.ts';
import type { SessionId } from '../../shared/values/ids.ts';
import { PageFrame } from '../components/page/page-frame.tsx';
import { RecordingWords } from '../components/page/recording-words.tsx';
import { RoomFacts } from '../components/page/room-facts.tsx';
import { useSheetPlace } from '../components/sheet/sheet-place.ts';
import { AskedFirst } from '../components/act/who-may.tsx';
import { EntrySheet } from '../sheets/entries/entry-sheet.tsx';
import { CommandSessionProvider } from '../live/command-session.tsx';
import { useRecord } from '../live/use-record.ts';
import { useSeat } from '../live/use-seat.ts';
import { AddEntrySheet } from '../screens/record/add-entry-sheet.tsx';
import { markOfEntry } from '../screens/record/entry-history.ts';
import type { RecordLine } from '../screens/record/entry-list.ts';
import { RecordScreen } from '../screens/record/record-screen.tsx';
import { RecordLooksSheet } from '../sheets/looks/looks-sheet.tsx';
import { ArtefactSheet } from '../sheets/vitals/artefact-sheet.tsx';
import { ObservationCorrectSheet } from '../sheets/entries/observation-correct-sheet.tsx';
import { VitalsByHandSheet } from '../sheets/vitals/vitals-by-hand-sheet.tsx';

interface RecordPlaceProps {
  readonly sessionId: SessionId;
  readonly onBack: () => void;
  readonly onSign: () => void;
}

/**
 * A record, and the sheets that put its entries right: before it is signed, and in an amendment. There is no observation line
 * here and no private side: words are moved to that side on the session's screen, where its author opens it.
 */
export function RecordPlace({ sessionId, onBack, onSign }: RecordPlaceProps) {
  const { sheet: entry, key, open, close } = useSheetPlace<RecordLine | 'add' | 'vitals' | 'artefact' | 'looks'>();
  const session = useRecord(sessionId).data?.session;
  const { person } = useSeat();
  const mayReadLooks = person !== null && isFor(person.role, { task: 'read-looks' });
  return (
    <CommandSessionProvider sessionId={sessionId} endedMs={session?.endedMs ?? null}>
      <PageFrame
        about={<RoomFacts />}
        footer={<RecordingWords />}
        onHome={onBack}
        sheet={entry === null || session === undefined ? null : <OpenSheet key={key} entry={entry} session={session} onClose={close} />}
      >
        <RecordScreen
          sessionId={sessionId}
          onBack={onBack}
          onSign={onSign}
          onCorrect={open}
          onAdd={open}
          {...(mayReadLooks ? { onLooks: () => open('looks') } : {})}
        />
      </PageFrame>
    </CommandSessionProvider>
  );
}

interface OpenSheetProps {
  /** Or what is to be added. */
  readonly entry: RecordLine | 'add' | 'vitals' | 'artefact' | 'looks';
  readonly session: SessionView;
  readonly onClose: () => void;
}

function OpenSheet({ entry, session, onClose }: OpenSheetProps) {
  if (entry === 'looks') return <RecordLooksSheet recordNumber={session.patient.recordNumber} onClose={onClose} />;
  if (entry === 'add') return <AddEntrySheet onClose={onClose} />;
  if (entry === 'artefact' || entry === 'vitals') {
    return (
      <AskedFirst asked={{ type: entry === 'vitals' ? 'enter-vitals' : 'mark-artefact' }} onClose={onClose}>
        {entry === 'vitals' ? <VitalsByHandSheet onClose={onClose} /> : <ArtefactSheet session={session} onClose={onClose} />}
      </AskedFirst>
    );
  }
  if (entry.correction !== 'observation') {
    return <EntrySheet key={entry.key} session={session} eventId={entry.key} entry={markOfEntry(entry)} onClose={onClose} />;
  }
  return <ObservationCorrectSheet key={entry.key} session={session} eventId={entry.key} onClose={onClose} />;
}
