import { expect, test } from 'vitest';
import { openRoomOfYears } from '../bench/room-of-years.ts';
import { lookups } from '../bench/years.ts';

/** The steps of work that each look takes in a room of so many sessions: never looked at, and after a start. */
async function stepsIn(sessions: number): Promise<{ readonly first: Record<string, number>; readonly started: Record<string, number> }> {
  const test = await openRoomOfYears(sessions);
  const count = (): Record<string, number> =>
    Object.fromEntries(
      Object.entries(lookups(test)).map(([what, { steps, answer }]) => {
        const taken = [...steps()].length;
        answer();
        return [what, taken];
      }),
    );
  try {
    const first = count();
    // What was worked out is kept on disk at a later turn.
    for (let turn = 0; turn < 5; turn += 1) await test.pass(1000);
    await test.restart();
    return { first, started: count() };
  } finally {
    await test.close();
  }
}

test('REC-26 what is looked at takes as many steps in a room of four hundred sessions as in one whose lists are just full', async () => {
  const [few, many] = [await stepsIn(150), await stepsIn(400)];
  const { 'drug log': drugLog = Number.NaN, ...others } = many.started;
  const { 'drug log': drugLogOfFew = Number.NaN, ...othersOfFew } = few.started;
  expect(others).toEqual(othersOfFew);
  // Three hundred to six hundred of its entries wait to be settled.
  expect(drugLog).toBeLessThanOrEqual(2 * drugLogOfFew);
  expect(Object.values(many.first).every((steps) => steps <= 400)).toBe(true);
});
