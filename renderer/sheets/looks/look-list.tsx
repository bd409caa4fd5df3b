import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { exportFormats } from '../../../shared/contract/export-formats.ts';
import type { LooksOf, LookView } from '../../../shared/contract/looks.ts';
import { ReadFailed } from '../../components/act/read-failed.tsx';
import { RefusalNote } from '../../components/act/refusal-note.tsx';
import { saveFile } from '../../components/act/save-file.ts';
import { Button } from '../../components/button.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { wordsOfFailure } from '../../connection/failure.ts';
import { useRoom } from '../../live/room-context.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { looksText } from '../../text/looks.ts';
import styles from './looks.module.css';

const words = looksText;

/** The looks of one person, at one patient's records, or all: a page of them, and older ones when asked for. */
export function LookList({ of }: { readonly of: LooksOf }) {
  const { client } = useRoom();
  const { person } = useSeat();
  const read = useInfiniteQuery({
    queryKey: ['looks', person?.personId ?? null, of],
    queryFn: ({ pageParam }) => client.looks.list({ of, before: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ looks, hasOlder }) => (hasOlder ? (looks.at(-1)?.seq ?? null) : null),
    retry: false,
    gcTime: 0,
  });
  const looks = read.data?.pages.flatMap((page) => page.looks) ?? null;
  return (
    <>
      <ReadFailed of={read} />
      {looks === null ? (
        read.isError ? null : (
          <p className={styles.quiet} role="status">
            {words.loading}
          </p>
        )
      ) : looks.length === 0 ? (
        <p className={styles.quiet}>{words.none}</p>
      ) : (
        <>
          <SaveLooks of={of} />
          <ol className={styles.looks} aria-label={words.list}>
            {looks.map((look) => (
              <Look key={look.seq} look={look} ofOnePatient={of.by === 'record-number'} />
            ))}
          </ol>
          {read.hasNextPage ? (
            <div>
              <Button onPress={() => void read.fetchNextPage()} isDisabled={read.isFetchingNextPage} size="large">
                {words.older}
              </Button>
            </div>
          ) : null}
        </>
      )}
    </>
  );
}

interface LookProps {
  readonly look: LookView;
  /** Who that is stands above the list. */
  readonly ofOnePatient: boolean;
}

function Look({ look, ofOnePatient }: LookProps) {
  const clock = useClockTime();
  const { atMs, what, name, from, account, patient, sessionMs, format } = look;
  const about = [
    patient === null || ofOnePatient ? null : words.patient(patient.name, patient.recordNumber),
    sessionMs === null ? null : words.session(clock.dateAt(sessionMs)),
    words.from[from],
  ];
  return (
    <li>
      <time>{`${clock.dateAt(atMs)} ${clock.minute(atMs)}`}</time>
      <strong>{name ?? (account === null ? words.somebody : words.account(account))}</strong>
      <span>{words.done(what, format)}</span>
      <span className={styles.about}>{about.filter((part) => part !== null).join(' · ')}</span>
    </li>
  );
}

function SaveLooks({ of }: { readonly of: LooksOf }) {
  const { client } = useRoom();
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    setSaid(words.saving);
    try {
      const { fileName, content } = await client.looks.file({ of });
      await saveFile(fileName, content, exportFormats.csv.mimeType);
      setSaid(words.saved(fileName));
    } catch (error) {
      setSaid('');
      setFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={styles.save}>
      <Button onPress={() => void save()} isDisabled={busy} size="large">
        {words.save}
      </Button>
      <p className={styles.quiet} role="status">
        {said}
      </p>
      {failure === null ? null : <RefusalNote words={wordsOfFailure(failure)} />}
    </div>
  );
}
