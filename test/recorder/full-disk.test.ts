import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { RefusedError } from '../../shared/contract/contract-errors.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { openTestRoom, plugMonitorsIn, type TestRoom } from '../support/test-room.ts';
import { readsRecords } from '../support/board-reader.ts';

const mounts: string[] = [];
const key = new Uint8Array(32).map((_, index) => index + 1);

function mount(...args: string[]): string | null {
  const done = spawnSync('mount', args, { encoding: 'utf8' });
  if (done.error !== undefined) return `there is no mount command (${done.error.message})`;
  return done.status === 0 ? null : `mounting is not permitted here: ${done.stderr.trim()}`;
}

/** A file system of four megabytes; or why there is none. */
function smallDisk(): { readonly place: string; readonly reason: string | null } {
  const place = mkdtempSync(join(tmpdir(), 'vigil-full-'));
  mounts.push(place);
  const isLinux = process.platform === 'linux';
  const reason = isLinux ? mount('-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'vigil-test', place) : 'mounts a tmpfs, which is Linux only';
  return { place, reason };
}

let test: TestRoom | null = null;
afterEach(async () => {
  await test?.close();
  test = null;
  for (const place of mounts.splice(0)) {
    spawnSync('umount', [place]);
    rmSync(place, { recursive: true, force: true });
  }
});

/** What the feed tells a page about recording now. */
async function recordingShown(room: TestRoom['room']): Promise<RoomBoard['recording'] | undefined> {
  const reader = room.feed.open(readsRecords);
  const message = await reader.next();
  reader.close();
  return message?.kind === 'snapshot' ? message.board.recording : undefined;
}

function noteRefusal(room: TestRoom, text: string): string | null {
  try {
    room.execute({ type: 'record-observation', text, chips: [], begunAt: room.clock.now().utcMs });
    return null;
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal.code;
    throw error;
  }
}

it('REC-9 refuses on a full disk, says so, and records again by itself with the gap in the record', async (context) => {
  const disk = smallDisk();
  const { reason } = disk;
  context.skip(reason !== null, reason ?? '');
  test = openTestRoom({ base: disk.place });
  const sessionId = test.openSession();
  plugMonitorsIn(test);
  await test.pass(5000);
  // Another program fills the disk; the notes fill what its last file could not.
  for (let bytes = 1 << 20; bytes >= 4096; bytes /= 2) {
    for (let full = false; !full;) {
      const ballast = join(disk.place, `ballast-${bytes}-${test.room.ids.uuid()}`);
      try {
        writeFileSync(ballast, Buffer.alloc(bytes));
      } catch {
        rmSync(ballast, { force: true });
        full = true;
      }
    }
  }
  const text = 'x'.repeat(3000);
  let accepted = 0;
  let refusal: string | null = null;
  while (refusal === null && accepted < 3000) {
    refusal = noteRefusal(test, text);
    if (refusal === null) accepted += 1;
  }
  const stoppedMs = test.clock.now().utcMs;
  expect(refusal).toBe('STORE_FULL');
  expect(test.room.recorder.session?.observations).toHaveLength(accepted);
  expect(await recordingShown(test.room)).toMatchObject({ state: 'stopped', code: 'STORE_FULL' });
  await test.pass(10_000);
  expect(noteRefusal(test, text)).toBe('STORE_FULL');
  expect(await recordingShown(test.room)).toMatchObject({ state: 'stopped', code: 'STORE_FULL', sinceMs: stoppedMs });

  expect(mount('-o', 'remount,size=64m', disk.place)).toBeNull();
  const resumedMs = test.clock.now().utcMs;
  await test.pass(2000);
  expect(await recordingShown(test.room)).toMatchObject({ state: 'recording' });
  expect(noteRefusal(test, 'again')).toBeNull();
  await test.pass(3000);
  const { session } = test.room.recorder;
  const gap = session?.gaps.find((candidate) => candidate.cause === 'storage');
  expect(gap?.fromMs).toBe(stoppedMs);
  expect((gap?.toMs ?? 0) - resumedMs).toBeLessThanOrEqual(2000);
  // What the monitors said meanwhile was kept in memory and is written once.
  const seconds = [...test.room.recorder.storage.store.readings.readSession(sessionId)].map((row) => `${row.monitorId} ${row.at.utcMs}`);
  expect(new Set(seconds).size).toBe(seconds.length);
  expect(seconds.length).toBeGreaterThan(15);
  await test.restart();
  expect(test.room.recorder.session?.observations).toHaveLength(accepted + 1);
  await test.room.close();
  expect(existsSync(test.folder)).toBe(true);
  expect(verifyDatabase(test.folder, key).problems).toEqual([]);
});
