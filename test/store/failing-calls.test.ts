import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { createRoomFixture } from './room-fixture.ts';

const writer = fileURLToPath(new URL('./failed-sync-writer.ts', import.meta.url));
const families = [
  { calls: 'pwrite64', error: 'EIO' },
  { calls: 'pwrite64', error: 'ENOSPC' },
  { calls: 'pread64', error: 'EIO' },
  { calls: 'fsync,fdatasync', error: 'EIO' },
] as const;
const soak = process.env['VIGIL_SOAK'] === '1';
const runs = soak ? 100 : 1;
/** The writer makes about so many of each; one in the middle is tried by `npm test`. */
const callsMax = 250;
const middle = 24;

function reasonToSkip(): string | null {
  const probe = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'inject=fsync:error=EIO:when=20', 'true'], { encoding: 'utf8' });
  if (probe.error !== undefined) return `strace is not installed (${probe.error.message})`;
  return probe.status === 0 ? null : `strace may not trace here: ${probe.stderr.trim()}`;
}
const reason = reasonToSkip();

test.for(families)(
  'STORE-47 a call of $calls that fails once with $error loses nothing that was acknowledged, and what was refused is not there',
  ({ calls, error }, context) => {
    context.skip(reason !== null, reason ?? '');
    const random = createSeededIds(471);
    const told = { acknowledged: 0, refused: 0, unknown: 0 };
    for (let run = 0; run < runs; run += 1) {
      const room = createRoomFixture(471 + run);
      try {
        room.open().close();
        const at = soak ? 1 + ((random.randomBytes(1)[0] ?? 0) % callsMax) : middle;
        const inject = `inject=${calls}:error=${error}:when=${at}`;
        const call = [process.execPath, writer, room.folder, Buffer.from(room.key).toString('hex')];
        const onDatabase = ['vigil.db', 'vigil.db-wal'].flatMap((file) => ['-P', join(room.folder, file)]);
        const options = ['-f', '-o', '/dev/null', ...onDatabase, '-e', `trace=${calls}`, '-e', inject];
        const { stdout, stderr } = spawnSync('strace', [...options, ...call], { encoding: 'utf8' });
        const lines = stdout.split('\n').filter((line) => line !== '');
        const [acknowledged, unknown] = [
          lines.filter((line) => line.startsWith('ACK')),
          lines.filter((line) => line.startsWith('UNKNOWN')),
        ];
        // Where the opening itself failed it said so, in words of ours, and nothing was written.
        if (lines.length === 0) expect(stderr, inject).toMatch(/STORE_/);
        const store = room.open();
        const { seq } = store.events.head;
        store.close();
        const last = Number(/ACK (\d+)/.exec(acknowledged.at(-1) ?? 'ACK 0')?.[1]);
        expect(seq, inject).toBeGreaterThanOrEqual(last);
        // An act of which nobody knew may be there, of up to four events; one that was refused may not.
        expect(seq - last, inject).toBeLessThanOrEqual(4 * unknown.length);
        expect(verifyDatabase(room.folder, room.key).problems, inject).toEqual([]);
        told.acknowledged += acknowledged.length;
        told.unknown += unknown.length;
        told.refused += lines.filter((line) => line.startsWith('REFUSED')).length;
      } finally {
        room.close();
      }
    }
    if (soak) expect(told.acknowledged).toBeGreaterThan(0);
    void context.annotate(`${runs} runs: ${told.acknowledged} acknowledged, ${told.refused} refused, ${told.unknown} of unknown outcome`);
  },
);
