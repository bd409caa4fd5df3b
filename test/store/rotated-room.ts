import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createCaptureSealer, openSealedCapture } from '../../electron/service/serial/sealed-capture.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { openPaper, rotateKey, type RotateTask } from '../../electron/service/store/rotate-key.ts';

export const newKey = new Uint8Array(32).map((_, index) => 200 - index);
export const now = { utcMs: 1_795_450_000_000, offsetMin: -300 };

interface Rotating extends Pick<RotateTask, 'ids' | 'onStep' | 'by'> {
  readonly folder: string;
  readonly typed: string;
}

/** As the command does it, with one recovery key. */
export function rotateRoom({ folder, typed, ...rest }: Rotating): ReturnType<typeof rotateKey> {
  const { key, ...paper } = openPaper(dataFolderAt(folder), typed);
  const resealCapture = (file: Uint8Array): Uint8Array | null => {
    const opened = openSealedCapture(file, key);
    if (typeof opened === 'string') return null;
    return createCaptureSealer({ key: newKey, randomBytes: (count) => rest.ids.randomBytes(count) })(opened.plain);
  };
  return rotateKey({ path: folder, key, newKey, papers: [paper], keyIds: ['first'], now, resealCapture, ...rest });
}

/** Every file that lies in a data folder, but for locks, which are empty, and what is made anew by itself. */
export function contentOf(folder: string, at = folder): Readonly<Record<string, string>> {
  const entries = readdirSync(at).flatMap((name): (readonly [string, string])[] => {
    const path = join(at, name);
    if (statSync(path).isDirectory()) return Object.entries(contentOf(folder, path));
    return name.endsWith('lock') || name.endsWith('.log')
      ? []
      : [[relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]];
  });
  return Object.fromEntries(entries);
}
