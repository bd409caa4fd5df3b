/**
 * The record inside a frame: 40 bytes of header, then subrecords. Little endian throughout.
 *
 *   0 r_len i16 │ 2 number u8 │ 3 DRI level u8 │ 4 plug_id u16 │ 6 r_time u32 │ 10 reserved │ 14 r_maintype i16 │ 16 eight {offset i16, type u8}
 */
export const headerBytes = 40;
/** Five subrecords of the longest kind, and room to spare. */
export const recordMaxBytes = 1600;
export const mainType = { physiological: 0, wave: 1, alarm: 4 } as const;
/** Of physiological subrecords; 0 is a request. */
export const subtype = { request: 0, displayed: 1, auxiliary: 4 } as const;
export const physiologicalBytes = 278;
export const blockBytes = 270;
export const waveHeaderBytes = 6;
const descriptorsAt = 16;
const descriptors = 8;
const descriptorBytes = 3;
const endOfList = 0xff;
/** Of a transmission request and of what tells when the cuff ran. */
const auxiliaryMinBytes = 4;

export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
}

export function i16(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) << 16) >> 16;
}

export function u32(bytes: Uint8Array, at: number): number {
  return (u16(bytes, at) | (u16(bytes, at + 2) << 16)) >>> 0;
}

export function isPlausibleLength(body: Uint8Array): boolean {
  const length = u16(body, 0);
  return length >= headerBytes && length <= recordMaxBytes;
}

/** The specification names twenty of them. */
export function isPlausibleMainType(body: Uint8Array): boolean {
  return u16(body, 14) < 64;
}

/** Where the subrecords of one record are. Overwritten by the next record. */
export interface DatexRecord {
  level: number;
  plugId: number;
  /** Seconds since 1970 of the monitor's own calendar. */
  time: number;
  mainType: number;
  count: number;
  readonly types: Uint8Array;
  /** From the record's beginning. */
  readonly starts: Uint16Array;
}

export function createRecord(): DatexRecord {
  return {
    level: 0,
    plugId: 0,
    time: 0,
    mainType: 0,
    count: 0,
    types: new Uint8Array(descriptors),
    starts: new Uint16Array(descriptors),
  };
}

/** Reads header and descriptors; false where a subrecord does not lie within the record. */
export function readRecord(record: DatexRecord, body: Uint8Array, length: number): boolean {
  record.level = body[3] as number;
  record.plugId = u16(body, 4);
  record.time = u32(body, 6);
  record.mainType = u16(body, 14);
  record.count = 0;
  for (let index = 0; index < descriptors; index++) {
    const at = descriptorsAt + index * descriptorBytes;
    const type = body[at + 2] as number;
    if (type === endOfList) return true;
    const start = headerBytes + i16(body, at);
    if (start < headerBytes || start + subrecordBytes(record.mainType, type, body, start, length) > length) return false;
    record.types[index] = type;
    record.starts[index] = start;
    record.count = index + 1;
  }
  return true;
}

/** How long a subrecord that we read must be; of others only the beginning is looked at. */
function subrecordBytes(main: number, type: number, body: Uint8Array, start: number, length: number): number {
  if (type === subtype.request) return 0;
  if (main === mainType.physiological) return type === subtype.auxiliary ? auxiliaryMinBytes : physiologicalBytes;
  if (main !== mainType.wave) return 0;
  if (start + waveHeaderBytes > length) return waveHeaderBytes;
  const samples = i16(body, start);
  return samples < 0 ? Infinity : waveHeaderBytes + 2 * samples;
}

/** The descriptors behind the end of the list and the reserved bytes are empty, as far as is known of real monitors. */
export function hasEmptyReserve(body: Uint8Array, record: DatexRecord): boolean {
  for (let at = 10; at < 14; at++) if (body[at] !== 0) return false;
  const listEnd = descriptorsAt + record.count * descriptorBytes;
  for (let at = listEnd; at < headerBytes; at++) {
    if (body[at] !== (at === listEnd + 2 ? endOfList : 0)) return false;
  }
  return true;
}
