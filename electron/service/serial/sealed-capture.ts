import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/**
 * A capture of a room as it lies on the disk: the bytes of `capture-format.ts` in pieces, each sealed by itself.
 *
 *     "VIGILCAS" · version (2 bytes) · salt (32) · pieces …
 *     piece: length of the ciphertext (4) · ciphertext · tag (16)
 *
 * Numbers are little-endian. AES-256-GCM under a key of this file alone, HKDF-SHA256 of the room's data key and the salt. The
 * nonce is the number of the piece, so that one that is left out, moved or taken from another file does not open; its length
 * is sealed with it. A cut costs what is no whole piece any more, and shows in the capture within, which then has no end.
 */
export const sealedCaptureMagic = 'VIGILCAS';
const version = 1;
const saltBytes = 32;
const headBytes = sealedCaptureMagic.length + 2 + saltBytes;
const lengthBytes = 4;
const tagBytes = 16;
const nonceBytes = 12;
const pieceBytesMax = 1024 * 1024;

/** What a room seals its captures with. */
export interface CaptureSeal {
  /** The room's data key, 32 bytes. */
  readonly key: Uint8Array;
  randomBytes(count: number): Uint8Array;
}

/** Seals one capture: give it what is to be appended, append what it gives. */
export type SealPiece = (plain: Uint8Array) => Uint8Array;

export function createCaptureSealer({ key, randomBytes }: CaptureSeal): SealPiece {
  const salt = randomBytes(saltBytes);
  const fileKey = keyOfFile(key, salt, version);
  const head = Buffer.concat([Buffer.from(sealedCaptureMagic, 'latin1'), Buffer.from([version, 0]), salt]);
  let count = 0;
  return (plain) => {
    const pieces: Uint8Array[] = count === 0 ? [head] : [];
    for (let at = 0; at < plain.length; at += pieceBytesMax) {
      const part = plain.subarray(at, at + pieceBytesMax);
      const length = lengthOf(part.length);
      const cipher = createCipheriv('aes-256-gcm', fileKey, nonceOf(count), { authTagLength: tagBytes });
      cipher.setAAD(length);
      pieces.push(length, cipher.update(part), cipher.final(), cipher.getAuthTag());
      count += 1;
    }
    return Buffer.concat(pieces);
  };
}

export function isSealedCapture(file: Uint8Array): boolean {
  return Buffer.from(file.subarray(0, sealedCaptureMagic.length)).toString('latin1') === sealedCaptureMagic;
}

export interface OpenedCapture {
  /** The whole pieces up to the end, the cut or the first that does not open. */
  readonly plain: Uint8Array;
  /** A piece after the first does not open: it was changed, moved or exchanged. */
  readonly changed: boolean;
  /** Bytes of the file from there on. */
  readonly unreadBytes: number;
}

/** Takes any bytes that `isSealedCapture` holds for one. A string: why nothing of it can be read, in words that complete "NAME …". */
export function openSealedCapture(file: Uint8Array, key: Uint8Array): OpenedCapture | string {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.length < headBytes) return 'is cut before its first piece: nothing of it can be read';
  const written = view.getUint16(sealedCaptureMagic.length, true);
  if (written > version) return `was written by a newer Vigil (sealed capture version ${written}; this one knows ${version})`;
  const fileKey = keyOfFile(key, file.subarray(headBytes - saltBytes, headBytes), written);
  const opened: Uint8Array[] = [];
  let at = headBytes;
  let changed = false;
  while (at + lengthBytes + tagBytes <= file.length) {
    const length = view.getUint32(at, true);
    const end = at + lengthBytes + length + tagBytes;
    changed = length > pieceBytesMax;
    if (changed || end > file.length) break;
    const part = openPiece(fileKey, opened.length, file.subarray(at, end));
    changed = part === null;
    if (part === null) break;
    opened.push(part);
    at = end;
  }
  if (changed && opened.length === 0) return 'does not open with the key of this room: it is of another one, or its beginning was changed';
  return { plain: Buffer.concat(opened), changed, unreadBytes: file.length - at };
}

function openPiece(fileKey: Uint8Array, number: number, piece: Uint8Array): Uint8Array | null {
  const tagAt = piece.length - tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', fileKey, nonceOf(number), { authTagLength: tagBytes });
  decipher.setAAD(piece.subarray(0, lengthBytes));
  decipher.setAuthTag(piece.subarray(tagAt));
  try {
    return Buffer.concat([decipher.update(piece.subarray(lengthBytes, tagAt)), decipher.final()]);
  } catch {
    return null;
  }
}

function keyOfFile(key: Uint8Array, salt: Uint8Array, written: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, salt, `vigil sealed capture ${written}`, 32));
}

function lengthOf(length: number): Uint8Array {
  const bytes = Buffer.alloc(lengthBytes);
  bytes.writeUInt32LE(length);
  return bytes;
}

function nonceOf(number: number): Uint8Array {
  const bytes = Buffer.alloc(nonceBytes);
  bytes.writeUInt32LE(number);
  return bytes;
}
