import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage } from '../support/page.ts';
import { openTestRoom, type TestRoom } from '../support/test-room.ts';

let room: TestRoom;
let sessionId = '';
beforeAll(() => {
  room = openTestRoom();
  sessionId = room.openSession();
});
afterAll(() => room.close());

test('OBSERVE-14 a draft is given to its author alone, and nothing of it is on disk', async () => {
  const { nurseId, therapistId } = room;
  const [nurse, therapist] = [openPage(room.host, nurseId), openPage(room.host, therapistId)];
  const before = room.room.recorder.storage.store.events.head.seq;
  await nurse.client.session.keepDraft({ sessionId, personId: nurseId, draft: 'mine' });
  expect(await nurse.client.session.draft({ sessionId, personId: nurseId })).toEqual({ draft: 'mine' });
  expect(await therapist.client.session.draft({ sessionId, personId: therapistId })).toEqual({ draft: null });
  await expect(therapist.client.session.draft({ sessionId, personId: nurseId })).rejects.toThrow('Somebody else is in front');
  await expect(therapist.client.session.keepDraft({ sessionId, personId: nurseId, draft: 'theirs' })).rejects.toThrow('Somebody else');
  expect(room.room.recorder.storage.store.events.head.seq).toBe(before);
  await nurse.client.session.keepDraft({ sessionId, personId: nurseId, draft: null });
  expect(await nurse.client.session.draft({ sessionId, personId: nurseId })).toEqual({ draft: null });
});

test('OBSERVE-14 of as many drafts as there may be, the one that was kept longest ago makes way', async () => {
  const { client } = openPage(room.host, room.nurseId);
  const sessions = Array.from({ length: 33 }, () => room.room.ids.uuid());
  for (const id of sessions) await client.session.keepDraft({ sessionId: id, personId: room.nurseId, draft: id });
  const kept = await Promise.all(sessions.map((id) => client.session.draft({ sessionId: id, personId: room.nurseId })));
  expect(kept.map(({ draft }) => draft)).toEqual([null, ...sessions.slice(1)]);
});
