import { writeSync } from 'node:fs';
import { StoreError } from '../../electron/service/store/store-error.ts';
import { openStore, type Store } from '../../electron/service/store/store.ts';
import { createSeededIds } from '../support/seeded-ids.ts';

/**
 * A process that gets ready, waits for a line on standard input, tries to open the room in `argv[2]` with the key
 * in `argv[3]`, says `OPEN` or the code of the refusal, and stays until standard input ends.
 */
const [folder = '', keyHex = ''] = process.argv.slice(2);
/** Held: a store that nobody holds any more is closed, and its lock given back, whenever memory is tidied. */
let store: Store | undefined;
writeSync(1, 'READY\n');
process.stdin.once('data', () => {
  try {
    store = openStore({ folder, key: new Uint8Array(Buffer.from(keyHex, 'hex')), ids: createSeededIds(1) });
    writeSync(1, 'OPEN\n');
  } catch (error) {
    writeSync(1, `${error instanceof StoreError ? error.code : String(error)}\n`);
  }
});
process.stdin.on('end', () => store?.close());
