/** Capnostream messages as tests write them, from the layout in `docs/monitors`; nothing here shares code with the driver. */
export function capnostreamMessage(code: number, payload: readonly number[] = []): Uint8Array {
  const body = [payload.length + 1, code, ...payload];
  const checksum = body.reduce((sum, byte) => sum ^ byte, 0);
  const escaped = [...body, checksum].flatMap((byte) => (byte === 0x80 ? [0x80, 0x00] : byte === 0x85 ? [0x80, 0x05] : [byte]));
  return Uint8Array.from([0x85, ...escaped]);
}

export interface CapnostreamNumerics {
  readonly seconds?: number;
  readonly etco2?: number;
  readonly fico2?: number;
  readonly respRate?: number;
  readonly spo2?: number;
  readonly pulseRate?: number;
  readonly slow?: number;
  readonly co2Alarms?: number;
  readonly spo2Alarms?: number;
  readonly noBreath?: number;
  readonly units?: number;
  readonly extended?: number;
}

const limits = [60, 15, 30, 5, 8, 100, 90, 140, 50];

export function numericsPayload(content: CapnostreamNumerics): number[] {
  const { seconds = 1_700_000_000, etco2 = 38, fico2 = 1, respRate = 14, spo2 = 97, pulseRate = 72 } = content;
  const { slow = 0, co2Alarms = 0, spo2Alarms = 0, noBreath = 0, units = 1, extended = 0 } = content;
  const time = [24, 16, 8, 0].map((shift) => (seconds >>> shift) & 0xff);
  return [...time, etco2, fico2, respRate, spo2, pulseRate, slow, 0, 0, 0, co2Alarms, spo2Alarms, noBreath, ...limits, units, extended];
}

export function capnostreamNumerics(content: CapnostreamNumerics = {}): Uint8Array {
  return capnostreamMessage(1, numericsPayload(content));
}

/** `raw`: 256ths. */
export function capnostreamSample(counter: number, raw: number, status = 0): Uint8Array {
  return capnostreamMessage(0, [counter & 0xff, raw >> 8, raw & 0xff, status]);
}

export function capnostreamId(): Uint8Array {
  return capnostreamMessage(
    4,
    Array.from('V45.67 02/24/2008 B355987654  ', (letter) => letter.charCodeAt(0)),
  );
}
