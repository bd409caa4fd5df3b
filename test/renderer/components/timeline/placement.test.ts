import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelOffsetPx, placeLabels, type LabelRoom, type LabelWish } from '../../../../renderer/components/timeline/label-placement.ts';
import { noteOffsetPx, placeNotes, type NoteWish } from '../../../../renderer/components/timeline/note-placement.ts';
import { ratingWords, type RatingMark } from '../../../../renderer/components/timeline/rating-rows.ts';

/** What a timeline has for its lanes at each of the sizes that people have, with and without the right column beside it. */
const plotWidths = [1010, 990, 780, 634, 628, 560, 430, 384, 247];

const room: LabelRoom = { rows: 4, left: 100, right: 1000, barrierX: 700 };

const wish = (key: string, x: number, widthPx: number, more: Partial<LabelWish> = {}): LabelWish => ({
  key,
  x,
  widthPx,
  first: false,
  tailX: null,
  ...more,
});

const wishes = fc
  .array(fc.record({ x: fc.integer({ min: 100, max: 1000 }), widthPx: fc.integer({ min: 10, max: 200 }), first: fc.boolean() }), {
    maxLength: 60,
  })
  .map((items) => items.map((item, n) => wish(String(n), item.x, item.widthPx, { first: item.first })));

describe('milestone labels', () => {
  test('CHART-8 words never overlap, leave the plot or cross the now line', () => {
    fc.assert(
      fc.property(wishes, fc.integer({ min: 1, max: 4 }), (items, rows) => {
        const placed = [...placeLabels(items, { ...room, rows }).values()];
        for (const label of placed) {
          expect(label.from).toBeGreaterThanOrEqual(room.left);
          expect(label.to).toBeLessThanOrEqual(room.right);
          expect(label.row).toBeLessThan(rows);
          expect(label.from < 700 && label.to > 700).toBe(false);
        }
        for (const a of placed) {
          for (const b of placed) if (a !== b && a.row === b.row) expect(a.to <= b.from || b.to <= a.from).toBe(true);
        }
      }),
      { seed: 8, numRuns: 300 },
    );
  });

  test('CHART-8 no word covers the dot of another in its row', () => {
    fc.assert(
      fc.property(wishes, (items) => {
        const placed = placeLabels(items, room);
        for (const a of items) {
          const own = placed.get(a.key);
          for (const [key, other] of placed)
            if (own !== undefined && key !== a.key && other.row === own.row) expect(a.x > other.from && a.x < other.to).toBe(false);
        }
      }),
      { seed: 9, numRuns: 200 },
    );
  });

  test('CHART-9 the first free row is taken, from the top', () => {
    const placed = placeLabels([wish('a', 200, 100), wish('b', 240, 50), wish('c', 280, 20), wish('d', 400, 20)], room);
    expect([...placed.values()].map(({ key, row }) => [key, row])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 0],
    ]);
  });

  test('CHART-9 a word that would cross now or the edge stands left of its tick', () => {
    const placed = placeLabels([wish('a', 680, 60), wish('b', 980, 60)], room);
    expect([placed.get('a')?.side, placed.get('b')?.side]).toEqual(['left', 'left']);
    expect(placed.get('a')?.to).toBe(680 - labelOffsetPx);
  });

  test('CHART-9 what changed the dose is placed before all others, and keeps its words when others lose theirs', () => {
    const crowd = Array.from({ length: 30 }, (_, n) => wish(`m${n}`, 300 + n, 150));
    const placed = placeLabels([...crowd, wish('dose', 315, 150, { first: true })], room);
    expect(placed.get('dose')?.row).toBe(0);
    expect(placed.size).toBeLessThan(31);
  });

  test('CHART-9 when words must be left out the oldest go', () => {
    const placed = placeLabels([wish('old', 300, 380), wish('middle', 310, 380), wish('new', 320, 370)], { ...room, rows: 1 });
    expect([...placed.keys()]).toEqual(['new']);
  });

  test("CHART-9 a late entry's word leaves its tail free where it can", () => {
    expect(placeLabels([wish('late', 400, 80, { tailX: 460 })], room).get('late')?.side).toBe('left');
    expect(placeLabels([wish('late', 110, 80, { tailX: 170 })], room).get('late')?.side).toBe('right');
  });
});

const note = (key: string, x: number, widthPx: number): NoteWish => ({ key, x, widthPx, markPx: 7, wordless: false });
const lock = (key: string, x: number): NoteWish => ({ key, x, widthPx: 0, markPx: 16, wordless: true });
const noteRoom: LabelRoom = { rows: 2, left: 100, right: 1000, barrierX: 900 };

describe('notes', () => {
  test('CHART-10 every note has its mark, and words lie on no mark and no other words', () => {
    const notes = fc
      .array(fc.record({ x: fc.integer({ min: 100, max: 890 }), widthPx: fc.integer({ min: 10, max: 170 }), isLock: fc.boolean() }), {
        maxLength: 80,
      })
      .map((items) => items.map(({ x, widthPx, isLock }, n) => (isLock ? lock(String(n), x) : note(String(n), x, widthPx))));
    fc.assert(
      fc.property(notes, (items) => {
        const placed = placeNotes(items, noteRoom);
        expect(placed.size).toBe(items.length);
        const words = items.flatMap((item) => {
          const at = placed.get(item.key);
          if (at === undefined || at.side === null) return [];
          const from = at.side === 'right' ? item.x + noteOffsetPx : item.x - noteOffsetPx - item.widthPx;
          return [{ key: item.key, row: at.row, from, to: from + item.widthPx }];
        });
        for (const word of words) {
          const marks = items.filter((item) => item.key !== word.key && placed.get(item.key)?.row === word.row);
          for (const mark of marks) expect(mark.x + mark.markPx / 2 <= word.from || mark.x - mark.markPx / 2 >= word.to).toBe(true);
          for (const other of words) {
            if (other.key !== word.key && other.row === word.row) expect(other.to <= word.from || other.from >= word.to).toBe(true);
          }
        }
      }),
      { seed: 10, numRuns: 300 },
    );
  });

  test('CHART-10 a lock never has words and takes the last row', () => {
    expect(placeNotes([lock('a', 300)], noteRoom).get('a')).toEqual({ key: 'a', row: 1, side: null });
  });

  test('CHART-10 a mark pushes words away rather than lie on them', () => {
    const placed = placeNotes([note('a', 300, 150), note('b', 304, 150), note('c', 350, 20), lock('d', 350)], noteRoom);
    expect(placed.get('c')?.row).toBe(0);
    expect(placed.get('a')?.side).not.toBe('right');
  });
});

describe('rating figures', () => {
  const mark = (key: string, x: number, figure: string, suffix = ''): RatingMark => ({
    key,
    row: 'cadss',
    x,
    share: 0.5,
    figure,
    suffix,
    open: false,
  });
  const widthOf = (words: string): number => words.length * 8;
  const none = { cadss: [], sedation: [], suds: [] };
  const anywhere = { left: 0, right: 1000, barrierX: null };

  test('CHART-11 the suffix goes first, then the figure moves left, then it is left out', () => {
    const marks = [
      mark('a', 100, '10', '/24'),
      mark('b', 200, '10', '/24'),
      mark('c', 230, '31', '/92'),
      mark('d', 243, '12', '/92'),
      mark('e', 256, '8', '/24'),
    ];
    const words = ratingWords(marks, none, anywhere, widthOf);
    expect(words.get('a')).toEqual({ figure: 'right', suffix: true, offsetPx: 6 });
    expect(words.get('d')?.figure).toBeNull();
    expect(words.get('e')).toEqual({ figure: 'right', suffix: true, offsetPx: 6 });
  });

  test('CHART-11 a figure that would cross now or the edge stands left of its gauge', () => {
    expect(ratingWords([mark('a', 195, '60')], none, { ...anywhere, barrierX: 205 }, widthOf).get('a')?.figure).toBe('left');
    expect(ratingWords([mark('a', 990, '60')], none, anywhere, widthOf).get('a')?.figure).toBe('left');
    expect(ratingWords([mark('a', 10, '60')], none, { ...anywhere, barrierX: 20 }, widthOf).get('a')?.figure).toBeNull();
  });

  test.each([-10, -7, -3, -1, 0, 2, 6, 9, 13])('CHART-11 a rating with a diamond %i px beside it shows its figure', (px) => {
    const words = ratingWords([mark('a', 500, '10', '/24')], { ...none, cadss: [500 + px] }, anywhere, widthOf);
    expect(words.get('a')?.figure).not.toBeNull();
    expect(words.get('a')?.offsetPx).toBeLessThan(24);
  });

  test('CHART-11 of two ratings that leave room for one figure the newer has it', () => {
    const words = ratingWords([mark('a', 500, '100'), mark('b', 540, '31')], none, { left: 490, right: 700, barrierX: 545 }, widthOf);
    expect([words.get('a')?.figure, words.get('b')?.figure]).toEqual([null, 'left']);
  });

  test('CHART-24 two ratings of one moment do not print over one another', () => {
    const words = ratingWords([mark('a', 300, 'Aldrete 10'), mark('b', 300, 'nausea 1')], none, anywhere, widthOf);
    expect(new Set([words.get('a')?.figure, words.get('b')?.figure])).toEqual(new Set(['left', 'right']));
  });

  const placed = fc.record({
    x: fc.double({ min: 0, max: 1, noNaN: true }),
    figure: fc.constantFrom('5', '60', '10', '31', 'Aldrete 10', 'nausea 1', 'pain 3', '12 of 23', 'n/a'),
    suffix: fc.constantFrom('', '/24', '/92'),
  });

  test.each(plotWidths)(
    'CHART-24 at a plot %i px wide no figure lies on another, on a gauge, a diamond, the edge or the now line',
    (widthPx) => {
      fc.assert(
        fc.property(
          fc.array(placed, { maxLength: 40 }),
          fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
          fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
          (items, slots, now) => {
            const marks = items.map(({ x, figure, suffix }, n) => mark(String(n), 84 + x * widthPx, figure, suffix));
            const diamonds = slots.map((x) => 84 + x * widthPx);
            const within = { left: 84, right: 84 + widthPx, barrierX: now === null ? null : 84 + now * widthPx };
            const words = ratingWords(marks, { ...none, cadss: diamonds }, within, widthOf);
            const spans = marks.flatMap((one) => {
              const fit = words.get(one.key);
              if (fit === undefined || fit.figure === null) return [];
              const px = widthOf(fit.suffix ? one.figure + one.suffix : one.figure);
              const from = fit.figure === 'right' ? one.x + fit.offsetPx : one.x - fit.offsetPx - px;
              return [{ mark: one, from, to: from + px }];
            });
            for (const { mark: own, from, to } of spans) {
              expect(from >= within.left && to <= within.right).toBe(true);
              for (const gauge of marks) expect(gauge.x + 3 <= from || gauge.x - 3 >= to).toBe(true);
              for (const x of diamonds) expect(x + 6 <= from || x - 6 >= to).toBe(true);
              if (within.barrierX !== null && own.x < within.barrierX) expect(to <= within.barrierX).toBe(true);
              for (const other of spans) if (other.mark !== own) expect(other.to <= from || other.from >= to).toBe(true);
            }
          },
        ),
        { seed: 11, numRuns: 150 },
      );
    },
  );
});
