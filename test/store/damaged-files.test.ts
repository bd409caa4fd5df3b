import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportCommand } from '../../electron/cli/export.ts';
import { verifyCommand } from '../../electron/cli/verify.ts';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { writeKeyFile } from '../../electron/service/store/data-key.ts';
import { openStore } from '../../electron/service/store/store.ts';
import { StoreError } from '../../electron/service/store/store-error.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { createRoomFixture, memoryFolder, sessionDrafts, type RoomFixture } from './room-fixture.ts';

const soak = process.env['VIGIL_SOAK'] === '1';
const rounds = soak ? 100 : 1;

let room: RoomFixture;
/** The room as a kill leaves it, with most of it in SQLite's log; and closed in order. */
let killed: string;
let closed: string;
beforeEach(() => {
  room = createRoomFixture(45, mkdtempSync(join(memoryFolder(), 'vigil-damaged-')));
  const store = room.open();
  writeKeyFile(dataFolderAt(room.folder), room.key);
  store.events.appendAll(sessionDrafts(room.ids, room.ids.uuid(), 60));
  [killed, closed] = ['killed', 'closed'].map((name) => join(room.place, name)) as [string, string];
  cpSync(room.folder, killed, { recursive: true });
  store.close();
  cpSync(room.folder, closed, { recursive: true });
});
afterEach(() => room.close());

const ids = createSeededIds(45);
const below = (limit: number): number => Buffer.from(ids.randomBytes(4)).readUInt32BE() % Math.max(1, limit);

function withPage(bytes: Buffer, page: Uint8Array): Buffer {
  const changed = Buffer.from(bytes);
  changed.set(page.subarray(0, changed.length), below(changed.length - page.length));
  return changed;
}

const damages: Readonly<Record<string, (bytes: Buffer) => Uint8Array>> = {
  'a byte': (bytes) => withPage(bytes, Buffer.of(below(256))),
  'a byte of its beginning': (bytes) => Buffer.concat([withPage(bytes.subarray(0, 100), Buffer.of(below(256))), bytes.subarray(100)]),
  'a page of zeros': (bytes) => withPage(bytes, Buffer.alloc(pageLength)),
  'a page of noise': (bytes) => withPage(bytes, ids.randomBytes(pageLength)),
  'cut off': (bytes) => bytes.subarray(0, below(bytes.length)),
  'cut off at a page': (bytes) => bytes.subarray(0, pageLength * below(bytes.length / pageLength)),
  emptied: () => Buffer.alloc(0),
  longer: (bytes) => Buffer.concat([bytes, ids.randomBytes(1 + below(3 * pageLength))]),
};

/** What a command says of the folder: nothing where it is content with it. */
async function saidBy(command: typeof verifyCommand | typeof exportCommand): Promise<string> {
  const said: string[] = [];
  const exit = await command.run(['--data', room.folder], { stdout: (line) => said.push(line), stderr: (line) => said.push(line) });
  return exit === 0 ? '' : said.join('\n');
}

function saidByOpening(): string {
  try {
    openStore({ folder: room.folder, key: room.key, ids: room.ids }).close();
    return '';
  } catch (error) {
    if (error instanceof StoreError) return error.message;
    throw error;
  }
}

/** In each file of the folder in turn. Last the room is opened, which may change it. */
async function saidOf(from: string, name: string, damage: (bytes: Buffer) => Uint8Array): Promise<readonly string[]> {
  rmSync(room.folder, { recursive: true });
  cpSync(from, room.folder, { recursive: true });
  const file = join(room.folder, name);
  writeFileSync(file, damage(readFileSync(file)));
  return [await saidBy(verifyCommand), await saidBy(exportCommand), saidByOpening()];
}

test(
  'STORE-45 whatever is damaged in a folder, verify, export and the opening say in words which file it is and what to do',
  async () => {
    expect(await saidOf(closed, 'head', (bytes) => bytes)).toEqual(['', '', '']);
    let refused = 0;
    for (let round = 0; round < rounds; round += 1) {
      for (const [kind, damage] of Object.entries(damages)) {
        for (const [from, name] of [
          [closed, 'vigil.db'],
          [killed, 'vigil.db'],
          [killed, 'vigil.db-wal'],
          [closed, 'head'],
        ] as const) {
          for (const said of await saidOf(from, name, damage)) {
            if (said === '') continue;
            refused += 1;
            const what = `${kind} in ${name} (${basename(from)}): ${said}`;
            expect(said, what).toContain(room.folder);
            expect(said, what).not.toContain('vigil-copy-');
            expect(said, what).toMatch(/restore|back\b|recovery key|vigil verify|"problem"/);
          }
        }
      }
    }
    // Damage that nobody notices in most of the cases would be no damage.
    expect(refused).toBeGreaterThan(rounds * 40);
  },
  soak ? 3_600_000 : 60_000,
);
