import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from '../../electron/service/store/database.ts';
import { Outbox } from '../../electron/service/sync/outbox.ts';

/**
 * Reads the whole log of a room by batches, with a pause after each, again and again, until it is told to `end`; then says how many rows it read.
 * Between `rest` and `drain` it reads nothing.
 */
const { file, key, pauseMs } = workerData as { readonly file: string; readonly key: Uint8Array; readonly pauseMs: number };
const outbox = new Outbox(openReader(file, key));
let [rows, seq] = [0, 0];
let told = 'drain';
parentPort?.on('message', (message: string) => {
  const rested = told === 'rest';
  told = message;
  if (rested) turn();
});

function turn(): void {
  if (told === 'rest') return;
  const batch = outbox.after(seq);
  rows += batch.rows.length;
  seq = batch.rows.at(-1)?.seq ?? 0;
  if (told === 'drain') return void setTimeout(turn, pauseMs);
  outbox.close();
  parentPort?.postMessage(rows);
  parentPort?.close();
}
parentPort?.postMessage('begun');
turn();
