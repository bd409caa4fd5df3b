import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { captureCommand } from '../../electron/cli/capture.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createPorts } from '../../electron/service/serial/all-ports.ts';
import { readCapture } from '../../electron/service/serial/capture-format.ts';
import { callPlace } from '../support/hl7-sender.ts';

const message = (id: string): string => `MSH|^~\\&|MON||||20261129100000||ORU^R01|${id}|P|2.4\rOBX|1|NM|150456^^MDC||97|%|||||F\r`;
let folder: string;
let port: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-capture-'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Captures the place while `call` runs; resolves to what the capture holds of what was sent. */
async function captured(argv: readonly string[], call: () => Promise<void>): Promise<string> {
  const file = join(folder, 'one.vigilcap');
  let interrupt: () => void = () => undefined;
  let isListening: () => void = () => undefined;
  const listening = new Promise<void>((resolve) => {
    isListening = resolve;
  });
  const io = { stdout: () => {}, stderr: () => isListening(), stdin: (async function* () {})() };
  const world = {
    clock: createSystemClock(),
    ports: async () => createPorts(),
    interrupted: () =>
      new Promise<void>((resolve) => {
        interrupt = resolve;
      }),
  };
  const done = captureCommand.run(['--port', `listen://127.0.0.1:${port}`, '-o', file, ...argv], io, world);
  await listening;
  await call();
  interrupt();
  expect(await done).toBe(0);
  const found = readCapture(readFileSync(file), (bytes) => createHash('sha256').update(bytes).digest());
  if ('fault' in found) throw new Error(found.words);
  return found.records
    .filter(({ kind }) => kind === 'to-monitor')
    .map(({ bytes }) => Buffer.from(bytes).toString('latin1'))
    .join('');
}

test('CAPTURE-11 each of two callers gets its own acknowledgements, and they stand in the capture', async () => {
  const sent = await captured([], async () => {
    const [one, other] = [await callPlace(port), await callPlace(port)];
    one.write(`\x0b${message('ONE')}`);
    expect((await other.send(message('OTHER'), { waitMs: 10_000, repeats: 0 }))?.[1]).toBe('MSA|AA|OTHER');
    one.write('\x1c\r');
    expect((await one.send(message('TWO'), { waitMs: 10_000, repeats: 0 }))?.[1]).toBe('MSA|AA|TWO');
    expect(one.answers.length).toBe(2);
    for (const caller of [one, other]) caller.close();
  });
  expect([...sent.matchAll(/MSA\|AA\|(\w+)/g)].map(([, id]) => id)).toEqual(['OTHER', 'ONE', 'TWO']);
});

test('CAPTURE-11 nothing is sent to a caller where it is told to be silent', async () => {
  const sent = await captured(['--silent'], async () => {
    const caller = await callPlace(port);
    expect(await caller.send(message('ONE'), { waitMs: 300, repeats: 0 })).toBeNull();
    caller.close();
  });
  expect(sent).toBe('');
});
