import { afterEach, describe, expect, test } from 'vitest';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { recordPages } from '../../electron/service/export/record-print.ts';
import { decideFormats } from '../../electron/service/session/room/decide-room.ts';
import { formatsOfLanguage } from '../../renderer/format/formats-words.ts';
import { formatsOfCountry, type Formats } from '../../shared/values/formats.ts';
import { materialOf, playGoldenSession } from '../export/golden-material.ts';
import { openTestRoom, type TestRoom } from '../support/test-room.ts';

const { us, uk, iso } = formatsOfCountry;
const material = materialOf(playGoldenSession());
const pagesIn = (formats: Formats, kind: 'one-page' | 'full') => recordPages({ ...material, room: { ...material.room, formats } }, kind);
const wordsIn = (formats: Formats): string =>
  pagesIn(formats, 'full')
    .flatMap(({ marks }) => marks.flatMap((mark) => (mark.mark === 'text' ? [mark.text] : [])))
    .join('\n');

describe('a print', () => {
  test('FORMAT-7 is written as the clinic writes', () => {
    expect(wordsIn(us)).toContain('born Mar 14, 1984');
    expect(wordsIn(us)).toContain('Mon, Nov 23, 2026');
    expect(wordsIn(us)).toContain('09:20 AM');
    expect(wordsIn(us)).toContain('176.4 lb (80.0 kg)');
    expect(wordsIn(us)).not.toMatch(/14 Mar 1984|\b1[3-9]:\d\d\b/);
    expect(wordsIn(uk)).toContain('born 14 Mar 1984');
    expect(wordsIn(iso)).toContain('born 1984-03-14');
    expect(wordsIn(iso)).not.toContain(' AM');
  });

  test.each([
    ['A4', uk, 841.89, 595.28],
    ['US Letter', us, 792, 612],
  ] as const)('FORMAT-7 on %s every mark lies on the paper', (_, formats, longPt, shortPt) => {
    const [first, ...rest] = pagesIn(formats, 'full');
    expect([first?.widthPt, first?.heightPt]).toEqual([longPt, shortPt]);
    for (const page of rest) expect([page.widthPt, page.heightPt]).toEqual([shortPt, longPt]);
    for (const page of pagesIn(formats, 'full')) {
      const [width, height] = [page.widthPt * page.unitsPerPoint, page.heightPt * page.unitsPerPoint];
      const points = page.marks.flatMap((mark) =>
        mark.mark === 'path'
          ? mark.points
          : mark.mark === 'rect'
            ? [[mark.x + mark.width, mark.y + mark.height] as const]
            : [[mark.x, mark.y] as const],
      );
      expect(Math.max(...points.map(([x]) => x))).toBeLessThanOrEqual(width);
      expect(Math.max(...points.map(([, y]) => y))).toBeLessThanOrEqual(height);
    }
  });

  test('FORMAT-8 an export for machines is the same whatever the clinic writes', () => {
    const [one, other] = [us, iso].map((formats) => JSON.stringify(recordDocument({ ...material, room: { ...material.room, formats } })));
    expect(one).toBe(other);
    expect(one).toContain('"1984-03-14"');
  });
});

describe('the choice of a room', () => {
  let room: TestRoom | undefined;
  afterEach(async () => room?.close());

  test('FORMAT-9 is kept as an event, outlives the service, and is not written twice', async () => {
    room = openTestRoom();
    const choose = (): unknown => room?.room.recorder.recordRoom(decideFormats(room.room.recorder.room, us), room.nurseId);
    expect(room.room.recorder.room.formats).toEqual(uk);
    choose();
    expect(decideFormats(room.room.recorder.room, us)).toEqual({ events: [] });
    await room.restart();
    expect(room.room.recorder.room.formats).toEqual(us);
    expect(room.room.sessionSource(room.openSession()).room.formats).toEqual(us);
  });

  test('FORMAT-9 is proposed by the language of the computer', () => {
    expect(['en-US', 'en-GB', 'en', 'de-AT', 'en-AU'].map(formatsOfLanguage)).toEqual([us, uk, iso, iso, iso]);
  });
});
