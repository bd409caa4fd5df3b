import { encodeMessage } from './frame.ts';

/**
 * Everything Vigil ever says to a Capnostream: enable communication, start and stop the values, stay alive, disable. The protocol can also
 * set patients and limits; that is not here, and there is no way to build it from outside.
 *
 * Each function gives a fresh message, because a port may keep what it is given.
 */
export function enable(): Uint8Array {
  return encodeMessage(1);
}

export function disable(): Uint8Array {
  return encodeMessage(2);
}

export function startRealTime(): Uint8Array {
  return encodeMessage(4);
}

export function stopRealTime(): Uint8Array {
  return encodeMessage(5);
}

export function linkActive(): Uint8Array {
  return encodeMessage(6);
}
