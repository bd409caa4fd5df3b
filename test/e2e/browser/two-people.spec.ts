import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { callRoom } from '../../support/room-client.ts';
import { recordOfRoom, startServedDose } from '../support/running-room.ts';
import { serveRoom, type ServedRoom } from '../support/served-room.ts';
import { addPerson, nursePin, rateBySixKeys, signIn } from '../support/session-acts.ts';

let folder: string;
let room: ServedRoom;

test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
  room = await serveRoom(['--data', join(folder, 'room')]);
});

test.afterEach(async () => {
  await room.end();
  rmSync(folder, { recursive: true, force: true });
});

test('E2E-4 a nurse and a therapist work in one session at once, each sees the other at once, and no key is lost', async ({ browser }) => {
  const calls = await callRoom(room.url);
  await startServedDose(calls);
  const therapistPin = '528160';
  calls.close();
  const nurse = await (await browser.newContext()).newPage();
  const therapist = await (await browser.newContext()).newPage();
  await atHome(nurse);
  await signIn(nurse, 'Nurse', nursePin);
  await addPerson(nurse, { name: 'Therapist', role: 'Therapist', pin: therapistPin });
  await atHome(therapist);
  await signIn(therapist, 'Therapist', therapistPin);
  for (const page of [nurse, therapist]) {
    await page
      .getByRole('button', { name: /session screen|Return to the session/ })
      .first()
      .click();
    await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
  }

  // Both write at the same time, key by key.
  const [byNurse, byTherapist] = ['cuff moved to the other arm, reading again', 'tears; says “I can let it go”, breath deep'];
  await nurse.getByRole('textbox', { name: /Observation/ }).click();
  await therapist.getByRole('textbox', { name: /Observation/ }).click();
  await Promise.all([nurse.keyboard.type(byNurse, { delay: 30 }), therapist.keyboard.type(byTherapist, { delay: 30 })]);
  await expect(nurse.getByRole('textbox', { name: /Observation/ })).toHaveValue(byNurse);
  await expect(therapist.getByRole('textbox', { name: /Observation/ })).toHaveValue(byTherapist);

  // The therapist's note and rating reach the nurse, whose own note is still being written.
  await therapist.keyboard.press('Enter');
  const nurseTimeline = nurse.getByRole('region', { name: 'Session timeline' });
  await expect(nurseTimeline).toContainText('tears; says', { timeout: 2000 });
  await therapist.keyboard.press('Escape');
  await rateBySixKeys(therapist, '321021');
  // Its figure has no room on the axis beside the baseline rating that is still due: what is on the disk tells it.
  await expect.poll(async () => (await recordOfRoom(room.url)).ratings.map(({ total }) => total)).toEqual([9]);
  await expect(nurse.getByRole('textbox', { name: /Observation/ })).toHaveValue(byNurse);
  await nurse.keyboard.press('Enter');
  await expect(therapist.getByRole('region', { name: 'Session timeline' })).toContainText('cuff moved', { timeout: 2000 });
  await nurse.screenshot({ path: test.info().outputPath('nurse.png') });
  await therapist.screenshot({ path: test.info().outputPath('therapist.png') });

  const session = await recordOfRoom(room.url);
  const written = session.observations.map(({ text, by }) => `${by}: ${text}`).toSorted((a, b) => a.localeCompare(b));
  expect(written).toEqual([`Nurse: ${byNurse}`, `Therapist: ${byTherapist}`]);
  expect(session.ratings.map(({ instrument, by, total }) => [instrument, by, total])).toEqual([['cadss-6', 'Therapist', 9]]);
});

async function atHome(page: Page): Promise<void> {
  await page.goto(room.url);
  await page.waitForURL((url) => !url.hash.includes('token'));
  await page.goto(`${new URL(room.url).origin}/#/home`);
  await expect(page.getByRole('heading', { name: 'Home' })).toBeAttached();
}
