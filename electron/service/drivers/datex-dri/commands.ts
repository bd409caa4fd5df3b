import { encodeFrame } from './frame.ts';
import { headerBytes, mainType } from './record.ts';
import { samplesPerSecond } from './waves.ts';

/**
 * Everything Vigil ever says to an S/5 monitor: send the displayed values, send waves, stop. The interface knows no command that would
 * start a cuff or change a limit, and there is no way to build one from outside.
 *
 * Layouts: `docs/monitors/datex-dri.md` Each function gives a fresh frame, because a port may keep what it is given.
 */
const displayedValues = 1;
/** Basic class and the three extensions. */
const allClasses = 0x0e;
/** The shortest interval that monitors are known to keep. */
export const intervalS = 5;
const endOfList = 0xff;
const waveTypesMax = 8;
const samplesPerSecondMax = 600;

function request(level: number, main: number, payload: readonly number[]): Uint8Array {
  const record = new Uint8Array(headerBytes + payload.length);
  record.set([record.length, 0, 0, level]);
  record[14] = main;
  // One subrecord, a request, and the end of the list.
  record[21] = endOfList;
  record.set(payload, headerBytes);
  return encodeFrame(record);
}

/** All displayed values once and at once: who has just been connected need not wait for the first interval to end. */
export function numericsOnce(level: number): Uint8Array {
  return request(level, mainType.physiological, [displayedValues, 0xff, 0xff, allClasses, 0, 0, 0, 0, 0]);
}

/** All displayed values every five seconds, at the level of the interface that is spoken. */
export function numericsRequest(level: number): Uint8Array {
  return request(level, mainType.physiological, [displayedValues, intervalS, 0, allClasses, 0, 0, 0, 0, 0]);
}

export function numericsStop(level: number): Uint8Array {
  return request(level, mainType.physiological, [displayedValues, 0, 0, 0, 0, 0, 0, 0, 0]);
}

/** Waves of up to eight types, together at most 600 samples a second. Throws RangeError for more: the line could not carry them. */
export function wavesRequest(level: number, types: readonly number[]): Uint8Array {
  const perSecond = types.reduce((sum, type) => sum + (samplesPerSecond(type) ?? Infinity), 0);
  if (types.length > waveTypesMax || perSecond > samplesPerSecondMax) throw new RangeError('more waves than an S/5 monitor can send');
  return request(level, mainType.wave, wavePayload(0, types));
}

export function wavesStop(level: number): Uint8Array {
  return request(level, mainType.wave, wavePayload(1, []));
}

function wavePayload(kind: number, types: readonly number[]): number[] {
  const list = [...types, ...(types.length < waveTypesMax ? [endOfList] : [])];
  return [kind, 0, 0, 0, ...list, ...Array<number>(waveTypesMax - list.length + 20).fill(0)];
}

/** Pleth, CO₂ and the first ECG channel: 425 samples a second. */
export const wantedWaves: readonly number[] = [8, 9, 1];
