/** Bytes of an IntelliVue monitor as tests write them: nothing here shares code with the driver or the simulator. */
export function hexBytes(hex: string): Uint8Array {
  return Uint8Array.from((hex.replace(/\s/g, '').match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));
}

export function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function hex16(value: number): string {
  return (value & 0xffff).toString(16).padStart(4, '0');
}

function hex32(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}

const byteCount = (hex: string): number => hex.length / 2;

/** CRC-16/X.25, bit by bit. */
function fcs(bytes: readonly number[]): number {
  let sum = 0xffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 0 ? sum >>> 1 : (sum >>> 1) ^ 0x8408;
  }
  return sum ^ 0xffff;
}

/** User data in hex to a frame. */
export function intellivueFrame(userHex: string): Uint8Array {
  const body = [...hexBytes(`1101${hex16(byteCount(userHex))}${userHex}`)];
  const sum = fcs(body);
  const escaped = [...body, sum & 0xff, sum >> 8].flatMap((byte) => ([0xc0, 0xc1, 0x7d].includes(byte) ? [0x7d, byte ^ 0x20] : [byte]));
  return Uint8Array.from([0xc0, ...escaped, 0xc1]);
}

export function listHex(items: readonly string[]): string {
  return `${hex16(items.length)}${hex16(byteCount(items.join('')))}${items.join('')}`;
}

export function attributeHex(id: number, value: string): string {
  return `${hex16(id)}${hex16(byteCount(value))}${value}`;
}

export interface TestNumeric {
  readonly code: number;
  readonly state?: number;
  readonly unit?: number;
  /** FLOAT as it stands on the wire. */
  readonly float: number;
}

export const perMinute = 0x0aa0;
export const percent = 0x0220;
export const mmHg = 0x0f20;

export function numericHex({ code, state = 0, unit = perMinute, float }: TestNumeric): string {
  return `${hex16(code)}${hex16(state)}${hex16(unit)}${hex32(float)}`;
}

export interface TestResult {
  readonly objectClass?: number;
  readonly sequence?: number | null;
  readonly relativeTime?: number;
  readonly absoluteTime?: string;
  /** Attributes in hex, by handle. */
  readonly objects: readonly { readonly handle: number; readonly attributes: readonly string[] }[];
  readonly linked?: string;
}

/** The user data of a poll result. */
export function resultHex(result: TestResult): string {
  const { objectClass = 6, sequence = 1, relativeTime = 8000, absoluteTime = 'f'.repeat(16), objects, linked } = result;
  const contexts = [`0000${listHex(objects.map(({ handle, attributes }) => `${hex16(handle)}${listHex(attributes)}`))}`];
  const reply =
    `0001${sequence === null ? '' : hex16(sequence)}${hex32(relativeTime)}${absoluteTime}` +
    `0001${hex16(objectClass)}0000${listHex(objects.length === 0 ? [] : contexts)}`;
  const content = `002100000000${sequence === null ? '0c16' : 'f13b'}${hex16(byteCount(reply))}${reply}`;
  const inner = `${linked ?? ''}00010007${hex16(byteCount(content))}${content}`;
  return `e1000002${linked === undefined ? '0002' : '0005'}${hex16(byteCount(inner))}${inner}`;
}

export function resultFrame(result: TestResult): Uint8Array {
  return intellivueFrame(resultHex(result));
}

/** One result with single numerics, each an object of its own. */
export function numericsFrame(numerics: readonly TestNumeric[], rest: Partial<TestResult> = {}): Uint8Array {
  const objects = numerics.map((numeric, index) => ({ handle: index + 1, attributes: [attributeHex(0x0950, numericHex(numeric))] }));
  return resultFrame({ objects, ...rest });
}

/** What the damage matrix plays with: a heart rate and a saturation. */
export function intellivueUnit(heartRate: number, spo2: number, relativeTime: number): Uint8Array {
  return numericsFrame(
    [
      { code: 0x4182, float: heartRate },
      { code: 0x4bb8, unit: percent, float: spo2 },
    ],
    { relativeTime },
  );
}

export const workedFrames = {
  numericsPoll: 'c011010030e10000020001002800010007002200210000000000000000f13b0014000100010006000000010008f13e0004000753004917c1',
  wavesPoll: 'c011010030e10000020001002800020007002200210000000000000000f13b0014000200010009000000010008f13e00040007530004d4c1',
  createEventResult: 'c01101001ce10000020002001400010001000e002100000000001dc2000d060000609dc1',
  release: 'c01101001a09187de11661803080020101a080628080010000000000000000004108c1',
  smallest: 'c011010020e10000020002001800000003001200210000000000010008f23a0004000000007bd2c1',
} as const;

/** A create event at a relative time, with a date of eight BCD bytes and the bits of the operating mode. */
export function createEventFrame(relativeTime: number, date: string, mode = 0): Uint8Array {
  const attributes = listHex([attributeHex(0x0946, hex16(mode)), attributeHex(0x0987, date), attributeHex(0x098f, hex32(relativeTime))]);
  const event = `002100000000${attributes}`;
  const content = `002100000000${hex32(relativeTime)}0d06${hex16(byteCount(event))}${event}`;
  const inner = `00010001${hex16(byteCount(content))}${content}`;
  return intellivueFrame(`e10000020001${hex16(byteCount(inner))}${inner}`);
}

/** The attributes that say what the samples of a wave are: 16 bits, so many significant, a period in 1/8 ms. */
export function waveContextHex(significantBits: number, periodTicks: number, invalidMask: number | null = null): string[] {
  const mask = invalidMask === null ? [] : [attributeHex(0x0a16, listHex([`0001${hex16(invalidMask)}`]))];
  return [
    attributeHex(0x096d, `002010${significantBits.toString(16).padStart(2, '0')}1000`),
    attributeHex(0x098d, hex32(periodTicks)),
    ...mask,
  ];
}

export function waveHex(code: number, samples: readonly number[], state = 0): string {
  return attributeHex(0x096e, `${hex16(code)}${hex16(state)}${hex16(samples.length * 2)}${samples.map(hex16).join('')}`);
}
