import { expect, test } from 'vitest';
import { PrintThread } from '../../electron/service/export/print-thread.ts';
import { recordPages, recordPdf } from '../../electron/service/export/record-print.ts';
import { materialOf, playGoldenSession } from './golden-material.ts';

const source = materialOf(playGoldenSession());
const people = new Set(source.state.log.flatMap(({ actor }) => (actor === 'service' ? [] : [actor.personId])));

test('EXPORT-46 what the thread draws is what is drawn without it, byte for byte', async () => {
  const thread = new PrintThread();
  const [pdf, pages] = await Promise.all([thread.pdf(source, 'full', people), thread.pages(source, 'one-page', people)]);
  expect(Buffer.from(pdf).equals(Buffer.from(recordPdf(source, 'full')))).toBe(true);
  expect(pages).toEqual(recordPages(source, 'one-page'));
});

test('EXPORT-46 a print that fails fails alone: the next one is drawn', async () => {
  const thread = new PrintThread();
  const broken = thread.pages({ ...source, protocol: { ...source.protocol, phases: null as never } }, 'one-page', people);
  await expect(broken).rejects.toThrow('null');
  expect((await thread.pages(source, 'one-page', people)).length).toBe(1);
});
