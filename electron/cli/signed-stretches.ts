import { existsSync } from 'node:fs';
import { checkpointKeyFile } from '../service/store/checkpoint-key.ts';
import { dataFolderAt } from '../service/store/data-folder.ts';
import type { SignedStretch } from '../service/store/verify-checkpoints.ts';
import type { Problem, Restore } from '../service/store/verify-findings.ts';
import { UsageError } from './command-option.ts';
import { spokenUtc } from './utc-time.ts';

/** @param typed the fingerprints behind --checkpoint-key. Throws `UsageError`. */
export function knownKeys(typed: readonly string[]): readonly string[] {
  for (const key of typed) {
    if (!/^[0-9a-f]{4}(-[0-9a-f]{4}){3}$/i.test(key))
      throw new UsageError(`--checkpoint-key must be as verify prints it, four groups of four digits, not "${key}"`);
  }
  return typed.map((key) => key.toLowerCase());
}

/**
 * A key that came in the place of another is a problem until somebody says that they know it: whoever rewrote the end of the
 * record with a key of their own looks the same. Where keys are named, each other one is a problem.
 */
export function keyProblems(stretches: readonly SignedStretch[], known: readonly string[]): Problem[] {
  const nothing = known
    .filter((key) => !stretches.some((stretch) => stretch.key === key))
    .map((key) => ({ seq: null, what: `key ${key}, which was named, vouches for nothing in this record` }));
  const others = stretches.flatMap(({ key, namedAt, because }): Problem[] => {
    if (known.includes(key)) return [];
    if (known.length > 0)
      return [{ seq: namedAt, what: `from event ${namedAt} on checkpoints are signed with key ${key}, which was not named` }];
    if (because !== 'lost') return [];
    const what = `from event ${namedAt} on checkpoints are signed with another key, ${key}: either the one before was lost then, or somebody else signs. Where you know it, name it: --checkpoint-key ${key}`;
    return [{ seq: namedAt, what }];
  });
  return [...nothing, ...others];
}

/**
 * What vouches for the record within its own folder, a sentence for each key.
 *
 * @param last event of the log
 */
export function signedWords(stretches: readonly SignedStretch[], last: number, folder: string): string[] {
  if (stretches.length === 0) return ['no checkpoints: the chain alone proves it, which whoever has the key could have rewritten'];
  return [
    ...stretches.map(({ key, because, namedAt, through, lastMs, checkpoints }) => {
      const since =
        because === 'restored' ? `, the key since the restore (event ${namedAt})` : because === 'lost' ? `, named at event ${namedAt}` : '';
      return `events 1 to ${through} are vouched for by key ${key}${since}: ${checkpoints} checkpoints, the last on ${spokenUtc(lastMs)}`;
    }),
    ...unsignedWords(Math.max(...stretches.map(({ through }) => through)), last),
    ...(existsSync(checkpointKeyFile(dataFolderAt(folder)))
      ? ['the key that signs lies in the folder as a file: whoever reads the folder and has the data key can sign as well']
      : []),
  ];
}

function unsignedWords(through: number, last: number): string[] {
  if (last <= through) return [];
  return [`${last === through + 1 ? `event ${last} is` : `events ${through + 1} to ${last} are`} vouched for by no key yet`];
}

/** A sentence for each restore that the log tells of: a backup that goes further, or another copy of the room, tells otherwise. */
export function restoredWords(restores: readonly Restore[]): string[] {
  return restores.map(({ seq, takenMs, throughSeq }) => {
    return `restored at event ${seq} from a backup of ${spokenUtc(takenMs)} that ended with event ${throughSeq}: so the record itself tells; ask who did it`;
  });
}
