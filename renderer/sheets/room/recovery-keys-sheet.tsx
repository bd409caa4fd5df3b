import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyCeremony, LeftOutKey, RecoveryKeyView } from '../../../shared/contract/recovery-keys.ts';
import { isFor } from '../../../shared/contract/role-table.ts';
import { ReadFailed } from '../../components/act/read-failed.tsx';
import { Button } from '../../components/button.tsx';
import { SheetForm } from '../../components/sheet/sheet-form.tsx';
import { Sheet } from '../../components/sheet/sheet.tsx';
import { useClockTime } from '../../components/use-clock-time.ts';
import { useRoom } from '../../live/room-context.tsx';
import { useSignInRequest } from '../../live/sign-in-request.tsx';
import { useSeat } from '../../live/use-seat.ts';
import { recoveryKeyText } from '../../text/recovery-keys.ts';
import { signInText } from '../../text/sign-in.ts';
import { KeyOnPaper, KeyTyped, NewKey } from './new-recovery-key.tsx';
import { PeoplePart } from './people-part.tsx';
import { TakeKeyAway } from './take-key-away.tsx';
import people from './people-sheet.module.css';

const words = recoveryKeyText.sheet;

/** What the sheet shows instead of the list. */
type Part =
  | { readonly part: 'name' }
  | { readonly part: 'paper'; readonly name: string; readonly ceremony: KeyCeremony }
  | { readonly part: 'typing'; readonly name: string; readonly ceremony: KeyCeremony }
  | { readonly part: 'remove'; readonly key: RecoveryKeyView };

/** The printed keys of this room: which there are, one more, one fewer. */
export function RecoveryKeysSheet({ onClose }: { readonly onClose: () => void }) {
  const { client } = useRoom();
  const { person } = useSeat();
  const [part, setPart] = useState<Part | null>(null);
  const [said, setSaid] = useState('');
  const mayKeep = person !== null && isFor(person.role, { task: 'keep-recovery-keys' });
  const read = useQuery({
    queryKey: ['recovery-keys', person?.personId ?? null, said],
    queryFn: () => client.recoveryKeys.list(),
    enabled: mayKeep,
    retry: false,
    staleTime: 0,
  });
  const confirmers = read.data?.confirmers ?? [];
  const toList = (done: string): void => {
    setSaid(done);
    setPart(null);
  };
  const leave = ({ ceremonyId }: KeyCeremony): void => {
    // Where it does not arrive, the room forgets the key by itself.
    client.recoveryKeys.leave({ ceremonyId }).catch(() => undefined);
    toList(words.left);
  };
  // What was begun is for whoever was signed in.
  const shown = mayKeep ? part : null;
  return (
    <Sheet label={words.title} onClose={onClose}>
      <PeoplePart key={shown?.part ?? 'list'}>
        {shown === null ? (
          <KeyList
            keys={read.data?.keys ?? []}
            leftOut={read.data?.leftOut ?? []}
            read={read}
            said={said}
            mayKeep={mayKeep}
            onClose={onClose}
            onPart={setPart}
          />
        ) : shown.part === 'name' ? (
          <NewKey
            confirmers={confirmers}
            onBack={() => toList('')}
            onBegun={(name, ceremony) => setPart({ part: 'paper', name, ceremony })}
          />
        ) : shown.part === 'paper' ? (
          <KeyOnPaper {...shown} onLeave={() => leave(shown.ceremony)} onGoOn={() => setPart({ ...shown, part: 'typing' })} />
        ) : shown.part === 'typing' ? (
          <KeyTyped {...shown} onBack={() => setPart({ ...shown, part: 'paper' })} onDone={() => toList(words.added(shown.name))} />
        ) : (
          <TakeKeyAway of={shown.key} confirmers={confirmers} onBack={() => toList('')} onDone={toList} />
        )}
      </PeoplePart>
    </Sheet>
  );
}

interface KeyListProps {
  readonly keys: readonly RecoveryKeyView[];
  readonly leftOut: readonly LeftOutKey[];
  readonly read: Parameters<typeof ReadFailed>[0]['of'] & { readonly isSuccess: boolean };
  /** What was done a moment ago. */
  readonly said: string;
  readonly mayKeep: boolean;
  readonly onClose: () => void;
  readonly onPart: (part: Part) => void;
}

function KeyList({ keys, leftOut, read, said, mayKeep, onClose, onPart }: KeyListProps) {
  const { person } = useSeat();
  const askSignIn = useSignInRequest();
  const clock = useClockTime();
  const lineOf = ({ madeMs, by, typedBack }: RecoveryKeyView): string =>
    [words.made(madeMs === null ? null : clock.dateAt(madeMs), by), typedBack ? words.typedBack : words.notTypedBack].join(' · ');
  return (
    <SheetForm
      title={words.title}
      words={person === null ? words.signInFirst : mayKeep ? words.words : words.notFor(signInText.role[person.role])}
      cancel={words.close}
      onCancel={onClose}
      confirm={mayKeep ? words.another : words.signIn}
      waitsFor={mayKeep && !read.isSuccess ? words.reading : null}
      busy={false}
      onConfirm={() => (mayKeep ? onPart({ part: 'name' }) : askSignIn())}
      refusal={null}
    >
      <p className={people.said} role="status">
        {said}
      </p>
      <ReadFailed of={read} />
      {read.isSuccess && keys.length === 0 ? <p>{words.none}</p> : null}
      <ul className={people.people}>
        {keys.map((key) => (
          <li key={key.keyId} className={people.person}>
            <span className={people.name}>
              <strong dir="auto">{words.nameOf(key.name)}</strong>
              <span>{lineOf(key)}</span>
            </span>
            {keys.length === 1 ? null : (
              <Button onPress={() => onPart({ part: 'remove', key })} label={words.removeOf(words.nameOf(key.name))}>
                {words.remove}
              </Button>
            )}
          </li>
        ))}
        {leftOut.map(({ keyId, name, sinceMs }) => (
          <li key={keyId} className={people.person}>
            <span className={people.name}>
              <strong dir="auto">{words.nameOf(name)}</strong>
              <span>{words.leftOut(clock.dateAt(sinceMs))}</span>
            </span>
          </li>
        ))}
      </ul>
    </SheetForm>
  );
}
