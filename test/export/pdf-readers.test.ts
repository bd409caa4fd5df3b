import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordPages, recordPdf } from '../../electron/service/export/record-print.ts';
import type { SessionSource } from '../../electron/service/export/record/session-source.ts';
import { findTool } from '../../electron/setup/system-tools.mjs';
import { printKinds, type PrintKind } from '../../shared/contract/print-page.ts';
import { formatsSchema, type Formats } from '../../shared/values/formats.ts';
import { goldenHash, materialOf, playGoldenSession } from './golden-material.ts';

const golden = materialOf(playGoldenSession());

/** Words that only this kind of print has, beside what every page has; a new kind needs its own here. */
const ownWords: Readonly<Record<PrintKind, readonly string[]>> = {
  'one-page': ['page 1 of 1', 'min from start'],
  full: ['Every entry as it was made, undone and corrected ones too', 'Identity confirmed'],
};
const papers: readonly Formats['paper'][] = formatsSchema.shape.paper.options;
const prints = printKinds.flatMap((kind) => papers.map((paper) => ({ kind, paper })));

const onPaper = (paper: Formats['paper']): SessionSource => ({
  ...golden,
  room: { ...golden.room, formats: { ...golden.room.formats, paper } },
});

describe('other programs read what is printed (qpdf, pdftotext)', () => {
  let folder = '';
  const written = (bytes: Uint8Array): string => {
    const file = join(folder, 'record.pdf');
    writeFileSync(file, bytes);
    return file;
  };
  const run = (tool: string, ...args: readonly string[]): { readonly status: number | null; readonly stdout: string } =>
    spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vigil-pdf-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.for(prints)('EXPORT-42 qpdf finds nothing wrong in $kind on $paper', ({ kind, paper }, context) => {
    context.skip(findTool('qpdf') === undefined, 'qpdf is not installed');
    const { status, stdout } = run('qpdf', '--check', written(recordPdf(onPaper(paper), kind)));
    expect(stdout).toContain('No syntax or stream encoding errors found');
    expect(status).toBe(0);
  });

  test('EXPORT-42 qpdf does find it where a file was cut', (context) => {
    context.skip(findTool('qpdf') === undefined, 'qpdf is not installed');
    const whole = recordPdf(onPaper('A4'), 'one-page');
    expect(run('qpdf', '--check', written(whole.subarray(0, whole.length - 400))).status).not.toBe(0);
  });

  test.for(prints)(
    'EXPORT-44 $kind on $paper is tagged, has its fonts within it, and says that it is PDF/A-2b',
    ({ kind, paper }, context) => {
      context.skip(findTool('pdffonts') === undefined, 'pdffonts is not installed');
      const file = written(recordPdf(onPaper(paper), kind));
      expect(run('pdfinfo', file).stdout).toMatch(/^Tagged: +yes$/m);
      const fonts = run('pdffonts', file).stdout.trim().split('\n').slice(2);
      expect(fonts.length).toBeGreaterThan(0);
      // Embedded, a subset, and with the characters that its glyphs stand for.
      expect(fonts.filter((line) => !/Identity-H +yes yes yes /.test(line))).toEqual([]);
      const metadata = run('pdfinfo', '-meta', file).stdout;
      for (const words of ['<pdfaid:part>2<', '<pdfaid:conformance>B<', 'Session record, Demo Patient']) expect(metadata).toContain(words);
      expect(readFileSync(file, 'latin1')).toContain('/GTS_PDFA1');
    },
  );

  test('EXPORT-44 a name with the signs of XML stays a name in the metadata', (context) => {
    context.skip(findTool('pdfinfo') === undefined, 'pdfinfo is not installed');
    const { state } = golden;
    const named = { ...golden, state: { ...state, opened: { ...state.opened, patientName: 'A & B <C>' } } };
    expect(run('pdfinfo', '-meta', written(recordPdf(named, 'one-page'))).stdout).toContain('A &#38; B &#60;C&#62;,');
  });

  test('EXPORT-45 what is copied out of a print is what was typed, whatever was printed before it', (context) => {
    context.skip(findTool('pdftotext') === undefined, 'pdftotext is not installed');
    const { state } = golden;
    const copied = (patientName: string): string => {
      const named = { ...golden, state: { ...state, opened: { ...state.opened, patientName } } };
      return run('pdftotext', '-layout', written(recordPdf(named, 'one-page')), '-').stdout;
    };
    // In the font, the accent is a part of é, and the point one of the colon.
    expect(copied('Aimée')).toContain('Aimée');
    expect(copied('O´Neill')).toContain('O´Neill');
    expect(copied('1:2')).toContain('1:2');
    expect(copied('J. Doe 0.5')).toContain('J. Doe 0.5');
  });

  test.for(prints)('EXPORT-42 pdftotext reads the words of $kind on $paper', ({ kind, paper }, context) => {
    context.skip(findTool('pdftotext') === undefined, 'pdftotext is not installed');
    const { status, stdout } = run('pdftotext', '-raw', '-enc', 'UTF-8', written(recordPdf(onPaper(paper), kind)), '-');
    expect(status).toBe(0);
    const text = stdout.replaceAll(/\s+/g, ' ');
    for (const words of ['Demo Patient', 'DEMO-0042', goldenHash.slice(0, 4), ...ownWords[kind]]) expect(text).toContain(words);
    expect(stdout.split('\f').length - 1).toBe(recordPages(onPaper(paper), kind).length);
  });
});
