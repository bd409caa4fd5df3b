import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { ProtocolVersion } from '../../../shared/contract/protocol-versions.ts';
import { Button } from '../../components/button.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { useSignInRequest } from '../../live/sign-in-request.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { protocolsText } from '../../text/protocols.ts';
import { ProtocolList } from './protocol-list.tsx';
import { ProtocolWork } from './protocol-work.tsx';
import { Columns, Screen, Waiting } from '../../components/page/screen.tsx';
import styles from './protocols-screen.module.css';
import { ReadFailed } from '../../components/act/read-failed.tsx';

const words = protocolsText;

/** Setup → protocols: read a version, copy and edit it, look at its dry run, publish it as the next one. */
export function ProtocolsScreen({ onBack }: { readonly onBack: () => void }) {
  const { client } = useRoom();
  const { person } = useSeat();
  const askSignIn = useSignInRequest();
  const list = useQuery({
    // The draft does not depend on who is signed in, so that a prescriber who signs in to publish finds it.
    queryKey: ['protocol-versions'],
    queryFn: () => client.protocols.list(),
    enabled: person !== null,
    retry: false,
  });
  return (
    <Screen back={words.back} onBack={onBack} title={words.title}>
      {list.isSuccess ? (
        <Versions versions={list.data} />
      ) : (
        <Waiting>
          {person === null ? (
            <>
              <p>{words.signInFirst}</p>
              <Button kind="primary" onPress={askSignIn}>
                {words.signIn}
              </Button>
            </>
          ) : list.isError ? (
            <ReadFailed of={list} words={words.failed} />
          ) : (
            <p role="status">{words.loading}</p>
          )}
        </Waiting>
      )}
    </Screen>
  );
}

function Versions({ versions }: { readonly versions: readonly ProtocolVersion[] }) {
  const { client } = useRoom();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<Pick<ProtocolVersion, 'protocolId' | 'version'> | null>(null);
  const [said, setSaid] = useState('');
  const shown = chosen ?? versions.find((one) => one.validity === 'in-force') ?? versions[0] ?? null;
  const read = useQuery({
    queryKey: ['protocol', shown?.protocolId, shown?.version],
    queryFn: (): Promise<Protocol> => client.protocols.read({ protocolId: shown?.protocolId ?? '', version: shown?.version ?? 1 }),
    enabled: shown !== null,
    retry: false,
    staleTime: Infinity,
  });
  const newest = Math.max(...versions.filter((one) => one.protocolId === shown?.protocolId).map((one) => one.version));
  return (
    <Columns className={styles.columns}>
      <ProtocolList
        versions={versions}
        shown={shown}
        onShow={(one) => {
          setSaid('');
          setChosen(one);
        }}
      />
      {read.isSuccess ? (
        <ProtocolWork
          key={`${read.data.id} ${read.data.version}`}
          protocol={read.data}
          isNewest={read.data.version === newest}
          said={said}
          onPublished={(version) => {
            setSaid(words.publish.done(version));
            setChosen({ protocolId: read.data.id, version });
            // The list here, and what the start screen offers.
            void queries.invalidateQueries({ queryKey: ['protocol-versions'] });
            void queries.invalidateQueries({ queryKey: ['protocols'] });
          }}
        />
      ) : (
        <Waiting>{read.isError ? <ReadFailed of={read} /> : <p>{words.loading}</p>}</Waiting>
      )}
    </Columns>
  );
}
