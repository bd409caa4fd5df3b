import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findWalDamage } from '../../electron/service/store/wal-frames.ts';

const [headerLength, frameHeaderLength, pageLength] = [32, 24, 2048];
const frameLength = frameHeaderLength + pageLength;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-wal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** SQLite's checksum of the write-ahead log, written from its file format and not from our reader. */
function sumOf(bytes: Buffer, start: readonly [number, number], bigEndian: boolean): [number, number] {
  let [first, second] = start.map(BigInt) as [bigint, bigint];
  for (let at = 0; at < bytes.length; at += 8) {
    const words = bigEndian ? [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)] : [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    first = BigInt.asUintN(32, first + BigInt(words[0] ?? 0) + second);
    second = BigInt.asUintN(32, second + BigInt(words[1] ?? 0) + first);
  }
  return [Number(first), Number(second)];
}

/** A whole log: every frame of `commits` ends a commit where it says so. */
function makeLog(commits: readonly boolean[], bigEndian = false): Buffer {
  const header = Buffer.alloc(headerLength);
  header.writeUInt32BE(bigEndian ? 0x377f0683 : 0x377f0682, 0);
  header.writeUInt32BE(3_007_000, 4);
  header.writeUInt32BE(pageLength, 8);
  header.writeUInt32BE(0x1234_5678, 16);
  header.writeUInt32BE(0x9abc_def0, 20);
  let sum = sumOf(header.subarray(0, 24), [0, 0], bigEndian);
  header.writeUInt32BE(sum[0], 24);
  header.writeUInt32BE(sum[1], 28);
  const frames = commits.map((isCommit, index) => {
    const frame = Buffer.alloc(frameLength, index + 1);
    frame.writeUInt32BE(index + 1, 0);
    frame.writeUInt32BE(isCommit ? commits.length : 0, 4);
    header.copy(frame, 8, 16, 24);
    sum = sumOf(frame.subarray(frameHeaderLength), sumOf(frame.subarray(0, 8), sum, bigEndian), bigEndian);
    frame.writeUInt32BE(sum[0], 16);
    frame.writeUInt32BE(sum[1], 20);
    return frame;
  });
  return Buffer.concat([header, ...frames]);
}

function damageOf(log: Buffer): string | null {
  const path = join(folder, 'log-wal');
  writeFileSync(path, log);
  return findWalDamage(path);
}

function changedAt(log: Buffer, byte: number): Buffer {
  const changed = Buffer.from(log);
  changed[byte] = (changed[byte] ?? 0) ^ 0x40;
  return changed;
}

const startOf = (frame: number): number => headerLength + (frame - 1) * frameLength;

describe.each([false, true])('a log with big-endian checksums: %s', (bigEndian) => {
  test('STORE-28 a whole log, one that is torn in its last frames, and an empty one are not damaged', () => {
    const log = makeLog([true, false, true, true], bigEndian);
    expect(damageOf(log)).toBeNull();
    expect(damageOf(log.subarray(0, log.length - 100))).toBeNull();
    expect(damageOf(changedAt(log, startOf(4) + 500))).toBeNull();
    expect(damageOf(Buffer.alloc(0))).toBeNull();
  });

  // Page number, size after a commit, both words of the salt and of the checksum, first and last byte of the page.
  test.each([3, 7, 11, 15, 19, 23, frameHeaderLength, frameLength - 1])(
    'STORE-28 byte %d changed in a frame that later commits follow is named with its frame',
    (byte) => {
      const log = makeLog([true, true, true, true, true], bigEndian);
      expect(damageOf(changedAt(log, startOf(2) + byte))).toContain(`is damaged at frame 2 (byte ${startOf(2)})`);
    },
  );

  test('STORE-28 frames after the damage that hold no whole commit prove nothing: they may be what a power loss left', () => {
    const log = makeLog([true, true, false, false], bigEndian);
    expect(damageOf(changedAt(log, startOf(2) + 100))).toBeNull();
  });

  test.each([0, 17, 24, 31])('STORE-28 byte %d of the header changed is named, where the log holds a commit', (byte) => {
    expect(damageOf(changedAt(makeLog([true, true], bigEndian), byte))).toContain('is damaged in its header');
    expect(damageOf(changedAt(makeLog([false, false], bigEndian), byte))).toBeNull();
  });
});
