import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { verifyCommand } from '../../electron/cli/verify.ts';
import { RoomService } from '../../electron/service/room-service.ts';
import { openCopy } from '../../electron/service/store/database.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { readKeyFile } from '../../electron/service/store/data-key.ts';
import { privateFileKey } from '../../electron/service/store/private-seal.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { addKnownPerson } from '../support/known-person.ts';
import { filesOf } from './private-room.ts';
import { codeOf, pageOf } from '../support/page.ts';

/** Each typed in another way into the private side. */
const marked = ['xylofon-recorded', 'xylofon-drafted', 'xylofon-refused', 'xylofon-thrown', 'xylofon-moved'] as const;
const shared = 'bassoon-shared';

let base = '';
let service: RoomService | null = null;
afterEach(async () => {
  await service?.close();
  service = null;
  rmSync(base, { recursive: true, force: true });
});

function hits(text: string, words: readonly string[] = marked): readonly string[] {
  return words.filter((word) => text.includes(word));
}

/** In any of the ways in which a text lies in a file. */
function fileHits(folder: string, words: readonly string[] = marked): readonly string[] {
  return filesOf(folder).flatMap(({ path, bytes }) =>
    words
      .filter(
        (word) =>
          bytes.includes(word, 0, 'utf8') ||
          bytes.includes(word, 0, 'utf16le') ||
          bytes.includes(Buffer.from(word).toString('base64').slice(0, 12)),
      )
      .map((word) => `${path}: ${word}`),
  );
}

interface People {
  readonly nurse: RoomClient;
  readonly therapist: RoomClient;
  readonly other: RoomClient;
  readonly it: RoomClient;
  readonly sessionId: string;
}

async function peopleIn(host: RoomService): Promise<People> {
  const page = (personId: string | null): RoomClient => pageOf(host, personId);
  await page(null).setup.room({ roomName: 'Room 2', person: { name: 'Nora', role: 'nurse', pin: '739155' }, monitors: [] });
  const nurse = page([...host.room.recorder.staff.people.keys()][0] ?? '');
  const add = async (name: string, role: 'therapist' | 'it', pin: string): Promise<RoomClient> =>
    page(addKnownPerson(host.room, { name, role, pin }).personId);
  const therapist = await add('Tove', 'therapist', '604817');
  const other = await add('Otto', 'therapist', '604818');
  const it = await add('Ida', 'it', '604819');
  const uuid = (): string => host.room.ids.uuid();
  const patient = { commandId: uuid(), name: 'Test Patient', birthDate: '1984-03-14', recordNumber: 'TP-1' };
  const { patientId } = await nurse.patients.add(patient);
  const opening = { commandId: uuid(), patientId, protocolId: 'iv-ketamine-0.5-40', course: null };
  return { nurse, therapist, other, it, sessionId: (await nurse.session.open(opening)).sessionId };
}

/** Every way in which the marked words could have gone astray. */
async function typeMarkedWords(host: RoomService, { therapist, sessionId }: People): Promise<void> {
  const uuid = (): string => host.room.ids.uuid();
  const [recorded, drafted, refused, thrown, moved] = marked;
  const begunAt = Date.now();
  const noteOf = (text: string) => ({ sessionId, noteId: uuid(), draftId: null, text, begunAt });
  await therapist.private.open({ sessionId, pin: '604817', phrase: null });
  await therapist.private.record(noteOf(`speaks of ${recorded} at length`));
  await therapist.private.keepDraft({ sessionId, draftId: uuid(), text: `half a ${drafted}`, begunAt });
  expect(await codeOf(therapist.private.record({ ...noteOf(refused), sessionId: uuid() }))).toBe('SESSION_NOT_FOUND');
  expect(await codeOf(therapist.private.record({ ...noteOf(refused.repeat(400)) }))).not.toBe('accepted');
  const { privateNotes } = host.room;
  const { record } = privateNotes;
  privateNotes.record = () => {
    throw new SyntaxError(`Unexpected token in "${thrown}"`);
  };
  expect(await codeOf(therapist.private.record(noteOf(thrown)))).not.toBe('accepted');
  privateNotes.record = record;
  await therapist.private.record(noteOf(moved));
  await therapist.private.moveDraft({ sessionId, commandId: uuid(), direction: 'to-private' });
  const command = { type: 'record-observation' as const, text: shared, chips: [], begunAt };
  await therapist.session.execute({ commandId: uuid(), sessionId, command });
}

/** All that the others are told. */
async function toldToOthers({ nurse, other, it, sessionId }: People): Promise<string> {
  const said: unknown[] = [];
  for (const page of [nurse, other]) {
    for await (const message of await page.live.watch()) {
      said.push(message);
      break;
    }
    said.push(await page.session.record({ sessionId }), await page.session.list(), await page.patients.find({ query: 'xylofon' }));
  }
  said.push(await other.private.open({ sessionId, pin: '604818', phrase: null }), await other.private.read({ sessionId }));
  for (const page of [nurse, it]) said.push(await codeOf(page.private.read({ sessionId })));
  return JSON.stringify(said);
}

test('PRIVATE-12 marked words are nowhere outside the private file, and in it only sealed', async () => {
  base = mkdtempSync(join(tmpdir(), 'vigil-private-'));
  const folder = join(base, 'room');
  const options = {
    dataFolder: folder,
    demoFolder: join(base, 'demo'),
    mode: 'room',
    key: null,
    demoRate: 1,
    version: 'test',
    extraPorts: [],
  } as const;
  const host = (service = new RoomService(options));
  const people = await peopleIn(host);
  await typeMarkedWords(host, people);

  const told = await toldToOthers(people);
  const events = JSON.stringify([...host.room.recorder.storage.store.events.readAll({})]);
  expect(hits(told)).toEqual([]);
  expect(hits(events)).toEqual([]);
  // The search finds what is there.
  expect(hits(told, [shared])).toEqual([shared]);
  expect(hits(events, [shared])).toEqual([shared]);
  expect(fileHits(base)).toEqual([]);
  const read = await people.therapist.private.read({ sessionId: people.sessionId });
  expect(hits(JSON.stringify(read))).toEqual(['xylofon-recorded', 'xylofon-drafted', 'xylofon-moved']);

  await host.close();
  service = null;
  const key = readKeyFile(dataFolderAt(folder));
  expect(fileHits(base)).toEqual([]);
  expect(fileHits(base, ['call-failed']).length).toBeGreaterThan(0);
  const verified: string[] = [];
  expect(
    await verifyCommand.run(['--data', folder], { stdout: (line) => verified.push(line), stderr: (line) => verified.push(line) }),
  ).toBe(0);
  expect(hits(verified.join('\n'))).toEqual([]);
  // With the keys that IT has: the record says nothing of it, and the private file holds nothing that reads.
  expect(hits(everyRow(join(folder, 'vigil.db'), key))).toEqual([]);
  expect(hits(everyRow(join(folder, 'vigil.db'), key), [shared])).toEqual([shared]);
  expect(hits(everyRow(join(folder, 'private-notes.db'), privateFileKey(key)))).toEqual([]);
});

function everyRow(file: string, key: Uint8Array): string {
  const connection = openCopy(file, key);
  try {
    const tables = connection.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
    expect(tables.length).toBeGreaterThan(2);
    const rows = tables.flatMap((table) => connection.prepare<[], Record<string, unknown>>(`SELECT * FROM "${table}"`).all());
    return rows
      .map((row) =>
        Object.values(row)
          .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
          .join(' '),
      )
      .join('\n');
  } finally {
    connection.close();
  }
}
