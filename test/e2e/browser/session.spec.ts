import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { byCalls, callRoom, openServedSession } from '../../support/room-client.ts';
import { canMakePtys } from '../../support/pty-pair.ts';
import { cableMonitor, type CabledMonitor } from '../support/cabled-monitor.ts';
import { prepareRoom } from '../../support/prepared-room.ts';
import { serveRoom, type ServedRoom } from '../support/served-room.ts';
import { runWholeSession } from '../support/whole-session.ts';

test.skip(!canMakePtys, 'socat is not here to make virtual serial cables');

let monitor: CabledMonitor;
let folder: string;
let room: ServedRoom;

test.beforeEach(async () => {
  monitor = await cableMonitor();
  folder = join(monitor.folder, 'room');
});

test.afterEach(async () => {
  await room.end();
  await monitor.remove();
});

test('E2E-1 in the browser: a new room is set up, a session runs from patient to record, all by the screen', async ({ page }) => {
  room = await serveRoom(['--data', folder]);
  await page.goto(room.url);
  await runWholeSession(page, monitor.port);
});

test('E2E-2 a pulled cable greys the figures, then dashes them with the reason; under another name it is live again', async ({ page }) => {
  await servePreparedRoom();
  await page.goto(room.url);
  await page.waitForURL((url) => !url.hash.includes('token'));
  const calls = await callRoom(room.url);
  await openServedSession(calls);
  await page.goto(`${new URL(room.url).origin}/#/session`);
  const pulse = page.getByRole('article', { name: /^Pulse/ });
  await expect(pulse).toHaveAccessibleName(/^Pulse \d+ \/min/);
  await monitor.pull();
  await expect(page.getByText(/Cable out/).first()).toBeVisible();
  await expect(pulse).toHaveAccessibleName(/cable out/);
  await page.screenshot({ path: test.info().outputPath('cable-out.png') });
  await monitor.plugInAs('ttyOther');
  await expect(pulse).toHaveAccessibleName(/^Pulse \d+ \/min/);
  const { sessionId } = await calls.client.session.list().then(([first]) => first ?? { sessionId: '' });
  const { session } = await calls.client.session.record({ sessionId });
  expect(session.gaps.map((gap) => [gap.cause, gap.toMs !== null])).toEqual([['cable-out', true]]);
  calls.close();
});

test('E2E-3 a service killed under the open page is said within 2 s, and live again within 3 s of its return', async ({ page }) => {
  await servePreparedRoom();
  await page.goto(room.url);
  await page.waitForURL((url) => !url.hash.includes('token'));
  await byCalls(room.url, openServedSession);
  await page.goto(`${new URL(room.url).origin}/#/session`);
  await expect(page.getByRole('article', { name: /^Pulse \d+ \/min/ })).toBeVisible();
  const port = new URL(room.url).port;
  const killedMs = performance.now();
  await room.end('SIGKILL');
  const notRecording = page.getByText('No contact with the room service');
  await expect(notRecording).toBeVisible({ timeout: 2500 });
  expect(performance.now() - killedMs).toBeLessThan(2000);
  await page.screenshot({ path: test.info().outputPath('not-recording.png') });
  room = await serveRoom(['--data', folder, '--port', port]);
  const backMs = performance.now();
  await expect(page.getByRole('article', { name: /^Pulse \d+ \/min/ })).toBeVisible({ timeout: 3000 });
  expect(performance.now() - backMs).toBeLessThan(3000);
});

async function servePreparedRoom(): Promise<void> {
  const monitors = [{ name: 'Oximeter', protocol: 'masimo-ascii1', port: monitor.port }] as const;
  room = await serveRoom(['--data', await prepareRoom(folder, { monitors })]);
}
