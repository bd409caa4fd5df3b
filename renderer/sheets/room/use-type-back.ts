import { useState } from 'react';
import type { KeyCeremony } from '../../../shared/contract/recovery-keys.ts';
import { refusalOf, wordsOfFailure } from '../../connection/failure.ts';
import { useRoom } from '../../live/room-context.tsx';

export interface TypeBack {
  readonly typed: readonly string[];
  readonly put: (index: number, group: string) => void;
  /** Which group was refused, counted from 1, and why; `group` is null where it is about none. */
  readonly refusal: { readonly group: number | null; readonly words: string; readonly gone: boolean } | null;
  readonly isFull: boolean;
  readonly busy: boolean;
  readonly check: () => void;
}

const groupLength = 5;

/** Three groups of a recovery key, typed back from the paper. The page compares nothing: the room does. */
export function useTypeBack({ ceremonyId, asked }: KeyCeremony, onDone: () => void): TypeBack {
  const { client } = useRoom();
  const [typed, setTyped] = useState<readonly string[]>(() => asked.map(() => ''));
  const [refusal, setRefusal] = useState<TypeBack['refusal']>(null);
  const [busy, setBusy] = useState(false);
  const isFull = typed.every((group) => group.replaceAll(/[\s-]/g, '').length === groupLength);
  return {
    typed,
    refusal,
    isFull,
    busy,
    put: (index, group) => {
      setRefusal(null);
      setTyped((now) => now.with(index, group));
    },
    check: () => {
      if (busy || !isFull) return;
      setBusy(true);
      setRefusal(null);
      client.recoveryKeys
        .typeBack({ ceremonyId, groups: [...typed] })
        .then(onDone, (error: unknown) => {
          const refused = refusalOf(error);
          const group = refused?.code === 'RECOVERY_KEY_GROUP_WRONG' ? Number(refused.subject) : null;
          setRefusal({ group, words: wordsOfFailure(error), gone: refused?.code === 'RECOVERY_KEY_GONE' });
        })
        .finally(() => setBusy(false));
    },
  };
}
