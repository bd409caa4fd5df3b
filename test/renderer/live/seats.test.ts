import { describe, expect, test } from 'vitest';
import type { RoomClient } from '../../../renderer/connection/room-client.ts';
import { createSeatStore } from '../../../renderer/live/seat-store.ts';
import type { PersonView } from '../../../shared/contract/board/people.ts';

const nurse: PersonView = { personId: 'n', name: 'Nurse', role: 'nurse' };
const therapist: PersonView = { personId: 't', name: 'Therapist', role: 'therapist' };
const second: PersonView = { personId: 's', name: 'Second', role: 'nurse' };

/** A page whose seats are given by the service in order: seat-1, seat-2 … */
function pageOf() {
  const kept = new Map<string, string>();
  const asked: unknown[] = [];
  let given = 0;
  const staff = {
    signIn: ({ personId }: { personId: string }) =>
      Promise.resolve({ person: [nurse, therapist, second].find((one) => one.personId === personId), seat: `seat-${(given += 1)}` }),
    bringForward: () => Promise.resolve({}),
    signOut: () => Promise.resolve({}),
    resume: (input: unknown) => {
      asked.push(input);
      return Promise.resolve({ person: nurse });
    },
  };
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const store = createSeatStore({ staff } as unknown as Pick<RoomClient, 'staff'>, storage);
  /** What a page asks for after a reload. */
  const tickets = async (): Promise<unknown> => {
    await createSeatStore({ staff } as unknown as Pick<RoomClient, 'staff'>, storage).resume();
    return asked.at(-1);
  };
  return { store, tickets, asked, names: () => store.getPeople().map(({ name }) => name) };
}

async function both(): Promise<ReturnType<typeof pageOf>> {
  const page = pageOf();
  await page.store.signIn('n', '1');
  await page.store.join('t', '1');
  return page;
}

test('SEAT-13 another name or role of somebody here is theirs at once', async () => {
  const page = await both();
  page.store.told([{ ...nurse, name: 'Nora' }, therapist]);
  expect(page.names()).toEqual(['Nora', 'Therapist']);
  page.store.told([{ ...nurse, name: 'Nora', role: 'prescriber' }, therapist]);
  expect(page.store.getPerson()?.role).toBe('prescriber');
});

describe('the tickets of a page', () => {
  test('SEAT-11 each is in the place of its person, and a swap takes them along', async () => {
    const page = await both();
    expect(page.names()).toEqual(['Nurse', 'Therapist']);
    expect(await page.tickets()).toEqual({ seat: 'seat-1', beside: 'seat-2' });
    await page.store.bringForward('t');
    expect(page.names()).toEqual(['Therapist', 'Nurse']);
    page.store.told([therapist, nurse]);
    expect(await page.tickets()).toEqual({ seat: 'seat-2', beside: 'seat-1' });
  });

  test('SEAT-11 whoever stays comes in front with their own', async () => {
    const page = await both();
    await page.store.signOut('n');
    expect(page.names()).toEqual(['Therapist']);
    expect(await page.tickets()).toEqual({ seat: 'seat-2' });
    // Also where the service gave the other seat up.
    const idle = await both();
    idle.store.told([therapist]);
    expect(await idle.tickets()).toEqual({ seat: 'seat-2' });
    const besideIdle = await both();
    besideIdle.store.told([nurse]);
    expect(await besideIdle.tickets()).toEqual({ seat: 'seat-1' });
  });

  test('SEAT-11 a handover leaves the ticket with the seat', async () => {
    const page = await both();
    page.store.told([second, therapist]);
    expect(await page.tickets()).toEqual({ seat: 'seat-1', beside: 'seat-2' });
  });

  test('SEAT-11 what a new connection says before it knows anybody takes no ticket', async () => {
    const page = await both();
    page.store.told([]);
    expect(page.names()).toEqual([]);
    expect(await page.tickets()).toEqual({ seat: 'seat-1', beside: 'seat-2' });
    page.store.told([nurse, therapist]);
    expect(await page.tickets()).toEqual({ seat: 'seat-1', beside: 'seat-2' });
    await page.store.signOut();
    const before = page.asked.length;
    await page.tickets();
    expect(page.asked).toHaveLength(before);
  });

  test('SEAT-11 what the one in front wrote is kept before they make way', async () => {
    const page = await both();
    const order: string[] = [];
    page.store.beforeSignOut(async () => void order.push(`kept of ${page.store.getPerson()?.name}`));
    page.store.subscribe(() => order.push(`${page.store.getPerson()?.name} in front`));
    await page.store.bringForward('t');
    expect(order).toEqual(['kept of Nurse', 'Therapist in front']);
  });
});
