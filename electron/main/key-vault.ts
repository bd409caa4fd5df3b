import { safeStorage } from 'electron';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const sealedKeySchema = z.object({ format: z.literal('vigil-sealed-key-1'), backend: z.string(), sealed: z.base64() });

export interface UnsealedKey {
  /** null: no trustworthy key store here; the service keeps the key in a file that only its owner can read. */
  readonly keyBase64: string | null;
}

/**
 * The room's data key, sealed by the operating system's key store. Which store sealed it is kept beside it: a store
 * that was exchanged must be told apart from a wrong key, and nothing is ever made anew over an existing record.
 */
export async function unsealDataKey(dataFolder: string): Promise<UnsealedKey> {
  const file = join(dataFolder, 'key.sealed');
  if (existsSync(file)) return { keyBase64: unseal(file) };
  const backend = storeName();
  // The browser shell's key file, or no store worth its name: the service's own file it is.
  if (existsSync(join(dataFolder, 'vigil.db')) || backend === null) return { keyBase64: null };
  const key = randomBytes(32).toString('base64');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const sealed = safeStorage.encryptString(key).toString('base64');
  const content = JSON.stringify({ format: 'vigil-sealed-key-1', backend, sealed } satisfies z.input<typeof sealedKeySchema>);
  writeFileSync(file, content, { mode: 0o600, flag: 'wx' });
  return { keyBase64: key };
}

function unseal(file: string): string {
  const { backend, sealed } = sealedKeySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const now = storeName();
  if (now !== backend) {
    throw new Error(
      `The key of this room was sealed by the key store "${backend}", and this computer now offers "${now ?? 'none'}". ` +
        'Restore that key store, or make the key file again with: vigil recover-key.',
    );
  }
  return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
}

/** The key store in force; null where it would hide the key behind a password that everybody knows. */
function storeName(): string | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform !== 'linux') return process.platform;
  const backend = safeStorage.getSelectedStorageBackend();
  return backend === 'basic_text' || backend === 'unknown' ? null : backend;
}
