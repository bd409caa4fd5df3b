import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashedFraction } from '../../electron/service/simulation/seeded-noise.ts';
import { cutShort, flips, rowsByPage, torn, tryDamage, type Damage, type RowsByPage } from './flips.ts';
import { contentOf, createRoomToDamage, type Content, type RoomToDamage } from './salvaged-room.ts';

const soak = process.env['VIGIL_SOAK'] !== undefined;
/** Bytes that are changed, in all. */
const flipsWanted = soak ? 10_000 : 60;

let room: RoomToDamage;
let intact: Content;
let pages: RowsByPage;
beforeAll(() => {
  room = createRoomToDamage();
  const folder = room.copy('intact');
  intact = contentOf(folder, room.key);
  pages = rowsByPage(folder, room.key);
});
afterAll(() => room.close());

const kinds: readonly { readonly damage: Damage; readonly flips: number }[] = [
  { damage: flips(1), flips: 1 },
  { damage: flips(5), flips: 5 },
  { damage: flips(20), flips: 20 },
  { damage: torn(3), flips: 0 },
  { damage: cutShort, flips: 0 },
];

test(
  'SALVAGE-2 bytes changed, pages torn, files cut: nothing that is saved is another, nothing that is lost is unnamed',
  async ({ annotate }) => {
    let drawn = 0;
    const random = (): number => hashedFraction(20261130, drawn++);
    const refusals: string[] = [];
    const sum = { flips: 0, runs: 0, untouched: 0, saved: 0, damagedPages: 0 };
    for (let run = 0; sum.flips < flipsWanted; run += 1) {
      const kind = kinds[run % kinds.length];
      if (kind === undefined) throw new Error('no kind of damage');
      const { refused, wrong, unnamed, problems, ...outcome } = tryDamage({ room, intact, pages }, kind.damage, random);
      expect({ run, wrong, unnamed, problems }).toEqual({ run, wrong: [], unnamed: [], problems: [] });
      if (refused !== null) refusals.push(refused);
      sum.flips += kind.flips;
      sum.runs += 1;
      sum.damagedPages += outcome.damagedPages;
      sum.untouched += outcome.untouched;
      sum.saved += outcome.savedOfUntouched;
    }
    expect(sum.saved / sum.untouched).toBeGreaterThanOrEqual(0.99);
    // Named, with what to do: the page that says which room it is, or nothing at all is left.
    for (const words of refusals) expect(words).toMatch(/Name a backup of the room|[Rr]estore the newest backup/);
    expect(refusals.length / sum.runs).toBeLessThan(0.2);
    const { saved, untouched, damagedPages, runs } = sum;
    await annotate(`${sum.flips} bytes changed in ${runs} rooms, ${damagedPages} pages damaged, 0 silent wrong values`);
    await annotate(`${saved} of ${untouched} rows on untouched pages saved; ${refusals.length} refused with advice`);
  },
  soak ? 3_600_000 : 120_000,
);
