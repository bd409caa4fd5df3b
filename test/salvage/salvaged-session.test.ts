import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pageLength } from '../../electron/service/store/cipher-pages.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { readKeyFile, writeKeyFile } from '../../electron/service/store/data-key.ts';
import { salvageRoom, type Salvage } from '../../electron/service/store/salvage/salvage-room.ts';
import { homeText } from '../../renderer/text/home.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { openTestRoom, startDose, type TestRoom } from '../support/test-room.ts';
import { rowsByPage } from './flips.ts';
import { change } from './salvaged-room.ts';

let room: TestRoom;
beforeEach(() => {
  room = openTestRoom();
  writeKeyFile(
    dataFolderAt(room.folder),
    new Uint8Array(32).map((_, index) => index + 1),
  );
});
afterEach(() => room.close());

/** The page with the event that `pick` chooses among all of the log is lost, and the room is salvaged in the same place. */
function salvageHere(pick: (numbers: readonly number[]) => number): Salvage {
  const key = readKeyFile(dataFolderAt(room.folder));
  const events = rowsByPage(room.folder, key).filter(({ table }) => table === 'event_log');
  const seq = pick(events.map((row) => Number(row.key)));
  const page = events.find((row) => row.key === String(seq))?.pages[0] ?? 0;
  change(join(room.folder, 'vigil.db'), (bytes) => void bytes.fill(0, (page - 1) * pageLength, page * pageLength));
  const to = `${room.folder}-saved`;
  const task = { path: room.folder, key, to, backup: null, ids: createSeededIds(78), now: room.clock.now(), account: 'it' };
  const salvage = salvageRoom({ ...task, onProgress: () => undefined });
  rmSync(room.folder, { recursive: true });
  renameSync(to, room.folder);
  return salvage;
}

async function record(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    room.execute({
      type: 'record-observation',
      text: `${index}: ${'calm, breathing quietly; '.repeat(20)}`,
      chips: [],
      begunAt: room.clock.now().utcMs,
    });
    await room.pass(10_000);
  }
}

test('SALVAGE-7 the end of the log is lost in an infusion: the session goes on with a gap that says so, and asks for the pump', async () => {
  room.openSession();
  startDose(room);
  await record(20);
  let salvage: Salvage | undefined;
  await room.restart(() => {
    salvage = salvageHere((numbers) => Math.max(...numbers));
  });
  expect(salvage?.verification.problems).toEqual([]);
  expect([salvage?.saved.holes, salvage?.losses.setAside]).toEqual([[], []]);
  const { session, room: state } = room.room.recorder;
  expect([session?.dose.status, session?.needsPumpConfirmation]).toEqual(['running', true]);
  expect(session?.gaps.at(-1)).toMatchObject({ cause: 'salvaged', toMs: room.clock.now().utcMs });
  expect(state.salvaged).toMatchObject({ setAside: [], roomEntriesLost: false });
  expect(state.salvaged?.entriesLost).toBeGreaterThan(0);
});

test('SALVAGE-6 an entry in the middle of an infusion is lost: the session is not gone on with, nothing of it can be recorded, and another can be opened', async () => {
  const sessionId = room.openSession();
  startDose(room);
  await record(20);
  let salvage: Salvage | undefined;
  await room.restart(() => {
    salvage = salvageHere((numbers) => numbers.at(-8) ?? 0);
  });
  expect([salvage?.verification.problems, salvage?.losses.setAside]).toEqual([[], [sessionId]]);
  const { recorder } = room.room;
  expect(recorder.session).toBeNull();
  expect(recorder.sessions.readable(sessionId)).toBeNull();
  expect(recorder.sessions.newest(5).map((entry) => entry.sessionId)).toContain(sessionId);
  expect(() => recorder.sessions.require(sessionId)).toThrow('was set aside');
  expect(room.openSession()).not.toBe(sessionId);
});

test('SALVAGE-7 Home says in words what is lost', () => {
  const { salvagedWords } = homeText.workstation;
  expect(salvagedWords({ atMs: 0, entriesLost: 0, isEndKnown: true, roomEntriesLost: false, sessionsSetAside: 0 })).toBe(
    'This room was saved out of a damaged file. No entry of it is known to be lost.',
  );
  expect(salvagedWords({ atMs: 0, entriesLost: 12, isEndKnown: true, roomEntriesLost: true, sessionsSetAside: 2 })).toBe(
    'This room was saved out of a damaged file. 12 entries of it are lost. 2 sessions lack entries or readings, or may: what is left of them can be exported by IT, and not gone on with or signed. Entries of the room itself are missing: look through people, patients and monitors, and count the drugs.',
  );
  expect(salvagedWords({ atMs: 0, entriesLost: 0, isEndKnown: false, roomEntriesLost: false, sessionsSetAside: 0 })).toBe(
    'This room was saved out of a damaged file. No entry of it is known to be lost. Nothing told where its log ended: more may be lost at the end.',
  );
});
