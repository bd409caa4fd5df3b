import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import type { OpenConnection } from '../../electron/service/store/connection.ts';

/** Holds SQLite's lock for writing for a while, as a reader does for a moment that began to read in the middle of a commit. */
const { file, key, forMs } = workerData as { readonly file: string; readonly key: Uint8Array; readonly forMs: number };
const open = createRequire(import.meta.url)('better-sqlite3') as OpenConnection;
const connection = new open(file, { timeout: 5000, fileMustExist: true });
for (const pragma of ["cipher='sqlcipher'", 'legacy=4', `legacy_page_size=${pageLength}`, `page_size=${pageLength}`])
  connection.pragma(pragma);
connection.key(Buffer.from(`x'${Buffer.from(key).toString('hex')}'`, 'latin1'));
connection.exec('BEGIN IMMEDIATE');
parentPort?.postMessage('held');
setTimeout(() => {
  connection.exec('ROLLBACK');
  connection.close();
  parentPort?.close();
}, forMs);
