import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  captureHeaderSchema,
  encodePrefix,
  encodeRecord,
  readCapture,
  type CaptureHeader,
  type CaptureRecord,
  type ReadCapture,
} from '../../electron/service/serial/capture-format.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const header: CaptureHeader = {
  app: '0.1.0',
  protocol: 'nonin-df7',
  port: { path: '/dev/ttyUSB0', stableId: 'usb-1' },
  settings: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  simulated: false,
  startedAt: '2026-11-23T10:00:00.000-05:00',
  startMonoMs: 1234.5,
};
const kinds = ['from-monitor', 'to-monitor', 'opened', 'closed'] as const;
const recordsOf = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), atUs: fc.integer({ min: 0, max: 2 ** 45 }), bytes: fc.uint8Array({ maxLength: 60 }) }),
  { maxLength: 12 },
);

function fileOf(records: readonly CaptureRecord[]): Uint8Array {
  const parts = [encodePrefix(header), ...records.map(({ kind, atUs, bytes }) => encodeRecord(kind, atUs, bytes))];
  const before = Buffer.concat(parts);
  return Uint8Array.from(Buffer.concat([before, encodeRecord('end', 0, sha256(before))]));
}
function read(file: Uint8Array): ReadCapture {
  const found = readCapture(file, sha256);
  if ('fault' in found) throw new Error(found.words);
  return found;
}

describe('a capture', () => {
  test('CAPTURE-1, CAPTURE-3 is read back as it was written', () => {
    fc.assert(
      fc.property(recordsOf, (records) => {
        expect(read(fileOf(records))).toEqual({
          header,
          records,
          state: 'whole',
          unreadBytes: 0,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        });
      }),
      { seed: 51, numRuns: 200 },
    );
  });

  const records: readonly CaptureRecord[] = [
    { kind: 'opened', atUs: 0, bytes: Uint8Array.of(1) },
    { kind: 'from-monitor', atUs: 5, bytes: Uint8Array.of(1, 2, 3) },
    { kind: 'to-monitor', atUs: 9, bytes: Uint8Array.of(4) },
  ];

  test('CAPTURE-3 every changed byte after the header is found', () => {
    const file = fileOf(records);
    for (let at = encodePrefix(header).length; at < file.length; at += 1) {
      const changed = Uint8Array.from(file);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      expect(read(changed).state, `byte ${at}`).not.toBe('whole');
    }
  });

  test('CAPTURE-4 cut at every place, it keeps its whole records and says so', () => {
    const file = fileOf(records);
    const headerEnd = encodePrefix(header).length;
    for (let length = 0; length < file.length; length += 1) {
      const found = readCapture(file.subarray(0, length), sha256);
      if (length < headerEnd) {
        expect(found, `${length} bytes`).toMatchObject({ fault: 'not-a-capture' });
        continue;
      }
      if ('fault' in found) throw new Error(found.words);
      expect(found.state).toBe('cut');
      expect(records.slice(0, found.records.length)).toEqual(found.records);
      const readBytes = headerEnd + found.records.reduce((sum, { bytes }) => sum + 13 + bytes.length, 0);
      expect(found.unreadBytes).toBe(length - readBytes);
    }
  });

  test('CAPTURE-5 no bytes make the reader throw; other files and newer ones are told apart', () => {
    const magic = new TextEncoder().encode('VIGILCAP');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, withMagic) => {
        const found = readCapture(withMagic ? Uint8Array.from([...magic, 1, 0, ...bytes]) : bytes, sha256);
        expect('fault' in found || found.state !== 'whole').toBe(true);
      }),
      { seed: 52, numRuns: 500 },
    );
    const newer = fileOf(records);
    newer[8] = 3;
    expect(readCapture(newer, sha256)).toMatchObject({ fault: 'newer', words: expect.stringMatching(/newer Vigil \(capture version 3/) });
    expect(readCapture(new TextEncoder().encode('{"kind":"reading"}'), sha256)).toMatchObject({ fault: 'not-a-capture' });
  });

  test('CAPTURE-2 the header takes what it names and drops the rest', () => {
    const more = { ...header, patientName: 'Ada Example', monitorName: 'Bed of Ada' } as CaptureHeader;
    expect(new TextDecoder().decode(encodePrefix(more))).not.toContain('Ada');
    expect(Object.keys(captureHeaderSchema.shape).toSorted()).toEqual(Object.keys(header).toSorted());
  });
});
