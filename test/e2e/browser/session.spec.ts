import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { makePtyPair, type PtyPair } from '../../support/pty-pair.ts';
import { serveRoom, type ServedRoom } from '../support/served-room.ts';
import { callRoom, openServedSession } from '../../support/room-client.ts';
import { expectAccessible } from '../support/axe.ts';
import {
  checkAndStart,
  endSession,
  enterPressure,
  nursePin,
  openSession,
  orderDose,
  rateBySixKeys,
  setUpRoom,
  signIn,
  tapAndUndo,
  turnTheDose,
  writeObservation,
} from '../support/session-acts.ts';

const vigil = join(import.meta.dirname, '..', '..', '..', 'out', 'main', 'vigil.js');

let folder: string;
let cable: PtyPair;
let monitor: ChildProcess;
let room: ServedRoom;

function simulate(port: string): ChildProcess {
  return spawn(process.execPath, [vigil, 'simulate', '--protocol', 'masimo-ascii1', '--port', port], { stdio: 'ignore' });
}

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
  cable = await makePtyPair(join(folder, 'ttyRoom'), join(folder, 'ttyMonitor'));
  monitor = simulate(join(folder, 'ttyMonitor'));
  room = await serveRoom(['--data', join(folder, 'room')]);
});

test.afterEach(async () => {
  monitor.kill();
  await room.end();
  await cable.pull();
  rmSync(folder, { recursive: true, force: true });
});

test('E2E-1 a new room is set up, a session runs from patient to record, all by the screen', async ({ page }) => {
  test.setTimeout(120_000);
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(room.url);
  await setUpRoom(page, [{ name: 'Oximeter', port: join(folder, 'ttyRoom') }]);
  await signIn(page, 'Nurse', nursePin);
  await openSession(page);
  await orderDose(page);
  await checkAndStart(page);
  await expect(page.getByRole('article', { name: /^Pulse \d+ \/min/ })).toBeVisible();
  await writeObservation(page, 'Breathing slower');
  await expectAccessible(page, 'session');
  await tapAndUndo(page);
  await turnTheDose(page);
  await rateBySixKeys(page, '321021');
  await enterPressure(page, '128', '82');
  await page.screenshot({ path: test.info().outputPath('session.png') });
  await endSession(page);
  await expect(page.getByText('mg/kg').first()).toBeVisible();
  await expectAccessible(page, 'record');
  await page.screenshot({ path: test.info().outputPath('record.png') });
  expect(problems).toEqual([]);
});

test('E2E-2 a pulled cable greys the figures, then dashes them with the reason; under another name it is live again', async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto(room.url);
  const calls = await callRoom(room.url);
  await openServedSession(calls, [{ name: 'Oximeter', protocol: 'masimo-ascii1', port: join(folder, 'ttyRoom') }]);
  await page.goto(`${new URL(room.url).origin}/#/session`);
  const pulse = page.getByRole('article', { name: /^Pulse/ });
  await expect(pulse).toHaveAccessibleName(/^Pulse \d+ \/min/);
  monitor.kill();
  await cable.pull();
  const pulledMs = performance.now();
  await expect(page.getByText(/Cable out/).first()).toBeVisible({ timeout: 5000 });
  expect(performance.now() - pulledMs).toBeLessThan(5000);
  await expect(pulse).toHaveAccessibleName(/cable out/);
  await page.screenshot({ path: test.info().outputPath('cable-out.png') });
  cable = await makePtyPair(join(folder, 'ttyOther'), join(folder, 'ttyMonitor'));
  monitor = simulate(join(folder, 'ttyMonitor'));
  await expect(pulse).toHaveAccessibleName(/^Pulse \d+ \/min/, { timeout: 7000 });
  const { sessionId } = await calls.client.session.list().then(([first]) => first ?? { sessionId: '' });
  const { session } = await calls.client.session.record({ sessionId });
  expect(session.gaps.map((gap) => [gap.cause, gap.toMs !== null])).toEqual([['cable-out', true]]);
  calls.close();
});

test('E2E-3 a service killed under the open page is said within 2 s, and live again within 3 s of its return', async ({ page }) => {
  await page.goto(room.url);
  const calls = await callRoom(room.url);
  await openServedSession(calls, [{ name: 'Oximeter', protocol: 'masimo-ascii1', port: join(folder, 'ttyRoom') }]);
  calls.close();
  await page.goto(`${new URL(room.url).origin}/#/session`);
  await expect(page.getByRole('article', { name: /^Pulse \d+ \/min/ })).toBeVisible();
  const port = new URL(room.url).port;
  const killedMs = performance.now();
  await room.end('SIGKILL');
  const notRecording = page.getByText('No contact with the room service');
  await expect(notRecording).toBeVisible({ timeout: 2500 });
  expect(performance.now() - killedMs).toBeLessThan(2000);
  await page.screenshot({ path: test.info().outputPath('not-recording.png') });
  room = await serveRoom(['--data', join(folder, 'room'), '--port', port]);
  const backMs = performance.now();
  await expect(page.getByRole('article', { name: /^Pulse \d+ \/min/ })).toBeVisible({ timeout: 3000 });
  expect(performance.now() - backMs).toBeLessThan(3000);
});
