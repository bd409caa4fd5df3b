import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { newestVersion } from '../../electron/service/store/migrate.ts';
import { createRoomFixture, draft, sessionDrafts } from './room-fixture.ts';

/**
 * Writes the stored database of the present version, once, before it is released:
 *
 *     npx node test/store/make-stored-database.ts
 *
 * It holds one of everything that matters to reading it back. Never made again for a version that was released.
 */
const room = createRoomFixture(newestVersion);
const store = room.open();
const { ids } = room;
const [sessionId, monitorId, personId] = [ids.uuid(), ids.uuid(), ids.uuid()];
store.events.appendAll([draft(ids, 'room-set-up', { roomName: 'Room 2', demo: false })]);
store.events.appendAll([draft(ids, 'person-added', { personId, name: 'N. Example', role: 'nurse', pinHash: 'scrypt$…' }, { tick: 1 })]);
store.events.appendAll([
  draft(ids, 'service-started', { version: '1', bootId: ids.uuid(), checkpointKey: store.checkpoints.publicKey }, { tick: 2 }),
]);
store.events.appendAll(sessionDrafts(ids, sessionId, 12));
const body = { text: 'Ängstlich, dann ruhig. “Warm” 🙂', chips: [{ group: 'affect', chip: 'calm' } as const] };
const [observed] = store.events.appendAll(
  [draft(ids, 'observation-recorded', body, { sessionId, actor: { personId }, commandId: ids.uuid(), tick: 900 })],
  room.ids.randomBytes(32),
);
const eventId = observed?.eventId ?? '';
store.events.appendAll([
  draft(ids, 'event-undone', { eventId, reason: 'wrong patient' }, { sessionId, actor: { personId }, supersedes: eventId, tick: 960 }),
]);
for (let second = 0; second < 30; second += 1) {
  const at = { utcMs: 1_795_446_000_000 + second * 1000, offsetMin: -300 };
  const readings = [
    { metric: 'spo2', value: 97 - (second % 3), unit: '%', quality: 'good', deviceTime: '2026-11-23T10:00:29' } as const,
    { metric: 'temp', value: 36.6, unit: 'Cel', quality: 'questionable', flags: ['low-limit'] } as const,
    { metric: 'pulse-rate', absent: 'searching' } as const,
    { metric: 'x:masimo:PVI', value: 27, unit: '%', quality: 'good' } as const,
  ];
  store.readings.appendSecond([{ sessionId, monitorId, at, monoMs: second * 1000, bootId: ids.uuid(), readings }]);
}
const wave = { sessionId, monitorId, bootId: 'boot-1', metric: 'pleth', unit: '1', periodMs: 1000 / 75, flags: [] };
for (let block = 0; block < 4; block += 1) {
  const samples = Array.from({ length: 375 }, (_, index) =>
    index === 7 ? ('invalid' as const) : index === 8 ? ('missing' as const) : (index * 97 + block) % 60_000,
  );
  const at = { utcMs: 1_795_446_000_250 + block * 5000, offsetMin: -300 };
  store.waves.append([{ ...wave, at, monoMs: 250 + block * 5000, firstSample: block * 375, follows: block > 0, samples }]);
}
store.checkpoints.take([...store.events.readAll()]);
store.checkpoints.sign(1_795_447_000_000);
const content = {
  key: Buffer.from(room.key).toString('hex'),
  events: [...store.events.readAll()],
  readings: [...store.readings.readSession(sessionId)],
  waves: store.waves.readWindow(sessionId, 1_795_446_000_000, 1_795_446_060_000),
};
store.close();
const folder = new URL(`../fixtures/databases/${String(newestVersion).padStart(4, '0')}/`, import.meta.url);
mkdirSync(folder, { recursive: true });
for (const name of ['vigil.db', 'head']) copyFileSync(`${room.folder}/${name}`, new URL(name, folder));
writeFileSync(new URL('content.json', folder), `${JSON.stringify(content, null, 2)}\n`);
room.close();
