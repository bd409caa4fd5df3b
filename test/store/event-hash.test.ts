import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashOf, type ChainPlace, type EventRow } from '../../electron/service/store/event-row.ts';

type HashedRow = Omit<EventRow, 'hash' | 'run_start' | 'command_start'>;

const id = (digit: string): Buffer => Buffer.from(digit.repeat(32), 'hex');
const place: ChainPlace = { prev: Buffer.alloc(32, 7), roomId: id('1'), epoch: id('2') };
const row: HashedRow = {
  seq: 5,
  event_id: id('3'),
  session_id: id('4'),
  kind: 'stop-requested',
  occurred_ms: 1_795_446_000_123,
  occurred_offset_min: -300,
  recorded_ms: 1_795_446_000_456,
  recorded_offset_min: -240,
  mono_us: 1_000_125,
  boot_id: 'boot-ä',
  actor: id('5'),
  command_id: id('6'),
  supersedes: id('8'),
  body: '{"text":"ruhig – 5 µg"}',
};

/** The layout again, from its description and not from the code: what an inspector would write. */
function inspected(parts: readonly (Buffer | string | number | null)[]): string {
  const hash = createHash('sha256').update('vigil-event-1');
  for (const part of parts) {
    if (typeof part === 'number') {
      const integer = Buffer.alloc(8);
      integer.writeBigInt64BE(BigInt(part));
      hash.update(integer);
      continue;
    }
    const bytes = part === null ? null : Buffer.from(part);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes === null ? 0xffffffff : bytes.length);
    hash.update(length);
    if (bytes !== null) hash.update(bytes);
  }
  return hash.digest('hex');
}

const partsOf = (at: ChainPlace, of: HashedRow): readonly (Buffer | string | number | null)[] => [
  at.prev,
  at.roomId,
  at.epoch,
  of.seq,
  of.event_id,
  of.session_id,
  of.kind,
  of.occurred_ms,
  of.occurred_offset_min,
  of.recorded_ms,
  of.recorded_offset_min,
  of.mono_us,
  of.boot_id,
  of.actor,
  of.command_id,
  of.supersedes,
  of.body,
];

test('STORE-27 the hash of an event is what its description says, with and without what may be absent', () => {
  expect(hashOf(place, row).toString('hex')).toBe(inspected(partsOf(place, row)));
  const bare: HashedRow = { ...row, session_id: null, actor: null, command_id: null, supersedes: null };
  expect(hashOf(place, bare).toString('hex')).toBe(inspected(partsOf(place, bare)));
});

test('STORE-27 each part of an event and of its place in the chain changes the hash', () => {
  const rows: HashedRow[] = [
    { ...row, seq: 6 },
    { ...row, event_id: id('9') },
    { ...row, session_id: id('9') },
    { ...row, session_id: null },
    { ...row, kind: 'stop-requestee' },
    { ...row, occurred_ms: row.occurred_ms + 1 },
    { ...row, occurred_offset_min: -299 },
    { ...row, recorded_ms: row.recorded_ms + 1 },
    { ...row, recorded_offset_min: -239 },
    { ...row, mono_us: row.mono_us + 1 },
    { ...row, boot_id: 'boot-a' },
    { ...row, actor: id('9') },
    { ...row, actor: null },
    { ...row, command_id: id('9') },
    { ...row, command_id: null },
    { ...row, supersedes: id('9') },
    { ...row, supersedes: null },
    { ...row, body: `${row.body} ` },
  ];
  const places: ChainPlace[] = [
    { ...place, prev: Buffer.alloc(32, 8) },
    { ...place, roomId: id('9') },
    { ...place, epoch: id('9') },
  ];
  const hashes = [hashOf(place, row), ...rows.map((changed) => hashOf(place, changed)), ...places.map((changed) => hashOf(changed, row))];
  expect(new Set(hashes.map((hash) => hash.toString('hex'))).size).toBe(1 + rows.length + places.length);
});

test('STORE-27 a body longer than any before it is hashed whole, and an id that is none is refused', () => {
  for (const length of [3000, 30_000]) {
    const long = { ...row, body: JSON.stringify({ text: '海'.repeat(length) }) };
    expect(hashOf(place, long).toString('hex')).toBe(inspected(partsOf(place, long)));
  }
  expect(hashOf({ ...place, prev: Buffer.alloc(64, 7) }, row).toString('hex')).toBe(
    inspected(partsOf({ ...place, prev: Buffer.alloc(64, 7) }, row)),
  );
  expect(() => hashOf({ ...place, prev: Buffer.alloc(65) }, row)).toThrow('an id or hash of 65 bytes');
});
