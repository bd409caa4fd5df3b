import { expect, test } from 'vitest';
import { PrintThread } from '../../electron/service/export/print-thread.ts';
import { recordPages, recordPdf } from '../../electron/service/export/record-print.ts';
import { namesIn } from '../../electron/service/staff/names.ts';
import { materialOf, playGoldenSession } from './golden-material.ts';

const source = materialOf(playGoldenSession());

test('EXPORT-46 what the thread draws is what is drawn without it, byte for byte', async () => {
  const thread = new PrintThread();
  const [pdf, pages] = await Promise.all([thread.pdf(source, 'full'), thread.pages(source, 'one-page')]);
  expect(Buffer.from(pdf).equals(Buffer.from(recordPdf(source, 'full')))).toBe(true);
  expect(pages).toEqual(recordPages(source, 'one-page'));
});

test('EXPORT-46, ACCESS-10 the thread names each entry as its person was called then', async () => {
  const middle = source.state.log[Math.floor(source.state.log.length / 2)]?.seq ?? 0;
  const names = new Map(
    [...source.names].map(([id, theirs]) => [id, { names: [...theirs.names, { name: 'Renamed Person', seq: middle }] }]),
  );
  const renamed = { ...source, names, nameOf: namesIn(names, source.state.log) };
  const pages = await new PrintThread().pages(renamed, 'full');
  expect(pages).toEqual(recordPages(renamed, 'full'));
  const said = JSON.stringify(pages);
  expect(said).toContain('Renamed Person');
  expect(said).toContain('Nora Nurse');
});

test('EXPORT-46 a print that fails fails alone: the next one is drawn', async () => {
  const thread = new PrintThread();
  const broken = thread.pages({ ...source, protocol: { ...source.protocol, phases: null as never } }, 'one-page');
  await expect(broken).rejects.toThrow('null');
  expect((await thread.pages(source, 'one-page')).length).toBe(1);
});
