import { z } from 'zod';

/**
 * A capture: what went over one monitor's line, both ways, with times.
 *
 *     "VIGILCAP" · version (2 bytes) · header length (4) · header (JSON, UTF-8) · records … · end
 *     record: kind (1) · length (4) · microseconds since the start (8) · bytes
 *
 * Numbers are little-endian. The end is a record of kind 0 at time 0 whose 32 bytes are the SHA-256 of all before it; without
 * it the capture was cut, and what is whole of it still counts.
 */
export const captureVersion = 2;
export const captureMagic = 'VIGILCAP';

/** The header describes the line. It holds no patient, no person and no name of the monitor. */
export const captureHeaderSchema = z.object({
  app: z.string(),
  protocol: z.string().nullable(),
  port: z.object({ path: z.string(), stableId: z.string().nullable() }),
  settings: z.object({
    baudRate: z.number().int().positive(),
    dataBits: z.union([z.literal(7), z.literal(8)]),
    parity: z.enum(['none', 'even', 'odd']),
    stopBits: z.union([z.literal(1), z.literal(2)]),
    rtscts: z.boolean().optional(),
  }),
  simulated: z.boolean(),
  /** Wall clock with its offset, and the monotonic clock, at the start. */
  startedAt: z.iso.datetime({ offset: true }),
  startMonoMs: z.number(),
});
export type CaptureHeader = z.output<typeof captureHeaderSchema>;

/**
 * `opened`, `closed`: the port, with its path or the reason in the bytes. A stream of bytes never goes on across them.
 * Of a place that several senders call (since version 2): `line`, whose bytes follow, both ways; `line-opened`, by another sender than the
 * line had last; `line-ended`. Their bytes are the number of the line in ASCII.
 */
export const recordKinds = {
  end: 0,
  'from-monitor': 1,
  'to-monitor': 2,
  opened: 3,
  closed: 4,
  line: 5,
  'line-opened': 6,
  'line-ended': 7,
} as const;
export type RecordKind = keyof typeof recordKinds;

export interface CaptureRecord {
  readonly kind: Exclude<RecordKind, 'end'>;
  readonly atUs: number;
  readonly bytes: Uint8Array;
}

export const prefixBytes = 14;
export const recordHeadBytes = 13;
export const hashBytes = 32;
/** No single read of a port is longer. */
export const recordBytesMax = 1_000_000;
const headerBytesMax = 10_000;

export function encodePrefix(header: CaptureHeader): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(captureHeaderSchema.parse(header)));
  if (json.length > headerBytesMax) throw new TypeError('a capture header this long is none');
  const bytes = new Uint8Array(prefixBytes + json.length);
  bytes.set(new TextEncoder().encode(captureMagic));
  const view = new DataView(bytes.buffer);
  view.setUint16(8, captureVersion, true);
  view.setUint32(10, json.length, true);
  bytes.set(json, prefixBytes);
  return bytes;
}

export function encodeRecord(kind: RecordKind, atUs: number, bytes: Uint8Array): Uint8Array {
  const record = new Uint8Array(recordHeadBytes + bytes.length);
  const view = new DataView(record.buffer);
  view.setUint8(0, recordKinds[kind]);
  view.setUint32(1, bytes.length, true);
  view.setBigUint64(5, BigInt(Math.max(0, Math.round(atUs))), true);
  record.set(bytes, recordHeadBytes);
  return record;
}

/** Why a file cannot be read as a capture, in words that complete "NAME …". */
export type CaptureFault =
  { readonly fault: 'not-a-capture'; readonly words: string } | { readonly fault: 'newer'; readonly words: string };

export interface ReadCapture {
  readonly header: CaptureHeader;
  readonly records: readonly CaptureRecord[];
  /** `whole`: its hash fits. `cut`: it ends before its end. `changed`: the hash does not fit, or a record is none. */
  readonly state: 'whole' | 'cut' | 'changed';
  /** Bytes at the end that are no whole record. */
  readonly unreadBytes: number;
  /** Hex, as the file states it; null where it is cut. */
  readonly sha256: string | null;
}

/** Takes any bytes; never throws. `hash` is SHA-256, handed in because this file knows no library. */
export function readCapture(file: Uint8Array, hash: (bytes: Uint8Array) => Uint8Array): ReadCapture | CaptureFault {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const magic = new TextDecoder('latin1').decode(file.subarray(0, captureMagic.length));
  if (magic !== captureMagic) return { fault: 'not-a-capture', words: 'is not a capture of Vigil: it does not begin like one' };
  if (file.length < prefixBytes) return { fault: 'not-a-capture', words: 'is cut before its header: nothing of it can be read' };
  const version = view.getUint16(8, true);
  if (version > captureVersion) {
    return { fault: 'newer', words: `was written by a newer Vigil (capture version ${version}; this one knows ${captureVersion})` };
  }
  const headerEnd = prefixBytes + view.getUint32(10, true);
  if (headerEnd > file.length || headerEnd > prefixBytes + headerBytesMax) {
    return { fault: 'not-a-capture', words: 'is cut in its header: nothing of it can be read' };
  }
  const header = headerOf(file.subarray(prefixBytes, headerEnd));
  if (header === null) return { fault: 'not-a-capture', words: 'has a header that is not one of a capture' };
  return { header, ...readRecords(file, view, headerEnd, hash) };
}

function readRecords(file: Uint8Array, view: DataView, from: number, hash: (bytes: Uint8Array) => Uint8Array): Omit<ReadCapture, 'header'> {
  const kindOf = new Map(Object.entries(recordKinds).map(([name, code]) => [code as number, name as RecordKind]));
  const records: CaptureRecord[] = [];
  let at = from;
  while (at + recordHeadBytes <= file.length) {
    const kind = kindOf.get(view.getUint8(at));
    const length = view.getUint32(at + 1, true);
    const end = at + recordHeadBytes + length;
    if (kind === undefined || length > recordBytesMax) return { records, state: 'changed', unreadBytes: file.length - at, sha256: null };
    if (end > file.length) break;
    const bytes = file.subarray(at + recordHeadBytes, end);
    if (kind === 'end') {
      const stated = toHex(bytes);
      const fits =
        length === hashBytes &&
        view.getBigUint64(at + 5, true) === 0n &&
        end === file.length &&
        toHex(hash(file.subarray(0, at))) === stated;
      return { records, state: fits ? 'whole' : 'changed', unreadBytes: file.length - end, sha256: stated };
    }
    records.push({ kind, atUs: Number(view.getBigUint64(at + 5, true)), bytes });
    at = end;
  }
  return { records, state: 'cut', unreadBytes: file.length - at, sha256: null };
}

function headerOf(bytes: Uint8Array): CaptureHeader | null {
  try {
    return captureHeaderSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
  } catch {
    return null;
  }
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
