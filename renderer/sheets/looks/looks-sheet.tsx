import { useState } from 'react';
import type { LooksOf } from '../../../shared/contract/looks.ts';
import { AskedFirst } from '../../components/act/who-may.tsx';
import { Button } from '../../components/button.tsx';
import { ChoiceTiles } from '../../components/fields/choice-tiles.tsx';
import { Segmented } from '../../components/fields/segmented.tsx';
import { TextField } from '../../components/fields/text-field.tsx';
import { SheetView } from '../../components/sheet/sheet-view.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { looksText } from '../../text/looks.ts';
import { useStaffList } from '../room/use-staff-list.ts';
import { LookList } from './look-list.tsx';
import styles from './looks.module.css';

const words = looksText;

interface RecordLooksSheetProps {
  readonly recordNumber: string;
  readonly onClose: () => void;
}

/** Who looked at the records of one patient. */
export function RecordLooksSheet({ recordNumber, onClose }: RecordLooksSheetProps) {
  return (
    <AskedFirst asked={{ task: 'read-looks' }} onClose={onClose}>
      <SheetView title={words.title} words={`${words.recordWords(recordNumber)} ${words.words}`} close={words.close} onClose={onClose}>
        <LookList of={{ by: 'record-number', recordNumber }} />
      </SheetView>
    </AskedFirst>
  );
}

/** Who looked at anything in the room: everybody, one person, or at one patient's records. */
export function LooksSheet({ onClose }: { readonly onClose: () => void }) {
  const { person } = useSeat();
  return (
    <AskedFirst asked={{ task: 'read-looks' }} onClose={onClose}>
      <SheetView title={words.title} words={words.words} close={words.close} onClose={onClose}>
        {person === null ? null : <RoomLooks />}
      </SheetView>
    </AskedFirst>
  );
}

const sides = (['everybody', 'person', 'record-number'] as const).map((value) => ({ value, label: words.by[value] }));

function RoomLooks() {
  const [by, setBy] = useState<LooksOf['by']>('everybody');
  const [personId, setPersonId] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [recordNumber, setRecordNumber] = useState('');
  const { members } = useStaffList();
  const show = (): void => setRecordNumber(typed.trim());
  const of: LooksOf | null =
    by === 'everybody'
      ? { by }
      : by === 'person'
        ? personId === null
          ? null
          : { by, personId }
        : recordNumber === ''
          ? null
          : { by, recordNumber };
  return (
    <>
      <Segmented label={words.whose} value={by} onChange={setBy} options={sides} size="large" />
      {by === 'person' ? (
        <ChoiceTiles
          label={words.person}
          value={personId}
          onChange={setPersonId}
          options={(members ?? []).map(({ personId: value, name }) => ({ value, label: name }))}
        />
      ) : null}
      {by === 'record-number' ? (
        <TextField
          label={words.recordNumber}
          hint={words.recordNumberHint}
          value={typed}
          onChange={setTyped}
          onEnter={show}
          maxLength={40}
          after={
            <Button onPress={show} size="large">
              {words.show}
            </Button>
          }
        />
      ) : null}
      {of === null ? (
        <p className={styles.quiet}>{by === 'person' ? words.choosePerson : words.typeNumber}</p>
      ) : (
        <LookList key={JSON.stringify(of)} of={of} />
      )}
    </>
  );
}
