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
const sheetOf = (page: Page) => page.getByRole('dialog', { name: 'Sign in' });

/** As a reader in a keyboard's place does. */
async function read(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
}

async function giveBadge(page: Page, name: string, code: string, pictures = false): Promise<void> {
  await page.getByRole('button', { name: 'Add or change people' }).click();
  const sheet = page.getByRole('dialog', { name: 'People' });
  await sheet.getByRole('button', { name: `Change ${name}` }).click();
  await sheet.getByRole('button', { name: 'Give a badge' }).click();
  await expect(sheet.getByLabel('Read the badge')).toBeFocused();
  await read(page, code);
  await expect(sheet.getByLabel('Read it once more')).toBeFocused();
  if (pictures) await picture(page, 'badge-form');
  await read(page, code);
  await expect(sheet.getByText(`${name} can use this badge at the sign-in.`)).toBeVisible();
  await expect(sheet.getByText('has a badge').first()).toBeVisible();
  await sheet.getByRole('button', { name: 'Close' }).click();
}

test('BADGE-1, BADGE-3, BADGE-4, BADGE-6 a badge is given by reading it twice, and chooses its name at the sign-in', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(room.url);
  await signIn(page, 'Nurse', nursePin);
  await giveBadge(page, 'Therapist', 'T-00417', true);
  await giveBadge(page, 'Nurse', '40718235');

  // Over a name that is chosen already, with digits in it.
  await page
    .getByRole('button', { name: /^Nurse/ })
    .first()
    .click();
  const sheet = sheetOf(page);
  await sheet
    .getByRole('button', { name: /^Nurse/ })
    .first()
    .click();
  await read(page, 'T-00417');
  await expect(sheet.getByText('Badge of Therapist. Now the PIN.')).toBeVisible();
  await expect(sheet.getByText('PIN of Therapist')).toBeVisible();
  await picture(page, 'badge-read');
  // A badge of digits is sent as a PIN, and is none.
  await read(page, '40718235');
  await expect(sheet.getByText('Badge of Nurse. Now the PIN.')).toBeVisible();
  await read(page, 'T-99999');
  await expect(sheet.getByText('This badge belongs to nobody here.')).toBeVisible();
  await read(page, 'T-00417');
  await expect(sheet.getByText('PIN of Therapist')).toBeVisible();
  await read(page, therapistPin);
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Therapist/ }).first()).toBeVisible();
});

test('BADGE-7 behind the key of the cover a badge leaves nothing in an observation, and somebody else goes on', async ({ page }) => {
  await byCalls(room.url, startServedDose);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(room.url);
  await page.waitForURL((url) => !url.hash.includes('token'));
  await signIn(page, 'Nurse', nursePin);
  await page.getByRole('button', { name: 'Home' }).click();
  await giveBadge(page, 'Therapist', 'T-00417');
  await page.goto(`${new URL(room.url).origin}/#/session`);
  await note(page).click();
  await page.keyboard.type('half a sent');
  await page.keyboard.press('F9');
  await read(page, 'T-00417');
  const sheet = sheetOf(page);
  await expect(sheet.getByText('Badge of Therapist. Now the PIN.')).toBeVisible();
  await read(page, therapistPin);
  await expect(page.getByText('Demo Patient').first()).toBeVisible();
  await expect(note(page)).toHaveValue('');
  await page.keyboard.press('F9');
  await sheet.getByRole('button', { name: /^Nurse/ }).click();
  await read(page, nursePin);
  await expect(note(page)).toHaveValue('half a sent');
  // Control: without that key it is text, as on any keyboard.
  await note(page).click();
  await page.keyboard.type('T-00417');
  await expect(note(page)).toHaveValue('half a sentT-00417');
});
