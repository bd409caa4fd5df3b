import { randomUUID } from 'node:crypto';
import type { RoomBoard } from '../../../shared/contract/board/room-board.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { reach } from '../../support/reach-milestone.ts';
import { nurse, secondChecker } from '../../support/prepared-room.ts';
import { callRoom, openServedSession, type RoomCalls } from '../../support/room-client.ts';

const upToStart: readonly SessionCommandInput[] = [
  reach('identity'),
  { type: 'reach-milestone', milestone: 'consent' },
  { type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } },
  { type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true },
  reach('double_check'),
  { type: 'reach-milestone', milestone: 'bedside_alarms_on' },
  { type: 'reach-milestone', milestone: 'timeout' },
  { type: 'start-dose' },
];

const unasked = ['monitor-not-live', 'hold-figure-missing'].map((key) => ({ key, reason: 'checked by the test' }));

/** Starts an infusion in a prepared room by calls, where the screens up to there are not what is looked at. */
export async function startServedDose(calls: RoomCalls): Promise<void> {
  const { sessionId } = await openServedSession(calls);
  const { staff } = await boardOf(calls);
  const checker = staff.people.find(({ name }) => name === secondChecker.name);
  const second = { personId: checker?.personId ?? '', pin: secondChecker.pin };
  for (const command of upToStart) {
    const witness = command.type === 'confirm-double-check' ? { witness: second } : {};
    const answers = command.type === 'start-dose' ? { answers: unasked } : {};
    await calls.client.session.execute({ commandId: randomUUID(), sessionId, command, ...witness, ...answers });
  }
}

/** What every page of this room shows now. */
export async function boardOf({ client }: RoomCalls): Promise<RoomBoard> {
  for await (const message of await client.live.watch()) if (message.kind === 'snapshot') return message.board;
  throw new Error('the feed ended before its snapshot');
}

/** The session in a served room, or the last one, as it stands on its disk, read by the nurse. */
export async function recordOfRoom(url: string): Promise<NonNullable<RoomBoard['session']>> {
  const calls = await callRoom(url);
  try {
    const board = await boardOf(calls);
    const person = board.staff.people.find(({ name }) => name === nurse.name);
    await calls.client.staff.signIn({ personId: person?.personId ?? '', pin: nurse.pin });
    const sessionId = board.session?.sessionId ?? (await calls.client.session.list())[0]?.sessionId ?? '';
    return (await calls.client.session.record({ sessionId })).session;
  } finally {
    calls.close();
  }
}
