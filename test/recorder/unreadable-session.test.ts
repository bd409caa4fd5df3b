import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { openConnection } from '../../electron/service/api/call-context.ts';
import { roomRouter } from '../../electron/service/api/router.ts';
import { openTestRoom, startDose, type TestRoom } from '../support/test-room.ts';

const vial = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;

/** Of an earlier session one entry is changed in the file past its triggers, to what no Vigil ever wrote. */
async function roomWithDamage(
  kind: 'observation-recorded' | 'session-opened' = 'observation-recorded',
): Promise<{ readonly room: TestRoom; readonly damaged: string; readonly whole: string }> {
  const room = openTestRoom();
  const sessionOf = (): string => {
    const sessionId = room.openSession();
    room.execute({ type: 'draw-controlled-drug', stock: vial, mg: 500 });
    startDose(room);
    room.execute({ type: 'record-observation', text: 'calm', chips: [], begunAt: room.clock.now().utcMs });
    room.insist({ type: 'complete-dose' });
    room.insist({ type: 'end-session', reason: 'test' });
    return sessionId;
  };
  const [damaged, whole] = [sessionOf(), sessionOf()];
  const { connection } = room.room.recorder.storage.store.database;
  const first = `SELECT min(seq) FROM event_log WHERE kind = '${kind}'`;
  connection.exec(`DROP TRIGGER event_fixed; UPDATE event_log SET body = '{"text":7}' WHERE seq = (${first})`);
  await room.restart();
  return { room, damaged, whole };
}

test('REC-18 a session that cannot be read stands in the list as such, and everything beside it works', async () => {
  const { room, damaged, whole } = await roomWithDamage();
  try {
    const connection = openConnection('browser');
    connection.seat = room.room.seats.take(room.nurseId);
    const client = createRouterClient(roomRouter, { context: { host: room.host, connection } });
    const list = await client.session.list();
    expect(list.map(({ sessionId, state, signed }) => [sessionId, state, signed?.status ?? null])).toEqual([
      [whole, 'ended', 'ended'],
      [damaged, 'unreadable', null],
    ]);
    expect(list[1]).toMatchObject({ patientName: 'Demo Patient', startedMs: null, endedMs: null });
    expect((await client.session.record({ sessionId: whole })).session.endedMs).not.toBeNull();
    await expect(client.session.record({ sessionId: damaged })).rejects.toThrow('cannot be read');
    expect(await client.patients.find({ query: 'demo' })).toHaveLength(2);
    const log = await client.drugLog.view();
    expect(log.unreadable.map(({ sessionId }) => sessionId)).toEqual([damaged]);
    expect(log.unaccounted.map(({ sessionId }) => sessionId)).toEqual([whole]);
    const rows = log.rows.map(({ kind, session }) => [kind, session?.sessionId, session?.patientName]);
    expect(rows.filter(([, sessionId]) => sessionId === damaged)).toEqual([['drawn', damaged, 'Demo Patient']]);
    expect(rows.filter(([kind]) => kind === 'given')).toEqual([['given', whole, 'Demo Patient']]);
    expect(room.room.recorder.storage.state.state).toBe('recording');
  } finally {
    await room.close();
  }
});

test('REC-18 nor does it stand in the way of the next session of its patient', async () => {
  const { room, damaged } = await roomWithDamage();
  try {
    const { recorder, ids } = room.room;
    const patientId = recorder.sessions.opening(damaged)?.patientId ?? '';
    room.clock.advance(24 * 3_600_000);
    recorder.openSession({ commandId: ids.uuid(), personId: room.nurseId }, { patientId, protocolId: 'iv-ketamine-0.5-40', course: null });
    room.execute({ type: 'record-observation', text: 'here again', chips: [], begunAt: room.clock.now().utcMs });
    expect(recorder.session?.observations).toHaveLength(1);
    startDose(room);
    expect(recorder.session?.dose.status).toBe('running');
  } finally {
    await room.close();
  }
});

test('REC-18 where not even its opening can be read, the list and the drug log show it without a name, and the others', async () => {
  const { room, damaged, whole } = await roomWithDamage('session-opened');
  try {
    const connection = openConnection('browser');
    connection.seat = room.room.seats.take(room.nurseId);
    const client = createRouterClient(roomRouter, { context: { host: room.host, connection } });
    const list = await client.session.list();
    expect(list.map(({ sessionId, state, patientName, protocolName }) => [sessionId, state, patientName, protocolName])).toEqual([
      [whole, 'ended', 'Demo Patient', expect.any(String)],
      [damaged, 'unreadable', null, null],
    ]);
    expect(list[1]?.openedMs).toBe(list[0]?.openedMs);
    const log = await client.drugLog.view();
    expect(log.unreadable).toEqual([{ sessionId: damaged, patient: null }]);
    expect(log.rows.filter(({ session }) => session === null)).toHaveLength(1);
    expect(await client.patients.find({ query: 'demo' })).toHaveLength(2);
  } finally {
    await room.close();
  }
});
