import { parentPort, workerData } from 'node:worker_threads';
import { Outbox } from '../../electron/service/sync/outbox.ts';

/** Reads the whole log of a room by batches, again and again, until it is told to end; then says how many rows it read. */
const { file, key } = workerData as { readonly file: string; readonly key: Uint8Array };
const outbox = new Outbox(file, key);
let [rows, seq] = [0, 0];
let ended = false;
parentPort?.on('message', () => (ended = true));

function turn(): void {
  const batch = outbox.after(seq);
  rows += batch.rows.length;
  seq = batch.rows.at(-1)?.seq ?? 0;
  if (!ended) return void setImmediate(turn);
  outbox.close();
  parentPort?.postMessage(rows);
  parentPort?.close();
}
parentPort?.postMessage('begun');
turn();
