import { ascii, join } from './decoded-stream.ts';

export const hl7Header = 'MSH|^~\\&|M|R|||20261123100000||ORU^R01|1|P|2.6';

/** One message in its block; segments follow the header. */
export function hl7Message(segments: readonly string[], header = hl7Header): Uint8Array {
  return hl7Block([header, ...segments].map((segment) => `${segment}\r`).join(''));
}

export function hl7Block(text: string): Uint8Array {
  return join(Uint8Array.of(0x0b), ascii(text), Uint8Array.of(0x1c, 0x0d));
}

/** Saturation and pulse rate, as short as they can be. */
export function hl7Values(spo2: number, pulseRate: number): string[] {
  return [`OBX|1|NM|150456^^MDC||${spo2}|%|||||F`, `OBX|2|NM|149530^^MDC||${pulseRate}|/min|||||F`];
}
