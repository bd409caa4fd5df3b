import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { createRoomFixture, type RoomFixture } from './room-fixture.ts';

const writer = fileURLToPath(new URL('./failed-sync-writer.ts', import.meta.url));
/** One sync in the middle of the appends fails, and every later one would succeed. */
const failOnce = 'inject=fsync,fdatasync:error=EIO:when=20';

function reasonToSkip(): string | null {
  const probe = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', failOnce, 'true'], { encoding: 'utf8' });
  if (probe.error !== undefined) return `strace is not installed (${probe.error.message})`;
  return probe.status === 0 ? null : `strace may not trace here: ${probe.stderr.trim()}`;
}
const reason = reasonToSkip();

let room: RoomFixture | undefined;
afterEach(() => room?.close());

test('STORE-29 once a sync failed nothing more is acknowledged through that handle, though the disk is well again', (context) => {
  context.skip(reason !== null, reason ?? '');
  room = createRoomFixture(311);
  const call = [process.execPath, writer, room.folder, Buffer.from(room.key).toString('hex')];
  const run = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync', '-e', failOnce, ...call], { encoding: 'utf8' });
  expect(run.status, run.stderr).toBe(0);
  const outcomes = run.stdout.trim().split('\n');
  // Of the one whose sync failed nobody knows; of those after it everybody.
  const firstRefusal = outcomes.findIndex((line) => line.startsWith('UNKNOWN'));
  expect(firstRefusal).toBeGreaterThan(0);
  expect(outcomes.slice(firstRefusal + 1).length).toBeGreaterThan(3);
  for (const line of outcomes.slice(firstRefusal + 1)) expect(line).toMatch(/^REFUSED .*must be reopened before anything more is recorded/);

  const acknowledged = Number(/ACK (\d+)/.exec(outcomes[firstRefusal - 1] ?? '')?.[1]);
  const reopened = room.open();
  expect(reopened.events.head.seq).toBeGreaterThanOrEqual(acknowledged);
  reopened.close();
  expect(verifyDatabase(room.folder, room.key).problems).toEqual([]);
});

test('STORE-29, STORE-55 opened anew beside a connection that reads, it shows what is there for good, also after a kill', (context) => {
  context.skip(reason !== null, reason ?? '');
  room = createRoomFixture(312);
  const script = fileURLToPath(new URL('./failed-sync-beside-reader.ts', import.meta.url));
  const call = [process.execPath, script, room.folder, Buffer.from(room.key).toString('hex')];
  const run = spawnSync('strace', ['-f', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync', '-e', failOnce, ...call], { encoding: 'utf8' });
  const told = run.stdout.trim().split('\n');
  expect(told.at(-2), run.stderr).toMatch(/^UNKNOWN/);
  const [, seen, read] = /^SEEN (\d+) (\d+)$/.exec(told.at(-1) ?? '') ?? [];
  expect(read).toBe(seen);
  expect(Number(seen)).toBeGreaterThanOrEqual(Number(/ACK (\d+)/.exec(told.at(-3) ?? '')?.[1]));
  const reopened = room.open();
  expect(reopened.events.head.seq).toBe(Number(seen));
  reopened.close();
  expect(verifyDatabase(room.folder, room.key).problems).toEqual([]);
});
