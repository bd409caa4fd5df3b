import { encodeFrame } from './frame.ts';

/** What an IntelliVue monitor says, as bytes. Nothing here is shared with the decoder but the frame around it. */
export function u16Bytes(value: number): number[] {
  return [(value >> 8) & 0xff, value & 0xff];
}

export function u32Bytes(value: number): number[] {
  return [(value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

/** A list as the protocol has it: count, length in bytes, items. */
function listOf(items: readonly (readonly number[])[]): number[] {
  const bytes = items.flat();
  return [...u16Bytes(items.length), ...u16Bytes(bytes.length), ...bytes];
}

export function attributeOf(id: number, value: readonly number[]): number[] {
  return [...u16Bytes(id), ...u16Bytes(value.length), ...value];
}

export interface MonitorObject {
  readonly handle: number;
  readonly attributes: readonly (readonly number[])[];
}

function operation(type: number, invokeId: number, command: number, content: readonly number[]): Uint8Array {
  const inner = [...u16Bytes(invokeId), ...u16Bytes(command), ...u16Bytes(content.length), ...content];
  return encodeFrame(Uint8Array.from([0xe1, 0x00, 0x00, 0x02, ...u16Bytes(type), ...u16Bytes(inner.length), ...inner]));
}

const monitorSystem = [0x00, 0x21, 0x00, 0x00, 0x00, 0x00];

/** How the monitor introduces itself: its date and mode beside its relative time. */
export function createEvent(invokeId: number, relativeTime: number, date: readonly number[], modeBits: number): Uint8Array {
  const attributes = listOf([
    attributeOf(0x0946, u16Bytes(modeBits)),
    attributeOf(0x0987, date),
    attributeOf(0x098f, u32Bytes(relativeTime)),
  ]);
  const content = [...monitorSystem, ...attributes];
  return operation(1, invokeId, 1, [
    ...monitorSystem,
    ...u32Bytes(relativeTime),
    ...u16Bytes(0x0d06),
    ...u16Bytes(content.length),
    ...content,
  ]);
}

export interface PollAnswer {
  readonly invokeId: number;
  readonly action: number;
  readonly pollNumber: number;
  /** null in a single poll. */
  readonly sequence: number | null;
  readonly relativeTime: number;
  readonly objectClass: number;
  readonly objects: readonly MonitorObject[];
  /** Whether this is one of several messages: first, middle, last. */
  readonly linked?: { readonly state: 1 | 2 | 3; readonly count: number };
}

export function pollAnswer(answer: PollAnswer): Uint8Array {
  const { invokeId, action, pollNumber, sequence, relativeTime, objectClass, objects, linked } = answer;
  const observed = objects.map(({ handle, attributes }) => [...u16Bytes(handle), ...listOf(attributes)]);
  const contexts = observed.length === 0 ? [] : [[...u16Bytes(0), ...listOf(observed)]];
  const result = [
    ...u16Bytes(pollNumber),
    ...(sequence === null ? [] : u16Bytes(sequence)),
    ...u32Bytes(relativeTime),
    ...Array<number>(8).fill(0xff),
    ...u16Bytes(1),
    ...u16Bytes(objectClass),
    ...u16Bytes(0),
    ...listOf(contexts),
  ];
  const content = [...monitorSystem, ...u16Bytes(action), ...u16Bytes(result.length), ...result];
  if (linked === undefined) return operation(2, invokeId, 7, content);
  const inner = [linked.state, linked.count, ...u16Bytes(invokeId), ...u16Bytes(7), ...u16Bytes(content.length), ...content];
  return encodeFrame(Uint8Array.from([0xe1, 0x00, 0x00, 0x02, ...u16Bytes(5), ...u16Bytes(inner.length), ...inner]));
}

export function operationError(invokeId: number, error: number): Uint8Array {
  return operation(3, invokeId, error, []);
}

/** A session message of which only the first byte matters to a client. */
export function sessionMessage(first: number, content: readonly number[] = []): Uint8Array {
  return encodeFrame(Uint8Array.of(first, content.length, ...content));
}

/** State, unit and number; null is a value the monitor has not got. */
export function numericOf(code: number, state: number, unit: number, value: number | null, decimals = 0): number[] {
  const mantissa = value === null ? 0x7fffff : Math.round(value * 10 ** decimals) & 0xffffff;
  const exponent = value === null ? 0 : -decimals & 0xff;
  return [...u16Bytes(code), ...u16Bytes(state), ...u16Bytes(unit), ...u32Bytes(((exponent << 24) | mantissa) >>> 0)];
}

export function numericAttribute(numeric: readonly number[]): number[] {
  return attributeOf(0x0950, numeric);
}

export function compoundNumericAttribute(numerics: readonly (readonly number[])[]): number[] {
  return attributeOf(0x094b, listOf(numerics));
}

/** Samples of 16 bits. */
export function waveAttribute(code: number, state: number, samples: readonly number[]): number[] {
  return attributeOf(0x096e, [...u16Bytes(code), ...u16Bytes(state), ...u16Bytes(samples.length * 2), ...samples.flatMap(u16Bytes)]);
}

/** What the samples of a wave are: their number, significant bits, period in 1/8 ms, and the bits that mark one as not valid. */
export function waveContext(samples: number, significantBits: number, periodTicks: number, invalidMask: number): number[][] {
  return [
    attributeOf(0x096d, [...u16Bytes(samples), 16, significantBits, ...u16Bytes(0x1000)]),
    attributeOf(0x098d, u32Bytes(periodTicks)),
    attributeOf(0x0a16, [0x00, 0x01, 0x00, 0x04, 0x00, 0x01, ...u16Bytes(invalidMask)]),
  ];
}
