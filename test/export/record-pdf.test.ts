import { describe, expect, test } from 'vitest';
import { PrintFonts } from '../../electron/service/export/pdf/print-fonts.ts';
import { recordPages, recordPdf } from '../../electron/service/export/record-print.ts';
import type { PrintPage } from '../../shared/contract/print-page.ts';
import type { Instrument } from '../../shared/clinical/instrument.ts';
import { instruments } from '../../shared/clinical/instruments/instrument-directory.ts';
import { dosing, type PlayedSession } from '../session/played-session.ts';
import { goldenHash, goldenTrend, materialOf, playGoldenSession } from './golden-material.ts';

const wordsOf = (page: PrintPage): string => page.marks.map((mark) => (mark.mark === 'text' ? mark.text : '')).join('\n');
/** What stands beside the gauges, with all else of that size. */
const pageWords = (session: PlayedSession): string[] =>
  recordPages(materialOf(session), 'one-page')
    .flatMap(({ marks }) => marks)
    .flatMap((mark) => (mark.mark === 'text' && mark.bold && mark.size === 10.8 ? [mark.text] : []));

function rate(session: PlayedSession, { id, items }: Instrument, value: number): void {
  const opened = session.do({ type: 'open-rating', instrument: id });
  if (opened.kind !== 'rating-opened') throw new Error('no rating was opened');
  const { ratingId } = opened.body;
  for (const { number } of items) session.do({ type: 'answer-item', ratingId, item: number, value });
  session.do({ type: 'finish-rating', ratingId });
}

const fonts = new PrintFonts();
const material = materialOf(playGoldenSession());

describe('a printed record', () => {
  test('EXPORT-8 every page says whose it is, which page of how many, its version and its hash', () => {
    const pages = recordPages(material, 'full');
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries()) {
      const words = wordsOf(page);
      for (const part of ['Demo Patient', 'DEMO-0042', `page ${index + 1} of ${pages.length}`, 'not signed', goldenHash.slice(0, 4)]) {
        expect(words, `page ${index + 1}`).toContain(part);
      }
    }
    expect(pages.slice(1).every((page) => wordsOf(page).includes(material.state.sessionId))).toBe(true);
  });

  test('EXPORT-8 nothing is drawn beside the paper, and only in greys', () => {
    for (const page of recordPages(material, 'full')) {
      const [width, height] = [page.widthPt * page.unitsPerPoint, page.heightPt * page.unitsPerPoint];
      for (const mark of page.marks) {
        if (mark.mark !== 'text') continue;
        const length = fonts.width(mark.text, mark.size, mark.bold);
        const left = mark.x - (mark.anchor === 'end' ? length : mark.anchor === 'middle' ? length / 2 : 0);
        expect([left >= 0, left + length <= width + 0.5, mark.y > 0, mark.y < height], mark.text).toEqual([true, true, true, true]);
      }
    }
  });

  test('EXPORT-9 the same record gives the same file, byte by byte', () => {
    const first = recordPdf(material, 'full');
    const again = recordPdf(materialOf(playGoldenSession()), 'full');
    expect(Buffer.from(first).equals(Buffer.from(again))).toBe(true);
    // Its date is that of the last entry, 12:10 in New York.
    expect(
      Buffer.from(first)
        .toString('latin1')
        .match(/D:\d+Z/g),
    ).toEqual(['D:20261123171000Z']);
  });

  test.each(['Łukasz Żółć', 'Nguyễn Thị Ánh', 'Þórdís Ægisdóttir', 'Şule Çağlar', 'Ängström ő ű', 'SpO₂ 5 µg', 'Δ Ω', 'Жуков'])(
    'EXPORT-15 %s is printed letter by letter',
    (name) => {
      expect(fonts.lacks(name)).toBe(false);
      const letters = fonts.runs(name, true);
      expect(letters.every(({ font }) => font !== null)).toBe(true);
      expect(letters.map(({ text, lowered }) => (lowered === 0 ? text : String.fromCodePoint(0x2080 + Number(text)))).join('')).toBe(
        name.normalize('NFC'),
      );
    },
  );

  test.each([
    ['محمد (٣٤) Ab', '(٣٤) محمد Ab', 'arabic'],
    ['שרה כהן', 'כהן שרה', 'hebrew'],
    ['आदित्य शर्मा', 'आदित्य शर्मा', 'devanagari'],
    ['田中 さくら', '田中 さくら', 'japanese'],
    ['王伟 张丽', '王伟 张丽', 'chinese'],
    ['김민준', '김민준', 'korean'],
  ])('EXPORT-43 %s is printed as itself, each word in the order of its script', (name, onPaper, script) => {
    for (const bold of [false, true]) {
      const runs = fonts.runs(name, bold);
      expect(runs.map(({ text }) => text).join('')).toBe(onPaper);
      expect(runs.flatMap(({ font }) => font?.name.replace(/-\d+$/, '') ?? [])).toContain(script);
      expect(fonts.lacks(name)).toBe(false);
    }
  });

  test('EXPORT-43 no letter and no mark of these scripts keeps a record from being printed', () => {
    const letters = Array.from({ length: 0x0980 - 0x0590 }, (_, index) => String.fromCodePoint(0x0590 + index));
    for (const letter of letters) for (const text of [letter, `م${letter}`, `א${letter}`, `क${letter}`]) fonts.width(text, 1, true);
    expect(fonts.runs('ڢاس', false).map(({ font, text }) => [font?.name, text])).toEqual([['arabic-400', 'ڢاس']]);
  });

  test('EXPORT-43 letters that join are measured as they are joined', () => {
    const apart = Array.from('محمد').reduce((sum, letter) => sum + fonts.width(letter, 1, false), 0);
    expect(Math.abs(fonts.width('محمد', 1, false) - apart)).toBeGreaterThan(0.1);
    expect(fonts.runs('क्षत्रिय', false)).toHaveLength(1);
  });

  test('EXPORT-43 a name of Chinese characters is set in one face, and bold where the others are', () => {
    // 王 is in the Japanese face, too.
    expect(fonts.runs('王伟', false).map(({ font }) => font?.name)).toEqual(['chinese-400']);
    const outlines = (bold: boolean) => fonts.runs('王伟', bold).map(({ font }) => font?.outline);
    expect([outlines(false), outlines(true)]).toEqual([[null], [0.03]]);
  });

  test('EXPORT-15 a letter of another script is a box and never another letter, and the print says so', () => {
    const session = playGoldenSession();
    const named = materialOf(session);
    const foreign = { ...named, state: { ...named.state, opened: { ...named.state.opened, patientName: 'ሰላም 🙂 Ab' } } };
    expect(fonts.runs('ሰ🙂b', false).map(({ font, text }) => [font === null, text])).toEqual([
      [true, 'ሰ'],
      [true, '🙂'],
      [false, 'b'],
    ]);
    expect(recordPages(foreign, 'full').map(wordsOf).join(' ')).toContain('A box stands for a letter of a script');
    expect(recordPdf(foreign, 'one-page').length).toBeGreaterThan(10_000);
  });

  test('CHART-26 a monitor that speaks every minute is a line in print, too, and its value after a long silence a full dot', () => {
    const trend = goldenTrend();
    const spo2 = trend.columns.spo2.map((value, second) => (second % 60 === 0 && (second < 3000 || second === 3600) ? value : null));
    const slow = materialOf(playGoldenSession(), { trend: { ...trend, columns: { ...trend.columns, spo2 } }, cuffs: [] });
    const marks = recordPages(slow, 'one-page').flatMap((page) => page.marks);
    const lines = marks.filter((mark) => mark.mark === 'path' && mark.dash?.[0] === 5.5);
    expect(lines.map((mark) => mark.mark === 'path' && mark.points.length)).toEqual([50]);
    expect(marks.filter((mark) => mark.mark === 'circle' && mark.radius === 1.7 && mark.fill === 0)).toHaveLength(1);
  });

  test('EXPORT-37 the phases of the print are called as those of the screen, after the protocol', () => {
    const phases = material.protocol.phases.map((one) => (one.phase === 'infusing' ? { ...one, label: 'monitoring' } : one));
    const [page] = recordPages({ ...material, protocol: { ...material.protocol, phases } }, 'one-page');
    const words = page === undefined ? [] : wordsOf(page).split('\n');
    expect(words).toContain('monitoring');
    expect(words).not.toContain('infusing');
  });

  test.each(Object.values(instruments).filter(({ timeline }) => timeline.row !== null))(
    'EXPORT-41 $name stands in its row of the first page with its figure',
    (instrument) => {
      const session = dosing();
      session.at(20);
      const value = instrument.items[0]?.max ?? 0;
      const isNamed = instrument.timeline.row === 'sedation' && instrument.id !== 'moaa-s';
      const words = `${isNamed ? `${instrument.timeline.shortName} ` : ''}${instrument.items.length * value}`;
      const count = (): number => pageWords(session).filter((drawn) => drawn === words).length;
      const before = count();
      rate(session, instrument, value);
      expect(count()).toBe(before + 1);
    },
  );

  test('EXPORT-41 two scales at one time both stand in their row, each by its name', () => {
    const session = dosing();
    session.at(20);
    rate(session, instruments['moaa-s'], 4);
    rate(session, instruments.rass, -1);
    expect(pageWords(session)).toContain('· RASS −1');
  });

  test('EXPORT-25 what a signature means is never cut, and a long name gives way', () => {
    const name = 'Anneliese-Charlotte Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh';
    const { state, ...rest } = materialOf(playGoldenSession());
    const signature = { name, role: 'prescriber', meaning: 'reviewed', atMs: state.openedMs, personId: 'p', eventId: 'e' };
    const version = { version: 1, recordHash: goldenHash, throughSeq: 1, signatures: [signature, signature, signature], amendment: null };
    const signed = { ...state, signing: { ...state.signing, versions: [version] } } as unknown as typeof state;
    const words = recordPages({ ...rest, state: signed }, 'one-page')
      .map(wordsOf)
      .join('\n');
    expect(words.split('\n').filter((line) => line.includes('prescriber · reviewed'))).toHaveLength(3);
  });

  test('EXPORT-6 a lock of a private note is not drawn', () => {
    const session = playGoldenSession();
    const before = recordPages(materialOf(session), 'one-page').map(wordsOf);
    session.append([{ kind: 'private-note-marked', body: { noteId: '70000000-0000-7000-8000-000000000007' } }]);
    expect(recordPages(materialOf(session), 'one-page').map(wordsOf)).toEqual(before);
  });
});
