import { describe, expect, test } from 'vitest';
import type { RoomClient } from '../../../renderer/connection/room-client.ts';
import { createSeatStore } from '../../../renderer/live/seat-store.ts';
import type { PersonView } from '../../../shared/contract/board/people.ts';

const nurse: PersonView = { personId: 'n', name: 'Nurse', role: 'nurse' };
const therapist: PersonView = { personId: 't', name: 'Therapist', role: 'therapist' };
const second: PersonView = { personId: 's', name: 'Second', role: 'nurse' };

const here = (people: readonly PersonView[], covered: readonly PersonView[] = []) => ({ people: [...people], covered: [...covered] });

/** A page whose seats are given by the service in order: seat-1, seat-2 … */
function pageOf() {
  const kept = new Map<string, string>();
  const asked: unknown[] = [];
  const coverings: string[] = [];
  let given = 0;
  let coverFails = false;
  const staff = {
    signIn: ({ personId }: { personId: string }) =>
      Promise.resolve({ person: [nurse, therapist, second].find((one) => one.personId === personId), seat: `seat-${(given += 1)}` }),
    bringForward: () => Promise.resolve({}),
    signOut: () => Promise.resolve({}),
    cover: () => {
      coverings.push(coverFails ? 'failed' : 'covered');
      return coverFails ? Promise.reject(new Error('no contact')) : Promise.resolve({});
    },
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
  return {
    store,
    tickets,
    asked,
    coverings,
    failCover: (fails: boolean) => void (coverFails = fails),
    names: () => store.getPeople().map(({ name }) => name),
  };
}

async function both(): Promise<ReturnType<typeof pageOf>> {
  const page = pageOf();
  await page.store.signIn('n', '1');
  await page.store.join('t', '1');
  return page;
}

test('SEAT-13 another name or role of somebody here is theirs at once', async () => {
  const page = await both();
  page.store.told(here([{ ...nurse, name: 'Nora' }, therapist]));
  expect(page.names()).toEqual(['Nora', 'Therapist']);
  page.store.told(here([{ ...nurse, name: 'Nora', role: 'prescriber' }, therapist]));
  expect(page.store.getPerson()?.role).toBe('prescriber');
});

describe('the tickets of a page', () => {
  test('SEAT-11 each is in the place of its person, and a swap takes them along', async () => {
    const page = await both();
    expect(page.names()).toEqual(['Nurse', 'Therapist']);
    expect(await page.tickets()).toEqual({ seat: 'seat-1', beside: 'seat-2' });
    await page.store.bringForward('t');
    expect(page.names()).toEqual(['Therapist', 'Nurse']);
    page.store.told(here([therapist, nurse]));
    expect(await page.tickets()).toEqual({ seat: 'seat-2', beside: 'seat-1' });
  });

  test('SEAT-11 whoever stays comes in front with their own', async () => {
    const page = await both();
    await page.store.signOut('n');
    expect(page.names()).toEqual(['Therapist']);
    expect(await page.tickets()).toEqual({ seat: 'seat-2' });
    // Also where the service gave the other seat up.
    const idle = await both();
    idle.store.told(here([therapist]));
    expect(await idle.tickets()).toEqual({ seat: 'seat-2' });
    const besideIdle = await both();
    besideIdle.store.told(here([nurse]));
    expect(await besideIdle.tickets()).toEqual({ seat: 'seat-1' });
  });

  test('SEAT-11 a handover leaves the ticket with the seat', async () => {
    const page = await both();
    page.store.told(here([second, therapist]));
    expect(await page.tickets()).toEqual({ seat: 'seat-1', beside: 'seat-2' });
  });

  test('SEAT-11 what a new connection says before it knows anybody takes no ticket', async () => {
    const page = await both();
    page.store.told(here([]));
    expect(page.names()).toEqual([]);
    expect(await page.tickets()).toEqual({ seat: 'seat-1', beside: 'seat-2' });
    page.store.told(here([nurse, therapist]));
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

describe('a covered page', () => {
  test('COVER-1 shows nobody from the moment of the key on, whatever was on its way, until a PIN was right', async () => {
    const page = await both();
    const covered = page.store.cover();
    expect([page.names(), page.store.getCovered().map(({ name }) => name)]).toEqual([[], ['Nurse', 'Therapist']]);
    page.store.told(here([nurse, therapist]));
    expect(page.names()).toEqual([]);
    await covered;
    page.store.told(here([], [nurse, therapist]));
    await page.store.signIn('t', '1');
    expect([page.names(), page.store.getCovered()]).toEqual([['Therapist'], []]);
    page.store.told(here([therapist]));
    expect(page.names()).toEqual(['Therapist']);
  });

  test('COVER-4 stays so where the service could not be told, and is told when there is contact', async () => {
    const page = await both();
    page.failCover(true);
    await expect(page.store.cover()).rejects.toThrow('no contact');
    page.failCover(false);
    expect(await page.store.resume()).toBe(false);
    expect(page.coverings).toEqual(['failed', 'covered']);
    expect([page.names(), page.store.getCovered().map(({ name }) => name)]).toEqual([[], ['Nurse', 'Therapist']]);
  });

  test('COVER-6 what the one in front wrote is kept before they are gone', async () => {
    const page = await both();
    const order: string[] = [];
    page.store.beforeSignOut(async () => void order.push(`kept of ${page.store.getPerson()?.name}`));
    page.store.subscribe(() => order.push(`${page.store.getPeople().length} here`));
    await page.store.cover();
    expect(order).toEqual(['kept of Nurse', '0 here']);
  });
});
