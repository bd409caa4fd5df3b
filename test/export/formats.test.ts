import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportCommand } from '../../electron/cli/export.ts';
import { RoomProvider } from '../../renderer/live/room-context.tsx';
import { RecordActions } from '../../renderer/screens/record/record-actions.tsx';
import { exportFormatIds, exportFormats, type ExportFormat } from '../../shared/contract/export-formats.ts';
import type { FileContent } from '../../shared/contract/print-contract.ts';
import { openTestRoom, plugMonitorsIn, startDose } from '../support/test-room.ts';
import { pageOf } from '../support/page.ts';

const base = mkdtempSync(join(tmpdir(), 'vigil-formats-'));
const saved = new Map<ExportFormat, { readonly fileName: string; readonly content: FileContent }>();
let sessionId = '';

beforeAll(async () => {
  const room = openTestRoom({ base });
  plugMonitorsIn(room);
  sessionId = room.openSession();
  startDose(room);
  await room.pass(60_000);
  room.execute({ type: 'record-observation', text: 'humming', chips: [], begunAt: room.clock.now().utcMs });
  room.execute({ type: 'stop-dose-early', reason: 'other', detail: 'test' });
  room.execute({ type: 'end-session', reason: 'the patient left' });
  // The last seconds of the monitors are on disk.
  await room.pass(5_000);
  const page = pageOf(room.host, room.nurseId);
  for (const format of exportFormatIds) saved.set(format, await page.print.file({ sessionId, format }));
  writeFileSync(join(base, 'room', 'key'), `${Buffer.from(new Uint8Array(32).map((_, index) => index + 1)).toString('hex')}\n`, {
    mode: 0o600,
  });
  await room.close();
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

function bytesOf(content: FileContent | undefined): Buffer {
  return content?.as === 'text' ? Buffer.from(content.text) : Buffer.from(content?.base64 ?? '', 'base64');
}

test.each(exportFormatIds)('EXPORT-40 what the record screen saves as %s is what the command writes, byte for byte', async (format) => {
  const out = join(base, `record.${exportFormats[format].ending}`);
  const io = { stdout: () => undefined, stderr: () => undefined, stdin: noKey() };
  expect(await exportCommand.run(['--data', join(base, 'room'), '--session', sessionId, '--format', format, '-o', out], io)).toBe(0);
  const { fileName, content } = saved.get(format) ?? { fileName: '' };
  expect(fileName).toMatch(new RegExp(`^vigil-\\d{4}-\\d{2}-\\d{2}-${sessionId.slice(-8)}\\.${exportFormats[format].ending}$`));
  expect(content?.as).toBe(exportFormats[format].isText ? 'text' : 'base64');
  expect(bytesOf(content).length).toBeGreaterThan(1000);
  expect(readFileSync(out).equals(bytesOf(content))).toBe(true);
});

async function* noKey(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(new Uint8Array());
}

test('EXPORT-40 the help of the command and the record screen offer every format, and no other', () => {
  expect(exportCommand.help).toContain(`--format ${exportFormatIds.join('|')} `);
  for (const format of exportFormatIds) expect(exportCommand.help).toContain(`${format}: ${exportFormats[format].words}`);
  const room = { client: {}, store: {} } as never;
  const screen = renderToStaticMarkup(createElement(RoomProvider, { value: room }, createElement(RecordActions, { sessionId })));
  const offered = [...screen.matchAll(/aria-label="Save as ([^"]+)"/g)].map(([, name]) => name);
  expect(offered).toEqual(exportFormatIds.map((format) => exportFormats[format].name));
});
