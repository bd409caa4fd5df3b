import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createPrivateFile, readPrivateFile, type DataFolder } from './data-folder.ts';
import type { RandomBytes } from './data-key.ts';

/**
 * The Ed25519 key of one computer that signs checkpoints of the log. It is random and has nothing to do with the data key:
 * whoever has that, from the printed recovery key for example, can rewrite the record and cannot sign it.
 *
 *     browser shell   file `checkpoint-key` in the data folder, readable by its owner only
 *     desktop shell   sealed by the operating system's key store
 *
 * It is in no backup. A restored room has a new one.
 */
export interface CheckpointKey {
  /** 32 bytes in hexadecimal. */
  readonly publicKey: string;
  sign(text: string): Uint8Array;
}

export const checkpointSeedLength = 32;
/** What stands before the 32 bytes of a key in its standard form (RFC 8410). */
const privateForm = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicForm = Buffer.from('302a300506032b6570032100', 'hex');

export function checkpointKeyOf(seed: Uint8Array): CheckpointKey {
  if (seed.length !== checkpointSeedLength) throw new TypeError(`a checkpoint key has ${checkpointSeedLength} bytes, not ${seed.length}`);
  const key = createPrivateKey({ key: Buffer.concat([privateForm, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(publicForm.length).toString('hex');
  return { publicKey, sign: (text) => sign(null, Buffer.from(text), key) };
}

/** Tells whether a text was signed with a key, by its public half. Throws nothing: what is no signature is none of this key. */
export function createSignatureProof(): (publicKey: Buffer, text: string, signature: Buffer) => boolean {
  const known = new Map<string, KeyObject>();
  return (publicKey, text, signature) => {
    const hex = publicKey.toString('hex');
    try {
      const key = known.get(hex) ?? createPublicKey({ key: Buffer.concat([publicForm, publicKey]), format: 'der', type: 'spki' });
      known.set(hex, key);
      return verify(null, Buffer.from(text), key, signature);
    } catch {
      return false;
    }
  };
}

/** As people compare it: the first 64 bits of the SHA-256 over the 32 bytes of the public key, `3fa2-91bc-77d0-12ee`. */
export function checkpointFingerprint(publicKey: string): string {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex');
  return [0, 4, 8, 12].map((at) => digest.slice(at, at + 4)).join('-');
}

export function checkpointKeyFile({ path }: Pick<DataFolder, 'path'>): string {
  return join(path, 'checkpoint-key');
}

/** The browser shell's key, made where there is none; one that cannot be read is set aside, never overwritten. The record says that it is new. */
export function checkpointKeyOfFolder(folder: DataFolder, randomBytes: RandomBytes): CheckpointKey {
  const file = checkpointKeyFile(folder);
  if (existsSync(file)) {
    const text = readPrivateFile(file).toString('latin1').trim();
    if (/^[0-9a-f]{64}$/.test(text)) return checkpointKeyOf(Buffer.from(text, 'hex'));
    renameSync(file, `${file}.damaged`);
  }
  const seed = randomBytes(checkpointSeedLength);
  createPrivateFile(file, Buffer.from(`${Buffer.from(seed).toString('hex')}\n`));
  return checkpointKeyOf(seed);
}
