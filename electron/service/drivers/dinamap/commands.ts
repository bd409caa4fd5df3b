import { encodeMessage } from './frame.ts';

/**
 * Everything Vigil ever says to a DINAMAP: read the last blood pressure, the saturation, the pulse rate, the last
 * temperature. The protocol also has commands
 * that start and cancel a cuff; they are not here, and there is no way to build one from outside.
 */
export const readCommands = ['NA', 'OA', 'RA', 'TC'] as const;
export type ReadCommand = (typeof readCommands)[number];

const requests: Readonly<Record<ReadCommand, Uint8Array>> = {
  NA: encodeMessage(' NA'),
  OA: encodeMessage(' OA'),
  RA: encodeMessage(' RA'),
  TC: encodeMessage(' TC'),
};

/** A fresh copy, because a port may keep what it is given. */
export function requestOf(command: ReadCommand): Uint8Array {
  return requests[command].slice();
}
