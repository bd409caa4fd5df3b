import { expect, test } from 'vitest';
import { RoomUnreachableError } from '../../../renderer/connection/failure.ts';
import { retryWaitsMs, sendCommand, type CommandRequest, type SendContext } from '../../../renderer/live/send-command.ts';
import { createSeatStore } from '../../../renderer/live/seat-store.ts';
import { people } from '../../fixtures/boards/golden-times.ts';

const request: CommandRequest = { commandId: 'c-1', sessionId: 's-1', command: { type: 'request-stop' } };
const recorded = { eventIds: ['e-1'], seq: 7, recorded: { utcMs: 1, offsetMin: 0 } };
const refused = (code: string): Error => Object.assign(new Error(code), { data: { code, message: `${code} in words` } });

/** Answers one after the other; the last one for ever. */
function service(...answers: readonly (typeof recorded | Error)[]) {
  const sent: unknown[] = [];
  const waits: number[] = [];
  let resumes = 0;
  const around = {
    client: {
      session: {
        execute: (input: unknown) => {
          const answer = answers[Math.min(sent.length, answers.length - 1)];
          sent.push(input);
          return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
        },
      },
    },
    resumeSeat: () => {
      resumes += 1;
      return Promise.resolve(true);
    },
    pause: (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    },
  } as unknown as SendContext;
  return { around, sent, waits, resumes: () => resumes };
}

test('PAGE-7 a command that gets no answer is sent again with the same commandId', async () => {
  const room = service(new RoomUnreachableError('gone'), new RoomUnreachableError('gone'), recorded);
  expect(await sendCommand(request, room.around)).toEqual({ ok: true, eventIds: ['e-1'], seq: 7 });
  expect(room.sent).toEqual([request, request, request]);
  expect(room.waits).toEqual(retryWaitsMs.slice(0, 2));
});

test('PAGE-7 a command that is never answered ends, and says that it may be sent again', async () => {
  const room = service(new RoomUnreachableError('gone'));
  expect(await sendCommand(request, room.around)).toMatchObject({ ok: false, kind: 'unanswered' });
  expect(room.sent).toHaveLength(retryWaitsMs.length + 1);
});

test('PAGE-8 a refusal is final and keeps the words of the service', async () => {
  const room = service(refused('DOSE_FINISHED'));
  expect(await sendCommand(request, room.around)).toEqual({
    ok: false,
    kind: 'refused',
    code: 'DOSE_FINISHED',
    message: 'DOSE_FINISHED in words',
    doubts: [],
  });
  expect(room.sent).toHaveLength(1);
});

test('PAGE-9 a new connection that does not know the seat is told once, and the tap goes on', async () => {
  const room = service(refused('STAFF_NOT_SIGNED_IN'), recorded);
  expect((await sendCommand(request, room.around)).ok).toBe(true);
  expect(room.resumes()).toBe(1);
  const stranger = service(refused('STAFF_NOT_SIGNED_IN'));
  expect(await sendCommand(request, stranger.around)).toMatchObject({ kind: 'refused', code: 'STAFF_NOT_SIGNED_IN' });
  expect(stranger.resumes()).toBe(1);
});

function tickets(initial: Record<string, string> = {}) {
  const kept = new Map(Object.entries(initial));
  return {
    kept,
    storage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    },
  };
}
type StaffClient = Parameters<typeof createSeatStore>[0];

test('PAGE-9 a reload keeps the person, a seat that was given up does not', async () => {
  const staff = {
    signIn: () => Promise.resolve({ person: people.nurse, seat: 'seat-1' }),
    signOut: () => Promise.resolve({}),
    resume: ({ seat }: { seat: string }) => Promise.resolve({ person: seat === 'seat-1' ? people.nurse : null }),
  };
  const client = { staff } as unknown as StaffClient;
  const { kept, storage } = tickets();
  await createSeatStore(client, storage).signIn(people.nurse.personId, '135790');
  const reloaded = createSeatStore(client, storage);
  expect(reloaded.getPerson()).toBeNull();
  expect(await reloaded.resume()).toBe(true);
  expect(reloaded.getPerson()).toEqual(people.nurse);
  await reloaded.signOut();
  expect(kept.size).toBe(0);
  const old = tickets({ 'vigil.seat': 'seat-0' });
  expect(await createSeatStore(client, old.storage).resume()).toBe(false);
  expect(old.kept.size).toBe(0);
});

test('PAGE-9 a service that cannot be reached signs nobody out', async () => {
  const staff = { resume: () => Promise.reject(new RoomUnreachableError('gone')) };
  const { kept, storage } = tickets({ 'vigil.seat': 'seat-1' });
  expect(await createSeatStore({ staff } as unknown as StaffClient, storage).resume()).toBe(false);
  expect(kept.get('vigil.seat')).toBe('seat-1');
});
