import { writeSync } from 'node:fs';
import { openReader } from '../../electron/service/store/database.ts';
import { openStore, type Store } from '../../electron/service/store/store.ts';
import { StoreError } from '../../electron/service/store/store-error.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { answer, sessionDrafts } from './room-fixture.ts';

/**
 * A process in which a connection reads all the while, that appends until a sync fails, opens the store anew beside the
 * reader, tells `SEEN <seq> <seq by the reader>` of what is there then, and is killed. Arguments: data folder and key in hex.
 */
const [folder = '', keyHex = ''] = process.argv.slice(2);
const ids = createSeededIds(32);
const key = new Uint8Array(Buffer.from(keyHex, 'hex'));
const open = (): Store => openStore({ folder, key, ids });
let store = open();
const [sessionId, ratingId] = [ids.uuid(), ids.uuid()];
store.events.appendAll(sessionDrafts(ids, sessionId, 3));
const reader = openReader(store.database.file, key);
const lastRead = reader.connection.prepare<[], number>('SELECT max(seq) FROM event_log').pluck();
for (let round = 1; round <= 60; round += 1) {
  lastRead.get();
  try {
    store.events.appendAll([answer(ids, sessionId, ratingId, round)]);
    writeSync(1, `ACK ${store.events.head.seq}\n`);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    writeSync(1, `${error.mayBeWritten ? 'UNKNOWN' : 'REFUSED'} ${error.message}\n`);
    store.close();
    store = open();
    writeSync(1, `SEEN ${store.events.head.seq} ${lastRead.get()}\n`);
    process.kill(process.pid, 'SIGKILL');
  }
}
