import { writeSync } from 'node:fs';
import { openStore } from '../../electron/service/store/store.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { answer, sessionDrafts } from './room-fixture.ts';

/**
 * A process that writes until it is killed, and says what it was promised: one line `ACK <seq>` for each append,
 * after it returned. Arguments: data folder, key in hex, seed, number of appends (0 is for ever), and pragmas to
 * change after opening, which is how the tests show what the right ones are for. With `--early` it says so before the
 * append, as a program does that answers first and writes then.
 */
const isEarly = process.argv.includes('--early');
const [folder = '', keyHex = '', seed = '1', appends = '0', ...pragmas] = process.argv.slice(2).filter((word) => word !== '--early');
const ids = createSeededIds(Number(seed));
const store = openStore({ folder, key: new Uint8Array(Buffer.from(keyHex, 'hex')), ids });
for (const pragma of pragmas) store.database.connection.pragma(pragma);

function acknowledge(ahead = 0): void {
  writeSync(1, `ACK ${store.events.head.seq + ahead}\n`);
}

const [sessionId, ratingId, monitorId] = [ids.uuid(), ids.uuid(), ids.uuid()];
const startMs = 1_795_446_000_000 + Number(seed) * 1_000_000;
store.events.appendAll(sessionDrafts(ids, sessionId, 3));
acknowledge();
for (let round = 1; round !== Number(appends); round += 1) {
  const count = 1 + ((round * 7) % 4);
  if (isEarly) acknowledge(count);
  // The monotonic clock in the drafts advances by more than the witness of the log's end waits.
  store.events.appendAll(Array.from({ length: count }, (_, index) => answer(ids, sessionId, ratingId, round * 60 + index)));
  if (!isEarly) acknowledge();
  if (round % 3 !== 0) continue;
  const at = { utcMs: startMs + round * 1000, offsetMin: -300 };
  const readings = [{ metric: 'spo2', value: 90 + (round % 10), unit: '%', quality: 'good' } as const];
  store.readings.appendSecond([{ sessionId, monitorId, at, monoMs: round * 1000, bootId: sessionId, readings }]);
}
