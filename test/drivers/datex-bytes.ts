/** Frames of an S/5 monitor as tests write them, from the layout in `docs/monitors`; nothing here shares code with the driver or the simulator. */
export const noData = -32_767;

export interface TestSubrecord {
  readonly type: number;
  readonly bytes: readonly number[];
}

export interface TestRecord {
  readonly mainType?: number;
  readonly number?: number;
  readonly level?: number;
  readonly plugId?: number;
  readonly time?: number;
  readonly subrecords: readonly TestSubrecord[];
}

export const startTime = 1_700_000_000;

export function word(value: number): number[] {
  return [value & 0xff, (value >> 8) & 0xff];
}

export function doubleWord(value: number): number[] {
  return [...word(value & 0xffff), ...word(value >>> 16)];
}

/** The bytes of a record to a frame. */
export function datexFrame(record: readonly number[]): Uint8Array {
  const sum = record.reduce((total, byte) => total + byte, 0) & 0xff;
  const escaped = [...record, sum].flatMap((byte) => (byte === 0x7e ? [0x7d, 0x5e] : byte === 0x7d ? [0x7d, 0x5d] : [byte]));
  return Uint8Array.from([0x7e, ...escaped, 0x7e]);
}

export function recordBytes({ mainType = 0, number = 1, level = 9, plugId = 0x1234, time = startTime, subrecords }: TestRecord): number[] {
  let offset = 0;
  const descriptors: number[] = [];
  for (const { type, bytes } of subrecords) {
    descriptors.push(...word(offset), type);
    offset += bytes.length;
  }
  if (subrecords.length < 8) descriptors.push(0, 0, 0xff);
  while (descriptors.length < 24) descriptors.push(0);
  const body = subrecords.flatMap(({ bytes }) => [...bytes]);
  const head = [...word(40 + body.length), number & 0xff, level, ...word(plugId), ...doubleWord(time), 0, 0, 0, 0, ...word(mainType)];
  return [...head, ...descriptors, ...body];
}

export function recordFrame(record: TestRecord): Uint8Array {
  return datexFrame(recordBytes(record));
}

/** Where groups begin in the basic block. */
export const group = {
  ecg: 0,
  p1: 16,
  nibp: 72,
  t1: 86,
  t2: 94,
  spo2: 118,
  co2: 132,
  aa: 166,
  ecgExtra: 226,
} as const;
const groupsWithHeader = [0, 16, 30, 44, 58, 72, 86, 94, 102, 110, 118, 132, 146, 156, 166, 178, 200, 214, 232, 240, 254];

export interface TestGroup {
  readonly at: number;
  readonly status?: number;
  readonly label?: number;
  readonly values: readonly number[];
}

/** A subrecord of displayed values; what is not named is not there and has no data. */
export function displayed(
  groups: readonly TestGroup[],
  { time = startTime, blockClass = 0, extra = [] as readonly number[], headers = groupsWithHeader as readonly number[] } = {},
): TestSubrecord {
  const block = Array.from({ length: 134 }, () => word(noData)).flat();
  block.push(0, 0);
  const put = (at: number, bytes: readonly number[]): void => void block.splice(at, bytes.length, ...bytes);
  for (const at of headers) put(at, [0, 0, 0, 0, 0, 0]);
  for (const { at, status = 3, label = 0, values } of groups) {
    put(at, [...doubleWord(status), ...word(label), ...values.flatMap(word)]);
  }
  put(group.ecgExtra, extra.flatMap(word));
  return { type: 1, bytes: [...doubleWord(time), ...block, 0, 0, ...word(blockClass << 8)] };
}

export function valuesFrame(groups: readonly TestGroup[], record: Partial<TestRecord> = {}): Uint8Array {
  const time = record.time ?? startTime;
  return recordFrame({ ...record, time, subrecords: [displayed(groups, { time })] });
}

/** A unit of the damage matrix: heart rate, saturation and pulse. */
export function datexUnit(heartRate: number, spo2: number, time: number): Uint8Array {
  return valuesFrame(
    [
      { at: group.ecg, values: [heartRate, noData, noData, noData, noData] },
      { at: group.spo2, values: [spo2 * 100, heartRate, noData, noData] },
    ],
    { time: startTime + time, number: time },
  );
}

export function wave(type: number, samples: readonly number[], status = 0): TestSubrecord {
  return { type, bytes: [...word(samples.length), ...word(status), 0, 0, ...samples.flatMap(word)] };
}

export function waveFrame(waves: readonly TestSubrecord[], time: number): Uint8Array {
  return recordFrame({ mainType: 1, time: startTime + time, subrecords: waves });
}

/** Composed by hand, and accepted by another reader. */
export const workedFrames = {
  request: '7e310000090000000000000000000000000000000000ff0000000000000000000000000000000000000105000e00000000004d7e',
  stop: '7e310000090000000000000000000000000000000000ff0000000000000000000000000000000000000100000000000000003a7e',
  waves:
    '7e480000090000000000000000000001000000000000ff000000000000000000000000000000000000000000000809ff00000000000000000000000000000000000000000000000000617e',
} as const;
