import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { roomRoles } from '../../../../shared/contract/role-table.ts';
import { instrumentIds, type InstrumentId } from '../../../../shared/clinical/instrument-id.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import type { TextPackView } from '../../../../shared/contract/text-pack-contract.ts';
import { Button } from '../../../components/button.tsx';
import { wordsOfFailure } from '../../../connection/failure.ts';
import { RefusalNote } from '../../../components/act/refusal-note.tsx';
import { SheetView } from '../../../components/sheet/sheet-view.tsx';
import { useRoom } from '../../../live/room-context.tsx';
import { useSignInRequest } from '../../../live/sign-in-request.tsx';
import { useSeat } from '../../../live/use-seat.ts';
import { signInText } from '../../../text/sign-in.ts';
import { textPackText } from '../../../text/text-packs.ts';
import { PackFile } from './pack-file.tsx';
import { PackRow } from './pack-row.tsx';
import styles from './text-packs-sheet.module.css';
import { ReadFailed } from '../../../components/act/read-failed.tsx';

const groups = ['structure', 'own-words', 'verbatim'] as const;

/** Every instrument, whose words it shows, and the files a clinic loads for it. */
export function TextPacksSheet({ onClose }: { readonly onClose: () => void }) {
  const words = textPackText;
  const { client } = useRoom();
  const queries = useQueryClient();
  const { person } = useSeat();
  const askSignIn = useSignInRequest();
  const list = useQuery({ queryKey: ['text-packs'], queryFn: () => client.textPacks.list(), retry: false });
  const [said, setSaid] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const may = person !== null && roomRoles['load-text-pack'].includes(person.role);
  const settle = async (call: Promise<string>): Promise<void> => {
    setSaid('');
    setRefusal(null);
    try {
      setSaid(await call);
    } catch (error) {
      setRefusal(wordsOfFailure(error));
    }
    await queries.invalidateQueries({ queryKey: ['text-packs'] });
  };
  const load = (content: string, instrument?: InstrumentId): Promise<void> =>
    settle(
      client.textPacks.load(instrument === undefined ? { content } : { content, instrument }).then(({ pack, changed }) => {
        const { name } = instruments[pack.instrument];
        return changed ? words.said(name, pack.version) : words.same(name, pack.version);
      }),
    );
  const remove = (instrument: InstrumentId): Promise<void> =>
    settle(client.textPacks.remove({ instrument }).then(() => words.removed(instruments[instrument].name)));
  const fail = (sentence: string): void => {
    setSaid('');
    setRefusal(sentence);
  };
  return (
    <SheetView
      title={words.title}
      words={may ? words.words : person === null ? words.signInFirst : words.notFor(signInText.role[person.role])}
      close={words.close}
      onClose={onClose}
      className={styles.sheet}
    >
      {may ? (
        <PackFile label={words.load} name={words.load} onContent={load} onFail={fail} large />
      ) : (
        <Button onPress={askSignIn}>{words.signIn}</Button>
      )}
      <p className={styles.said} role="status">
        {said}
      </p>
      {refusal === null ? null : <RefusalNote words={refusal} />}
      {list.isError ? (
        <ReadFailed of={list} words={words.listFailed} />
      ) : (
        groups.map((group) => (
          <Group key={group} group={group} packs={list.data ?? []} may={may} onLoad={load} onRemove={remove} onFail={fail} />
        ))
      )}
    </SheetView>
  );
}

interface GroupProps {
  readonly group: (typeof groups)[number];
  readonly packs: readonly TextPackView[];
  readonly may: boolean;
  readonly onLoad: (content: string, instrument: InstrumentId) => Promise<void>;
  readonly onRemove: (instrument: InstrumentId) => Promise<void>;
  readonly onFail: (sentence: string) => void;
}

function Group({ group, packs, ...row }: GroupProps) {
  const { heading, words } = textPackText.groups[group];
  return (
    <section aria-labelledby={`packs-${group}`}>
      <h3 id={`packs-${group}`} className={styles.group}>
        {heading} <span>{words}</span>
      </h3>
      <ul className={styles.rows}>
        {instrumentIds
          .filter((id) => instruments[id].wording === group)
          .map((id) => (
            <PackRow key={id} instrument={instruments[id]} pack={packs.find((pack) => pack.instrument === id) ?? null} {...row} />
          ))}
      </ul>
    </section>
  );
}
