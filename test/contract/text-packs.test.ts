import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { textPackHash } from '../../electron/service/platform/text-pack-hash.ts';
import { roomRoles } from '../../shared/contract/role-table.ts';
import { refusalOf } from '../../renderer/connection/failure.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { samplePack } from '../fixtures/text-packs/sample-pack.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { pageOf } from '../support/page.ts';

let room: TestRoom;
let page: RoomClient;
beforeEach(async () => {
  room = openTestRoom();
  page = pageOf(room.host);
  await page.staff.signIn({ personId: room.nurseId, pin: testPin });
});
afterEach(() => room.close());

const fileOf = (pack: unknown): string => JSON.stringify(pack);

async function refused(call: Promise<unknown>): Promise<{ code: string; message: string } | null> {
  return call.then(
    () => null,
    (error: unknown) => refusalOf(error) ?? { code: String(error), message: '' },
  );
}

function headSeq(): number {
  return room.room.recorder.storage.store.events.head.seq;
}

describe('text packs in a room', () => {
  test('INSTRUMENT-15 a pack is loaded once, listed, and still there after a restart', async () => {
    const pack = samplePack('cadss-6');
    const { pack: view, changed } = await page.textPacks.load({ content: fileOf(pack) });
    expect([view.hash, view.loadedBy, changed]).toEqual([textPackHash(pack), 'Nurse', true]);
    const seq = headSeq();
    expect((await page.textPacks.load({ content: fileOf(pack), instrument: 'cadss-6' })).changed).toBe(false);
    expect(headSeq()).toBe(seq);
    await room.restart();
    expect((await page.textPacks.list()).map(({ instrument, version }) => [instrument, version])).toEqual([['cadss-6', '1']]);
    expect((await page.textPacks.words({ hash: view.hash }))?.items[0]?.text).toBe('Invented sentence 1 of cadss-6');
  });

  test('INSTRUMENT-15 what is refused leaves nothing behind', async () => {
    const pack = samplePack('cadss-6');
    await page.textPacks.load({ content: fileOf(pack) });
    const seq = headSeq();
    const otherWords = { ...pack, items: pack.items.map((item) => ({ ...item, text: `${item.text}, changed` })) };
    const changed = await refused(page.textPacks.load({ content: fileOf(otherWords) }));
    expect(changed).toMatchObject({ code: 'TEXT_PACK_CHANGED' });
    expect(changed?.message).toBe('Version 1 of CADSS-6 (en) was loaded before with other words. Give the changed wording a new version.');
    const damaged = await refused(page.textPacks.load({ content: fileOf({ ...pack, version: '2', hash: `sha256:${'0'.repeat(64)}` }) }));
    expect(damaged?.message).toContain('the copy was changed');
    const other = await refused(page.textPacks.load({ content: fileOf(pack), instrument: 'madrs' }));
    expect(other?.message).toBe('This pack is for CADSS-6, not for MADRS. Choose the other file.');
    expect(await refused(page.textPacks.load({ content: 'no' }))).toMatchObject({ code: 'TEXT_PACK_UNREADABLE' });
    expect(await refused(page.textPacks.remove({ instrument: 'madrs' }))).toMatchObject({ code: 'TEXT_PACK_NOT_FOUND' });
    expect(headSeq()).toBe(seq);
    expect((await page.textPacks.list()).map(({ hash }) => hash)).toEqual([textPackHash(pack)]);
  });

  test('INSTRUMENT-15 the changed words stand under a new version, also after the old one was removed', async () => {
    const pack = samplePack('cadss-6');
    await page.textPacks.load({ content: fileOf(pack) });
    await page.textPacks.remove({ instrument: 'cadss-6' });
    const items = pack.items.map((item) => ({ ...item, text: `${item.text}, changed` }));
    expect(await refused(page.textPacks.load({ content: fileOf({ ...pack, items }) }))).toMatchObject({ code: 'TEXT_PACK_CHANGED' });
    expect((await page.textPacks.load({ content: fileOf({ ...pack, items, version: '2' }) })).changed).toBe(true);
    // Going back to the first is loading it again.
    expect((await page.textPacks.load({ content: fileOf(pack) })).changed).toBe(true);
  });

  test('INSTRUMENT-16 a rating keeps its wording when the pack is replaced and when it is removed', async () => {
    const first = await page.textPacks.load({ content: fileOf(samplePack('cadss-6')) });
    room.openSession();
    room.execute({ type: 'open-rating', instrument: 'cadss-6', answers: [{ item: 1, value: 2 }] });
    await page.textPacks.load({ content: fileOf(samplePack('cadss-6', { version: '2' })) });
    room.execute({ type: 'open-rating', instrument: 'moaa-s', answers: [{ item: 1, value: 5 }] });
    await page.textPacks.remove({ instrument: 'cadss-6' });
    const hashes = room.room.recorder.session?.ratings.map((rating) => rating.textPackHash);
    expect(hashes).toEqual([first.pack.hash, null]);
    expect((await page.textPacks.words({ hash: first.pack.hash }))?.version).toBe('1');
    expect(await page.textPacks.words({ hash: 'sha256:none' })).toBeNull();
    expect(await page.textPacks.list()).toEqual([]);
  });

  test('INSTRUMENT-17 a therapist may not, and nobody without a name', async () => {
    expect(roomRoles['load-text-pack']).toEqual(['it', 'nurse', 'prescriber']);
    const content = fileOf(samplePack('cadss-6'));
    await page.staff.signOut();
    expect(await refused(page.textPacks.load({ content }))).toMatchObject({ code: 'STAFF_NOT_SIGNED_IN' });
    await page.staff.signIn({ personId: room.therapistId, pin: testPin });
    expect(await refused(page.textPacks.load({ content }))).toMatchObject({ code: 'STAFF_NOT_ALLOWED' });
    expect(await refused(page.textPacks.remove({ instrument: 'cadss-6' }))).toMatchObject({ code: 'STAFF_NOT_ALLOWED' });
    expect(await page.textPacks.list()).toEqual([]);
  });
});
