import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRoomFixture, draft } from '../store/room-fixture.ts';
import type { RecordedEventDraft } from '../../electron/service/store/event-log.ts';
import { sessionsToStore } from './stored-sessions.ts';
import { goldenCuffs, goldenTrend } from './golden-material.ts';

/**
 * Writes the database of the stored records, once and never again: what was recorded stays as it was.
 *
 *     npx node test/export/make-stored-records.ts
 *
 * What its records come out as stands beside it (`hashes.json`); that is written anew by the test itself, with `-u`, where a
 * record is meant to say something else.
 */
const storedRecords = new URL('../fixtures/records/', import.meta.url);
makeDatabase();

function makeDatabase(): void {
  const room = createRoomFixture(9);
  const { ids } = room;
  const store = room.open();
  store.events.appendAll([draft(ids, 'room-set-up', { roomName: 'Room 2', demo: false })]);
  for (const [last, name, role] of [[1, 'Nora Nurse', 'nurse'], [2, 'Theo Therapist', 'therapist'], [3, 'Paula Prescriber', 'prescriber']] as const) // prettier-ignore
    store.events.appendAll([draft(ids, 'person-added', { personId: `b0000000-0000-7000-8000-${String(last).padStart(12, '0')}`, name, role, pinHash: 'scrypt$…' })]); // prettier-ignore
  const titles: Record<string, string> = {};
  const monitorId = ids.uuid();
  let number = 0;
  for (const { title, log } of sessionsToStore()) {
    number += 1;
    const drafts = log.map((event) => ofSession(number, event as unknown as RecordedEventDraft));
    store.events.appendAll(drafts);
    const sessionId = drafts[0]?.sessionId ?? '';
    titles[sessionId] = title;
    if (title === 'golden') {
      const trend = goldenTrend();
      const cuffs = goldenCuffs();
      for (let index = 0; index < trend.length; index += 10) {
        const utcMs = trend.fromMs + index * trend.stepMs;
        const cuff = cuffs.find(({ atMs }) => atMs >= utcMs && atMs < utcMs + 10_000);
        const readings = [
          { metric: 'spo2', value: trend.columns.spo2[index] ?? 0, unit: '%', quality: 'good' } as const,
          { metric: 'pulse-rate', value: trend.columns['pulse-rate'][index] ?? 0, unit: '/min', quality: 'good' } as const,
          ...(cuff === undefined
            ? []
            : [
                { metric: 'nibp-sys', value: cuff.sys, unit: 'mm[Hg]', quality: 'good' } as const,
                { metric: 'nibp-dia', value: cuff.dia, unit: 'mm[Hg]', quality: 'good' } as const,
              ]),
        ];
        store.readings.appendSecond([
          { sessionId, monitorId, at: { utcMs, offsetMin: -300 }, monoMs: index * 1000, bootId: ids.uuid(), readings },
        ]);
      }
    }
  }
  store.close();
  mkdirSync(storedRecords, { recursive: true });
  for (const name of ['vigil.db', 'head']) copyFileSync(`${room.folder}/${name}`, new URL(name, storedRecords));
  writeFileSync(
    new URL('room.json', storedRecords),
    `${JSON.stringify({ key: Buffer.from(room.key).toString('hex'), titles }, null, 2)}\n`,
  );
  room.close();
}

/** Played sessions all have the same ids; in one room each needs its own. */
function ofSession(number: number, event: RecordedEventDraft): RecordedEventDraft {
  const own = (text: string): string =>
    text.replaceAll(
      /"([ade]0000000-0000-7000-)8000(-\d{12})"/g,
      (_, start: string, end: string) => `"${start}${(0x8000 + number).toString(16)}${end}"`,
    );
  const { seq: _seq, ...rest } = JSON.parse(own(JSON.stringify(event))) as RecordedEventDraft & { readonly seq: number };
  // A played session counts from the start of its dose; a computer counts from its own.
  return { ...rest, monoMs: rest.monoMs + 7_200_000 };
}
