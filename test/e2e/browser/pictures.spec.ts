import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { demoPin } from '../../../shared/boot/demo-pin.ts';
import { callRoom } from '../../support/room-client.ts';
import { canMakePtys } from '../../support/pty-pair.ts';
import { expectAccessible } from '../support/axe.ts';
import { cableMonitor, type CabledMonitor } from '../support/cabled-monitor.ts';
import { boardOf, startServedDose } from '../support/running-room.ts';
import { serveRoom, type ServedRoom } from '../support/served-room.ts';
import { signIn } from '../support/session-acts.ts';

/**
 * Every screen in both themes and both sizes, kept as pictures to be looked at, each without an accessibility
 * violation. One demo and one room with its cable out serve all of them.
 */
const sizes = [
  { width: 1920, height: 1080 },
  { width: 1366, height: 768 },
] as const;

let folder: string;
let demo: ServedRoom;
let cabled: { readonly monitor: CabledMonitor; readonly room: ServedRoom } | null = null;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
  demo = await serveRoom(['--demo', '--data', folder]);
  if (canMakePtys) cabled = await roomWithCableOut();
});

test.afterAll(async () => {
  await demo.end();
  await cabled?.room.end();
  await cabled?.monitor.remove();
  rmSync(folder, { recursive: true, force: true });
});

for (const size of sizes) {
  for (const theme of ['night', 'day'] as const) {
    test(`E2E-6 no screen has an accessibility violation, ${theme} at ${size.width}×${size.height}`, async ({ page }) => {
      test.setTimeout(90_000);
      await page.setViewportSize(size);
      await page.addInitScript((chosen) => window.localStorage.setItem('vigil.theme', chosen), theme);
      const keep = async (name: string): Promise<void> => {
        const path = test.info().outputPath(`${name}-${theme}-${size.width}.png`);
        await page.screenshot({ path, animations: 'disabled' });
        await test.info().attach(name, { path, contentType: 'image/png' });
        await expectAccessible(page, `${name}, ${theme}, ${size.width}`);
      };
      await page.goto(demo.url);
      await expect(page.getByRole('region', { name: 'Session timeline' })).toContainText('Peak', { timeout: 40_000 });
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      await signIn(page, 'Nurse', demoPin);
      await showDemo(page, keep);
      await showFailures(page, keep);
    });
  }
}

type Keep = (name: string) => Promise<void>;

async function showDemo(page: Page, keep: Keep): Promise<void> {
  const { origin } = new URL(demo.url);
  const sheet = page.getByRole('dialog');
  await expect(page.getByRole('article', { name: /^Pulse \d+ \/min/ })).toBeVisible();
  await keep('session');
  await page.keyboard.press('m');
  await expect(sheet).toBeVisible();
  await keep('milestones');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Rate changed/ }).click();
  await page.getByRole('textbox', { name: /New rate/ }).fill('30');
  await keep('dose');
  await page.keyboard.press('Escape');
  await page.keyboard.press('v');
  await expect(sheet).toBeVisible();
  await keep('vitals-by-hand');
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('r');
  await expect(sheet).toContainText('of');
  await keep('rating');
  await page.keyboard.press('Escape');
  await page.goto(`${origin}/#/start`);
  await expect(page.getByRole('heading', { name: 'Start a session' })).toBeAttached();
  await expect(page.getByRole('region', { name: 'Dose, worked out' })).toContainText('40');
  await keep('start');
  await page.goto(`${origin}/#/home`);
  await expect(page.getByRole('heading', { name: 'Sessions today' })).toBeVisible();
  await expect(page.getByText('Reading the list of sessions…')).toBeHidden();
  await keep('home');
  await page.getByRole('button', { name: /^Nurse (with .* )?signed in here/ }).click();
  await expect(sheet).toBeVisible();
  await keep('sign-in');
  await page.keyboard.press('Escape');
  await page.goto(`${origin}/#/setup`);
  await expect(page.getByLabel('Name of the room')).toBeVisible();
  await keep('setup');
  await page.goto(`${origin}/#/record/${await demoSessionId()}`);
  await expect(page.getByRole('heading', { name: 'What was recorded' })).toBeVisible();
  await keep('record');
}

async function showFailures(page: Page, keep: Keep): Promise<void> {
  // A service that hangs, not one that ends: the others still need the demo.
  process.kill(demo.pid, 'SIGSTOP');
  try {
    await expect(page.getByText('No contact with the room service')).toBeVisible();
    await keep('not-recording');
  } finally {
    process.kill(demo.pid, 'SIGCONT');
  }
  await expect(page.getByText('No contact with the room service')).toBeHidden();
  if (cabled === null) return;
  await page.goto(cabled.room.url);
  await expect(page.getByText(/Cable out/).first()).toBeVisible();
  await keep('cable-out');
}

async function demoSessionId(): Promise<string> {
  const calls = await callRoom(demo.url);
  const { session } = await boardOf(calls).finally(() => calls.close());
  return session?.sessionId ?? '';
}

async function roomWithCableOut(): Promise<{ readonly monitor: CabledMonitor; readonly room: ServedRoom }> {
  const monitor = await cableMonitor();
  const room = await serveRoom(['--data', join(monitor.folder, 'room')]);
  const calls = await callRoom(room.url);
  await startServedDose(calls, [{ name: 'Oximeter', protocol: 'masimo-ascii1', port: monitor.port }]);
  await expect.poll(async () => (await boardOf(calls)).monitors[0]?.state).toBe('live');
  await monitor.pull();
  calls.close();
  return { monitor, room };
}
