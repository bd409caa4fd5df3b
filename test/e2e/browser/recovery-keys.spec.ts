import { expect, test, type Page } from '@playwright/test';
import { secondChecker } from '../../support/prepared-room.ts';
import { picture } from '../support/picture.ts';
import { roomForEach } from '../support/served-room.ts';
import { nursePin, signIn, typeKeyBack } from '../support/session-acts.ts';

const room = roomForEach({ people: [secondChecker] });

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(room.url);
  await signIn(page, 'Nurse', nursePin);
  await page.getByRole('button', { name: 'Open the recovery keys' }).click();
  await expect(sheetOf(page)).toBeVisible();
});

const sheetOf = (page: Page) => page.getByRole('dialog', { name: 'Recovery keys' });

test('RKEY-9 a second person stands by, the paper is typed back, and only then the key is in the list; the last one stays', async ({
  page,
}) => {
  const sheet = sheetOf(page);
  await expect(sheet.getByText('There is none')).toBeVisible();
  await makeKey(page, 'Safe');
  await expect(sheet.getByRole('button', { name: /^Take away/ })).toHaveCount(0);
  await makeKey(page, 'Escrow');
  await expect(sheet.getByRole('listitem')).toHaveCount(2);
  await picture(page, 'recovery-keys');
  await sheet.getByRole('button', { name: /^Take away: .*Safe/ }).click();
  await expect(sheet.getByText('Backups and copies of the folder from before it still opens')).toBeVisible();
  await standBy(page);
  await sheet.getByRole('button', { name: 'Take away', exact: true }).click();
  await expect(sheet.getByText(/Safe.* was taken away/)).toBeVisible();
  await expect(sheet.getByRole('listitem')).toHaveCount(1);
});

test('RKEY-9, RKEY-10 a key that is left opens nothing, and a wrong group is named', async ({ page }) => {
  const sheet = sheetOf(page);
  await begin(page, 'Escrow');
  await typeKeyBack(page);
  const field = sheet.getByRole('textbox', { name: /^Group \d$/ }).first();
  await field.fill('00000');
  await sheet.getByRole('button', { name: 'Keep this key' }).click();
  await expect(sheet.getByText(/^Group \d is not the one of this key/)).toBeVisible();
  await expect(field).toBeFocused();
  await picture(page, 'recovery-key-typed-back');
  await sheet.getByRole('button', { name: 'Show the key again' }).click();
  await picture(page, 'recovery-key-on-paper');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText(/^Sealed on _/)).toBeVisible();
  await expect(page.getByText('Vigil recovery key')).toBeVisible();
  await expect(sheet).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await expect(page.getByText(/^Sealed on _/)).toBeHidden();
  await sheet.getByRole('button', { name: 'Leave it' }).click();
  await expect(sheet.getByText('Left: this key opens nothing.')).toBeVisible();
  await expect(sheet.getByText('There is none')).toBeVisible();
});

async function begin(page: Page, name: string): Promise<void> {
  const sheet = sheetOf(page);
  await sheet.getByRole('button', { name: 'Make another key' }).click();
  await sheet.getByLabel('Where it will lie, or with whom').fill(name);
  await standBy(page);
  await sheet.getByRole('button', { name: 'Show the key' }).click();
}

async function standBy(page: Page): Promise<void> {
  await sheetOf(page)
    .getByRole('button', { name: /^Second checker/ })
    .click();
  await page.keyboard.type(secondChecker.pin);
}

async function makeKey(page: Page, name: string): Promise<void> {
  await begin(page, name);
  await typeKeyBack(page);
  await sheetOf(page).getByRole('button', { name: 'Keep this key' }).click();
  await expect(sheetOf(page).getByText(new RegExp(`${name}.* opens the room from now on`))).toBeVisible();
}
