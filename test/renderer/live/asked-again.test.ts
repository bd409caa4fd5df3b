import type { ClientContext, ClientLink } from '@orpc/client';
import { expect, test } from 'vitest';
import { createRoomClient, type RoomClient } from '../../../renderer/connection/room-client.ts';
import { RoomUnreachableError, wordsOfFailure } from '../../../renderer/connection/failure.ts';
import { createSeatStore } from '../../../renderer/live/seat-store.ts';
import { people } from '../../fixtures/boards/golden-times.ts';

const patient = { commandId: 'c-1', name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: 'DEMO-0042' };

/** A service that is silent to the first calls over one connection, then answers. */
function service(silentTo: number, answer: unknown = {}) {
  const asked: unknown[] = [];
  const link = {
    call: (_path: readonly string[], input: unknown) => {
      asked.push(input);
      return asked.length <= silentTo ? new Promise(() => undefined) : Promise.resolve(answer);
    },
  } as unknown as ClientLink<ClientContext>;
  const closed = new Promise<string>(() => undefined);
  const client: RoomClient = createRoomClient(() => ({ link, closed, close: () => undefined }), 1);
  return { client, asked };
}

test('ANSWER-1 a call with a number that gets no answer is asked for again under the same number', async () => {
  const room = service(2);
  await room.client.patients.add(patient);
  expect(room.asked).toEqual([patient, patient, patient]);
});

test('ANSWER-1 one that is never answered ends after three, and is not said to have recorded nothing', async () => {
  const room = service(99);
  const failure = await room.client.patients.add(patient).then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(RoomUnreachableError);
  expect(room.asked).toHaveLength(3);
  expect(wordsOfFailure(failure)).toContain('Look whether it was recorded');
  expect(wordsOfFailure(failure)).not.toContain('nothing was recorded');
});

test('ANSWER-3 a call at which the service failed is told as that, and not as unanswered', () => {
  const told = wordsOfFailure(new Error('Internal server error'));
  expect(told).toContain('The room service failed at this');
  expect(told).toContain('Look whether it was recorded');
  expect(told).not.toContain('did not answer');
});

test('ANSWER-1 one without a number is made once, and a session’s command is repeated by its sender alone', async () => {
  const plain = service(99);
  await expect(plain.client.staff.signOut()).rejects.toBeInstanceOf(RoomUnreachableError);
  const command = service(99);
  const request = { commandId: 'c-1', sessionId: 's-1', command: { type: 'request-stop' } } as const;
  await expect(command.client.session.execute(request)).rejects.toBeInstanceOf(RoomUnreachableError);
  expect([plain.asked.length, command.asked.length]).toEqual([1, 1]);
});

test('ANSWER-2 a sign-in whose answer is late is not said to have failed', async () => {
  const room = service(1, { person: people.nurse, seat: 'ticket' });
  const kept = new Map<string, string>();
  const tickets = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) }; // prettier-ignore
  const seat = createSeatStore(room.client, tickets);
  await seat.signIn(people.nurse.personId, '246801');
  expect(seat.getPerson()).toEqual(people.nurse);
  const [first, second] = room.asked as { readonly attemptId: string }[];
  expect(room.asked).toHaveLength(2);
  expect(second?.attemptId).toBe(first?.attemptId);
});
