import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { callRoom, openServedSession } from '../../support/room-client.ts';
import { canMakePtys } from '../../support/pty-pair.ts';
import { expectAccessible } from '../support/axe.ts';
import { cableMonitor, type CabledMonitor } from '../support/cabled-monitor.ts';
import { nurse, prepareRoom } from '../../support/prepared-room.ts';
import { serveRoom, type ServedRoom } from '../support/served-room.ts';
import { signIn } from '../support/session-acts.ts';

test.skip(!canMakePtys, 'socat is not here to make virtual serial cables');

let monitor: CabledMonitor;
let room: ServedRoom;
test.beforeEach(async () => {
  monitor = await cableMonitor('nonin-df7');
  const monitors = [{ name: 'Oximeter', protocol: 'nonin-df7', port: monitor.port }] as const;
  room = await serveRoom(['--data', await prepareRoom(join(monitor.folder, 'room'), { monitors })]);
});
test.afterEach(async () => {
  await room.end();
  await monitor.remove();
});

test('WAVE-16 the pleth is drawn where there is room, can be hidden and shown, and a break of it is said', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(room.url);
  // The page puts its own place there once it has taken the secret.
  await page.waitForURL((url) => !url.hash.includes('token'));
  const calls = await callRoom(room.url);
  const { sessionId } = await openServedSession(calls);
  await page.goto(`${new URL(room.url).origin}/#/session`);
  // Whatever the page showed before, a sheet that is opened there goes with it.
  await expect(page.getByRole('heading', { name: 'A session is open in this room' })).toBeVisible();
  await signIn(page, 'Nurse', nurse.pin);
  const pleth = page.getByRole('img', { name: /^pleth of Oximeter/ });
  await expect(pleth).toBeVisible();
  const inked = async (): Promise<number> =>
    pleth.evaluate((canvas: HTMLCanvasElement) => {
      const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let count = 0;
      for (let index = 3; index < data.length; index += 4) if ((data[index] ?? 0) > 0) count += 1;
      return count;
    });
  await expect.poll(inked).toBeGreaterThan(2000);
  await expectAccessible(page, 'the session with waveforms');
  await page.getByRole('button', { name: 'Hide the waveforms' }).click();
  await expect(pleth).toBeHidden();
  await page.reload();
  await page.getByRole('button', { name: 'Show waveforms' }).click();
  await expect(pleth).toBeVisible();
  await page.setViewportSize({ width: 1366, height: 768 });
  await expect(pleth).toHaveCount(0);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await monitor.pull();
  await expect(page.getByText(/^no pleth for 00:\d\d$/)).toBeVisible();
  const { any, signals } = await calls.client.session.waves({ sessionId, fromMs: Date.now() - 50_000, lengthMs: 60_000 });
  expect(any).toBe(true);
  expect(signals[0]?.pieces[0]?.points.length).toBeGreaterThan(400);
  calls.close();
});
