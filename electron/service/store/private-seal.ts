import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { slowHash, type HashCost } from '../platform/slow-hash.ts';
import { assertDataKey, type DataKey, type RandomBytes } from './data-key.ts';

/**
 * The sealing of private notes (docs/decisions/0024):
 *
 *     data key ──HKDF──► file key                        encrypts every page of the file
 *     data key ──HKDF──► pepper key                      seals the pepper of each author's key (random)
 *     PIN [and phrase] ──scrypt──┐
 *     pepper ────────────────────┴─HKDF─► wrapping key   opens the author's key
 *     author's key (random)                              seals each note and draft, AES-256-GCM
 *
 * A PIN of six digits can be tried out offline, so that it never wraps anything alone: without the room's data key
 * the right PIN opens nothing, and with it nothing opens without the author's PIN. With the pepper between the two the
 * data key is changed without any author: the pepper is sealed anew. Keys that were wrapped before there were peppers
 * have the data key in its place; after a change that key is their pepper, until their author opens them and a real one
 * takes its place.
 */
export interface SealedAuthorKey {
  readonly salt: Uint8Array;
  readonly cost: HashCost;
  /** The author added a phrase of their own to the PIN. */
  readonly withPhrase: boolean;
  readonly sealed: Uint8Array;
  /** Sealed under the data key; null: the data key itself takes its place. */
  readonly pepper: Uint8Array | null;
}

export interface AuthorSecret {
  readonly pin: string;
  readonly phrase: string | null;
}

/** What a note is bound to: moved to another author, session or time it no longer opens. */
export interface NotePlace {
  readonly id: string;
  readonly authorId: string;
  readonly sessionId: string;
  readonly atMs: number;
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
/** Notes are padded to a multiple of this, so that not even the length of one can be read off the file. */
const paddedTo = 1024;
const lengthBytes = 4;

/** The key of the private file's pages: of the room, but not the room's own. */
export function privateFileKey(dataKey: DataKey): DataKey {
  assertDataKey(dataKey);
  return new Uint8Array(hkdfSync('sha256', dataKey, new Uint8Array(), 'vigil private notes file 1', keyBytes));
}

/** A new author's key, and the same key wrapped for keeping. What a key was wrapped at is kept with it. */
export async function createAuthorKey(
  dataKey: DataKey,
  authorId: string,
  secret: AuthorSecret,
  randomBytes: RandomBytes,
  cost: HashCost,
): Promise<{ readonly key: Uint8Array; readonly sealed: SealedAuthorKey }> {
  const key = Uint8Array.from(randomBytes(keyBytes));
  return { key, sealed: await wrapAuthorKey(dataKey, authorId, key, secret, randomBytes, cost) };
}

/** An author's key wrapped for keeping, also one that was kept under another PIN before. */
export async function wrapAuthorKey(
  dataKey: DataKey,
  authorId: string,
  key: Uint8Array,
  secret: AuthorSecret,
  randomBytes: RandomBytes,
  cost: HashCost,
): Promise<SealedAuthorKey> {
  const salt = randomBytes(keyBytes);
  const pepper = Uint8Array.from(randomBytes(keyBytes));
  const sealedPepper = encrypt(pepperKey(dataKey), pepper, pepperContext(authorId), randomBytes);
  const wrapping = await wrappingKey(pepper, secret, salt, cost);
  pepper.fill(0);
  const sealed = encrypt(wrapping, key, wrapContext(authorId), randomBytes);
  wrapping.fill(0);
  return { salt, cost, withPhrase: secret.phrase !== null, sealed, pepper: sealedPepper };
}

/** The author's key; null where this secret does not open it (or the row was changed): which of the two cannot be told. */
export async function openAuthorKey(
  dataKey: DataKey,
  authorId: string,
  secret: AuthorSecret,
  kept: SealedAuthorKey,
): Promise<Uint8Array | null> {
  const pepper = openPepper(dataKey, authorId, kept.pepper)?.bytes;
  if (pepper === undefined) return null;
  const wrapping = await wrappingKey(pepper, secret, kept.salt, kept.cost);
  pepper.fill(0);
  const key = decrypt(wrapping, kept.sealed, wrapContext(authorId));
  wrapping.fill(0);
  return key;
}

/** Whether what it was wrapped with is a data key, of today or of before: better that it is wrapped anew. */
export function isWrappedWithDataKey(dataKey: DataKey, authorId: string, { pepper }: SealedAuthorKey): boolean {
  const opened = openPepper(dataKey, authorId, pepper);
  opened?.bytes.fill(0);
  return opened?.isDataKey === true;
}

/** The pepper of an author's key, sealed under another data key; as it was where this one does not open it. */
export function repeppered(
  { key, newKey, randomBytes }: { readonly key: DataKey; readonly newKey: DataKey; readonly randomBytes: RandomBytes },
  authorId: string,
  pepper: Uint8Array | null,
): Uint8Array | null {
  const opened = openPepper(key, authorId, pepper);
  if (opened === null) return pepper;
  const context = opened.isDataKey ? earlierKeyContext(authorId) : pepperContext(authorId);
  const sealed = encrypt(pepperKey(newKey), opened.bytes, context, randomBytes);
  opened.bytes.fill(0);
  return sealed;
}

/** A copy, to be wiped by whoever asked; null where it does not open. */
function openPepper(
  dataKey: DataKey,
  authorId: string,
  sealed: Uint8Array | null,
): { readonly bytes: Uint8Array; readonly isDataKey: boolean } | null {
  assertDataKey(dataKey);
  if (sealed === null) return { bytes: Uint8Array.from(dataKey), isDataKey: true };
  const key = pepperKey(dataKey);
  const pepper = decrypt(key, sealed, pepperContext(authorId));
  if (pepper !== null) return { bytes: pepper, isDataKey: false };
  const earlierKey = decrypt(key, sealed, earlierKeyContext(authorId));
  return earlierKey === null ? null : { bytes: earlierKey, isDataKey: true };
}

function pepperKey(dataKey: DataKey): Uint8Array {
  assertDataKey(dataKey);
  return new Uint8Array(hkdfSync('sha256', dataKey, new Uint8Array(), 'vigil private pepper 1', keyBytes));
}

/** An earlier key of an author under a later one. */
export function sealEarlierKey(
  later: Uint8Array,
  { authorId, number }: { readonly authorId: string; readonly number: number },
  key: Uint8Array,
  randomBytes: RandomBytes,
): Uint8Array {
  return encrypt(later, key, earlierContext(authorId, number), randomBytes);
}

/** Null where this later key is not the one, or the row was changed. */
export function openEarlierKey(
  later: Uint8Array,
  { authorId, number }: { readonly authorId: string; readonly number: number },
  sealed: Uint8Array,
): Uint8Array | null {
  return decrypt(later, sealed, earlierContext(authorId, number));
}

export function sealText(key: Uint8Array, place: NotePlace, text: string, randomBytes: RandomBytes): Uint8Array {
  const words = Buffer.from(text, 'utf8');
  const padded = Buffer.alloc(Math.ceil((lengthBytes + words.length) / paddedTo) * paddedTo);
  padded.writeUInt32BE(words.length, 0);
  words.copy(padded, lengthBytes);
  const sealed = encrypt(key, padded, noteContext(place), randomBytes);
  words.fill(0);
  padded.fill(0);
  return sealed;
}

/** The words; null where the note was damaged, or belongs to another key. */
export function unsealText(key: Uint8Array, place: NotePlace, sealed: Uint8Array): string | null {
  const padded = decrypt(key, sealed, noteContext(place));
  if (padded === null) return null;
  const plain = Buffer.from(padded.buffer, padded.byteOffset, padded.length);
  const length = plain.readUInt32BE(0);
  const text = plain.toString('utf8', lengthBytes, lengthBytes + length);
  plain.fill(0);
  return text;
}

function wrapContext(authorId: string): string {
  return `vigil private author key 1|${authorId.toLowerCase()}`;
}

function earlierContext(authorId: string, number: number): string {
  return `vigil private earlier author key 1|${authorId.toLowerCase()}|${number}`;
}

function pepperContext(authorId: string): string {
  return `vigil private pepper 1|${authorId.toLowerCase()}`;
}

/** The data key that took the place of a pepper, before it was changed. */
function earlierKeyContext(authorId: string): string {
  return `vigil private earlier data key 1|${authorId.toLowerCase()}`;
}

function noteContext({ id, authorId, sessionId, atMs }: NotePlace): string {
  return `vigil private note 1|${id}|${authorId}|${sessionId}|${atMs}`.toLowerCase();
}

async function wrappingKey(pepper: Uint8Array, { pin, phrase }: AuthorSecret, salt: Uint8Array, cost: HashCost): Promise<Uint8Array> {
  const slow = await slowHash(JSON.stringify([pin, phrase === null ? null : phrase.normalize('NFKC')]), salt, keyBytes, cost);
  const both = Buffer.concat([slow, pepper]);
  const key = new Uint8Array(hkdfSync('sha256', both, salt, 'vigil private wrapping key 1', keyBytes));
  slow.fill(0);
  both.fill(0);
  return key;
}

/** Nonce, ciphertext, tag. A random nonce: a key seals far fewer than the 2^32 texts from which that would be unwise. */
function encrypt(key: Uint8Array, plain: Uint8Array, context: string, randomBytes: RandomBytes): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, sealed: Uint8Array, context: string): Uint8Array | null {
  if (sealed.length < nonceBytes + tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  try {
    // All of it, so that whoever wipes it wipes the only copy: of this cipher the end adds nothing, it only checks the tag.
    const plain = decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes));
    decipher.final();
    return plain;
  } catch {
    // The tag does not fit: another key, or not the bytes that were sealed.
    return null;
  }
}
