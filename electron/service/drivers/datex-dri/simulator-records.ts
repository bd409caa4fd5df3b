import { encodeFrame } from './frame.ts';

/** Records of an S/5 monitor, put together as it sends them. Nothing of the driver's layout is used: the two have to agree on their own. */
export interface RecordHead {
  readonly number: number;
  readonly level: number;
  readonly mainType: number;
  /** Seconds since 1970 of the monitor's calendar. */
  readonly timeS: number;
}

export interface Subrecord {
  readonly type: number;
  readonly bytes: Uint8Array;
}

const headBytes = 40;
const noData = -32_767;

export function recordFrame({ number, level, mainType, timeS }: RecordHead, subrecords: readonly Subrecord[]): Uint8Array {
  const length = headBytes + subrecords.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const record = new Uint8Array(length);
  const view = new DataView(record.buffer);
  view.setInt16(0, length, true);
  view.setUint8(2, number & 0xff);
  view.setUint8(3, level);
  view.setUint16(4, 0x1234, true);
  view.setUint32(6, timeS, true);
  view.setInt16(14, mainType, true);
  let offset = 0;
  subrecords.forEach(({ type, bytes }, index) => {
    view.setInt16(16 + 3 * index, offset, true);
    view.setUint8(18 + 3 * index, type);
    record.set(bytes, headBytes + offset);
    offset += bytes.length;
  });
  if (subrecords.length < 8) view.setUint8(18 + 3 * subrecords.length, 0xff);
  return encodeFrame(record);
}

export interface GroupValues {
  readonly at: number;
  readonly status: number;
  readonly label?: number;
  /** Raw words; null: no data. */
  readonly values: readonly (number | null)[];
}

/** A subrecord of displayed values; what no group states is "no data". */
export function physiologicalSubrecord(
  timeS: number,
  blockClass: number,
  headers: readonly number[],
  groups: readonly GroupValues[],
): Subrecord {
  const bytes = new Uint8Array(278);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, timeS, true);
  for (let at = 0; at < 268; at += 2) view.setInt16(4 + at, noData, true);
  for (const at of headers) bytes.fill(0, 4 + at, 10 + at);
  for (const { at, status, label = 0, values } of groups) {
    view.setUint32(4 + at, status, true);
    view.setUint16(8 + at, label, true);
    values.forEach((value, index) => view.setInt16(10 + at + 2 * index, value ?? noData, true));
  }
  view.setUint16(276, blockClass << 8, true);
  return { type: 1, bytes };
}

/** A subrecord of samples; null: no data. */
export function waveSubrecord(type: number, samples: readonly (number | null)[], status = 0): Subrecord {
  const bytes = new Uint8Array(6 + 2 * samples.length);
  const view = new DataView(bytes.buffer);
  view.setInt16(0, samples.length, true);
  view.setUint16(2, status, true);
  samples.forEach((sample, index) => view.setInt16(6 + 2 * index, sample ?? noData, true));
  return { type, bytes };
}
