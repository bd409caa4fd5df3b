import type { FaultKind } from './scenario.ts';
import type { Chance } from './seeded-noise.ts';

/** Does to one frame's bytes what a bad line or a bad monitor does. The frame itself is left alone. */
export function damageFrame(frame: Uint8Array, faults: ReadonlySet<FaultKind>, chance: Chance): Uint8Array {
  if (faults.has('silence') || faults.has('reboot')) return new Uint8Array(0);
  let bytes: Uint8Array = frame.slice();
  if (faults.has('wrong-checksum')) bytes = withWrongByte(bytes, chance);
  if (faults.has('cut-frames')) bytes = bytes.slice(0, chance.below(bytes.length));
  if (faults.has('noise')) bytes = withNoise(bytes, chance);
  return bytes;
}

/** One byte with its highest bit turned: every checksum notices, and so does a protocol of printable text, if only in the field where it stands. */
function withWrongByte(bytes: Uint8Array, chance: Chance): Uint8Array {
  const at = chance.below(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ 0x80;
  return bytes;
}

/** Turned bits and stray bytes. */
function withNoise(bytes: Uint8Array, chance: Chance): Uint8Array {
  const noisy: number[] = [];
  for (const byte of bytes) {
    const fate = chance.below(40);
    if (fate === 0) noisy.push(byte ^ (1 << chance.below(8)));
    else if (fate === 1) noisy.push(byte, chance.below(256));
    else if (fate !== 2) noisy.push(byte);
  }
  return Uint8Array.from(noisy);
}

export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
