import { randomUUID } from 'node:crypto';
import type { ProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { RoomBoard } from '../../../shared/contract/room-board.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { reach } from '../../support/reach-milestone.ts';
import { addServedPerson, callRoom, openServedSession, testPin, type RoomCalls } from '../../support/room-client.ts';

type Monitors = readonly { readonly name: string; readonly protocol: ProtocolId; readonly port: string }[];

/** Reads the dose back, with a PIN of their own. */
const secondPerson = { name: 'Second checker', role: 'nurse', pin: '837261' } as const;

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

/** Sets a served room up and starts an infusion in it by calls, where the screens up to there are not what is looked at. */
export async function startServedDose(calls: RoomCalls, monitors: Monitors = []): Promise<void> {
  const { sessionId } = await openServedSession(calls, monitors);
  const second = await addServedPerson(calls, secondPerson);
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
    const nurse = board.staff.people.find(({ name }) => name === 'Nurse');
    await calls.client.staff.signIn({ personId: nurse?.personId ?? '', pin: testPin });
    const sessionId = board.session?.sessionId ?? (await calls.client.session.list())[0]?.sessionId ?? '';
    return (await calls.client.session.record({ sessionId })).session;
  } finally {
    calls.close();
  }
}
