import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { NewEvent } from '../../electron/service/session/events/session-event.ts';
import { playClinicDay, type DayOptions } from './clinic-day.ts';

const seed = 3;

function dayWith(meddle: NonNullable<DayOptions['meddle']>): Promise<unknown> {
  return playClinicDay(seed, { sessions: 1, meddle });
}

describe('the checks of a day', () => {
  test('SIMULATION-7 let a day pass that nobody meddled with', async () => {
    await expect(playClinicDay(seed, { sessions: 1 })).resolves.toMatchObject({ sessions: 1 });
  });

  test('SIMULATION-7 find that the disk lost what was acknowledged', async () => {
    const lost = dayWith((world) => {
      world.afterCopy = (folder) => rmSync(join(folder, 'vigil.db-wal'), { force: true });
    });
    await expect(lost).rejects.toThrow(/vigil\.db|deepEqual|equal/i);
  });

  test('SIMULATION-7 find an acknowledged command that is not in the record', async () => {
    const made = dayWith((world, told) => {
      told.acknowledged.push({ commandId: world.room.ids.uuid(), eventIds: [world.room.ids.uuid()] });
    });
    await expect(made).rejects.toThrow(/deep/);
  });

  test('SIMULATION-7 find a screen that shows another record than the files hold', async () => {
    const changed = dayWith((world) => {
      const { records } = world.room;
      const list = records.list.bind(records);
      records.list = () => list().map((summary) => ({ ...summary, startedMs: 1 }));
    });
    await expect(changed).rejects.toThrow(/deep/);
  });

  test('SIMULATION-7 find a private word in a shared observation', async () => {
    const shown = dayWith((world, told) => {
      told.privateWords.push('marked-a0');
      const { room } = world;
      const sessionId = room.recorder.sessions.newest(1)[0]?.sessionId ?? '';
      const event: NewEvent = { kind: 'observation-recorded', body: { text: 'heard: marked-a0', chips: [] } };
      room.recorder.recordRoom({ events: [event] }, world.person('therapist').personId, undefined, sessionId);
    });
    await expect(shown).rejects.toThrow('a private word is shown');
  });

  test('SIMULATION-7 the same seed is the same day', async () => {
    const days = await Promise.all([1, 2].map(() => playClinicDay(seed, { sessions: 2 })));
    expect(days[0]).toEqual(days[1]);
  });
});
