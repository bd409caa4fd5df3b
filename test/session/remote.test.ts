import { afterEach, beforeEach, expect, test } from 'vitest';
import { decideAddPatient } from '../../electron/service/session/room/decide-room.ts';
import { openTestRoom, oximeterPath, plugMonitorsIn, type TestRoom } from '../support/test-room.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import { PlayedSession } from './played-session.ts';
import { findProtocol } from '../../shared/clinical/protocol-directory.ts';
import { readsRecords } from '../support/board-reader.ts';

let room_: TestRoom;
beforeEach(() => {
  room_ = openTestRoom();
});
afterEach(() => room_.close());

function open(room: TestRoom, protocolId: string): string {
  const patientId = room.room.ids.uuid();
  const patient = { patientId, name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: `DEMO-${patientId.slice(-6)}` };
  room.room.recorder.recordRoom(decideAddPatient(room.room.recorder.room, patient), room.nurseId);
  const act = { commandId: room.room.ids.uuid(), personId: room.nurseId };
  return room.room.recorder.openSession(act, { patientId, protocolId, course: null });
}

async function boardOf({ room }: TestRoom): Promise<RoomBoard> {
  const reader = room.feed.open(readsRecords);
  const message = await reader.next();
  reader.close();
  if (message === null || !('kind' in message) || message.kind !== 'snapshot') throw new Error('no snapshot');
  return message.board;
}

/** What of the room's monitors stands in a session after its oximeter spoke, was pulled for a while, and came back. */
async function heardIn(room: TestRoom, protocolId: string) {
  plugMonitorsIn(room);
  await room.pass(10_000);
  const sessionId = open(room, protocolId);
  await room.pass(20_000);
  const { vitals, waves } = await boardOf(room);
  room.ports.pull(oximeterPath);
  await room.pass(20_000);
  room.ports.replug(oximeterPath);
  await room.pass(10_000);
  const { session, read } = room.room.records.record(sessionId);
  const points = read.vitals.trend.columns.spo2.filter((value) => value !== null).length;
  const links = room.room.recorder.session?.log.filter(({ kind }) => kind.startsWith('monitor-')).length ?? -1;
  return {
    live: vitals.spo2.state,
    waves: waves.length,
    points: points > 0,
    cuffs: session.cuffReadings.length,
    links,
    start: session.dosing.protocol.route,
  };
}

test('REMOTE-1 in a remote session nothing that the monitors of the room say is shown or recorded, and no link is lost', async () => {
  expect(await heardIn(room_, 'sublingual-ketamine-remote')).toEqual({
    live: 'not-connected',
    waves: 0,
    points: false,
    cuffs: 0,
    links: 0,
    start: 'sublingual',
  });
  room_.execute({ type: 'enter-vitals', values: { spo2: 97 } });
  expect((await boardOf(room_)).vitals.spo2).toMatchObject({ state: 'live', value: 97, source: { by: 'person' } });
});

test('REMOTE-1 the same monitors are heard in a session of the room', async () => {
  expect(await heardIn(room_, 'iv-ketamine-0.5-40')).toMatchObject({ live: 'live', points: true, links: 2 });
});

test('REMOTE-2 nobody at home is asked for a wristband', () => {
  const refused = (id: string): string => {
    const session = new PlayedSession();
    const protocol = findProtocol(id);
    if (protocol === null) throw new Error(`${id} is not built in`);
    session.protocol = protocol;
    session.openSession();
    return session.try({ type: 'check-identity', birthDate: '1984-03-15', recordNumber: 'DEMO-0042' }).refusal?.message ?? '';
  };
  expect(refused('sublingual-ketamine-remote')).toContain('Ask again;');
  expect(refused('iv-ketamine-0.5-40')).toContain('Ask again and read the wristband;');
});
