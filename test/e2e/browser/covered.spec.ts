import { expect, test, type Page } from '@playwright/test';
import { byCalls } from '../../support/room-client.ts';
import { startServedDose } from '../support/running-room.ts';
import { secondChecker } from '../../support/prepared-room.ts';
import { picture } from '../support/picture.ts';
import { roomForEach } from '../support/served-room.ts';
import { nursePin, signIn } from '../support/session-acts.ts';

const therapistPin = '528160';
const room = roomForEach({ people: [secondChecker, { name: 'Therapist', role: 'therapist', pin: therapistPin }] });
const note = (page: Page) => page.getByRole('textbox', { name: /^Observation/ });
const covered = (page: Page) => page.getByRole('region', { name: 'This page is covered' });

/** Milliseconds from the first digit of a PIN to the names of the session. */
async function backMs(page: Page, pin: string): Promise<number> {
  const fromMs = performance.now();
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Demo Patient').first()).toBeVisible();
  return performance.now() - fromMs;
}

test('COVER-1, COVER-3, COVER-5, COVER-6 one key covers the page in the middle of a word, and a PIN brings it back as it was', async ({
  page,
}) => {
  await byCalls(room.url, startServedDose);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(room.url);
  await page.waitForURL((url) => !url.hash.includes('token'));
  await page.goto(`${new URL(room.url).origin}/#/session`);
  await signIn(page, 'Nurse', nursePin);
  await note(page).click();
  await page.keyboard.type('half a sent');
  await page.keyboard.press('F9');
  await expect(covered(page)).toBeVisible();
  expect(await page.content()).not.toMatch(/Demo Patient|half a sent|1984/);
  const figures = page.getByRole('region', { name: 'Vitals', exact: true });
  await expect(figures).toBeVisible();
  // It leads nowhere.
  await expect(figures.getByRole('button')).toHaveCount(0);
  await picture(page, 'covered-session');

  // No tap: the digits go to the PIN of whoever sat here. Closed, the pad comes back with the next digit.
  await page.keyboard.press('F9');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Sign in' })).toHaveCount(0);
  await page.keyboard.press('1');
  await expect(page.getByText('PIN of Nurse')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(page.getByText('PIN of Nurse')).toBeVisible();
  const back = await backMs(page, nursePin);
  await expect(note(page)).toHaveValue('half a sent');

  // Somebody else: their name, their PIN.
  await page.getByRole('button', { name: /^Cover this page/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Sign in' });
  const fromMs = performance.now();
  await sheet.getByRole('button', { name: /^Therapist/ }).click();
  await backMs(page, therapistPin);
  const other = performance.now() - fromMs;
  await expect(note(page)).toHaveValue('');
  test.info().annotations.push({ type: 'back', description: `${Math.round(back)} ms; another person ${Math.round(other)} ms` });

  // The clinic shows no figures there.
  await page.getByRole('button', { name: 'Home' }).click();
  await signIn(page, 'Nurse', nursePin);
  await page.getByText('A covered page', { exact: true }).click();
  await page.getByText('are covered, too', { exact: true }).click();
  await picture(page, 'cover-setting');
  await page.getByRole('button', { name: /^Cover this page/ }).click();
  await expect(covered(page)).toContainText('The figures are covered, too');
  await expect(page.getByRole('region', { name: 'Vitals', exact: true })).toHaveCount(0);
  await picture(page, 'covered-home');
  await page.reload();
  await expect(covered(page)).toBeVisible();
});
