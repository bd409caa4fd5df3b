import { writeSync } from 'node:fs';
import { openStore } from '../../electron/service/store/store.ts';
import { StoreError } from '../../electron/service/store/store-error.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { answer, sessionDrafts } from './room-fixture.ts';

/**
 * A process that appends thirty-one times whatever the disk says, and tells each outcome: `ACK <seq>`, `UNKNOWN <words>` or `REFUSED <words>`.
 * Arguments: data folder and key in hex.
 */
const [folder = '', keyHex = ''] = process.argv.slice(2);
const ids = createSeededIds(31);
const store = openStore({ folder, key: new Uint8Array(Buffer.from(keyHex, 'hex')), ids });
const [sessionId, ratingId] = [ids.uuid(), ids.uuid()];
for (let round = 0; round <= 30; round += 1) {
  try {
    store.events.appendAll(round === 0 ? sessionDrafts(ids, sessionId, 3) : [answer(ids, sessionId, ratingId, round)]);
    writeSync(1, `ACK ${store.events.head.seq}\n`);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    writeSync(1, `${error.mayBeWritten ? 'UNKNOWN' : 'REFUSED'} ${error.message}\n`);
  }
}
