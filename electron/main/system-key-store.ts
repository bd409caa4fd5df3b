import { safeStorage } from 'electron';
import type { KeyStore } from './sealed-key.ts';

/** The operating system's key store. The asynchronous calls, because the others are on their way out. */
export const systemKeyStore: KeyStore = {
  async name() {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
    if (process.platform !== 'linux') return process.platform;
    const backend = safeStorage.getSelectedStorageBackend();
    return backend === 'basic_text' || backend === 'unknown' ? null : backend;
  },
  seal: (text) => safeStorage.encryptStringAsync(text),
  async unseal(sealed) {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed));
    return { text: result, stale: shouldReEncrypt };
  },
};
