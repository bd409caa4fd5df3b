import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { addServedPerson, callRoom, firstBoard } from '../../support/room-client.ts';
import { picture } from '../support/picture.ts';
import { roomForEach } from '../support/served-room.ts';
import { nursePin, signIn } from '../support/session-acts.ts';

const therapistPin = '271828';
/** Chosen by the nurse. */
const firstPin = '604813';

const room = roomForEach({ people: [] });

test.beforeEach(async ({ page }) => {
  // A button that is halfway from one colour to another has neither contrast.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(room.url);
});

test('SCREEN-27 nothing is asked of the service before somebody is signed in, and "Start a session" asks who is here', async ({ page }) => {
  await expect(page.getByText('Sign in to see the sessions')).toBeVisible();
  await page.getByRole('button', { name: 'Start a session' }).click();
  await expect(page.getByRole('dialog', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByText('Sign in to find or add a patient.')).toBeVisible();
  await picture(page, 'start-signed-out');
  await page.keyboard.type(nursePin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('No patient yet')).toBeVisible();
  await expect(page.getByLabel('Find by name, birth date or record number')).toBeFocused();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('SCREEN-27 a reload of the start screen keeps the person and does not ask again', async ({ page }) => {
  await signIn(page, 'Nurse', nursePin);
  await page.getByRole('button', { name: 'Start a session' }).click();
  await expect(page.getByText('No patient yet')).toBeVisible();
  await page.reload();
  await expect(page.getByText('No patient yet')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('SCREEN-28 digits go to the PIN whatever has the focus in the sheet, and the chosen tile stays chosen', async ({ page }) => {
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  const sheet = page.getByRole('dialog', { name: 'Sign in' });
  const tile = sheet.getByRole('button', { name: /^Nurse\b/ });
  const dots = sheet.getByRole('status').first();
  await tile.click();
  await expect(tile).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.type(nursePin.slice(0, 1));
  await expect(dots).toHaveAccessibleName('1 digit entered');
  await tile.focus();
  await page.keyboard.type(nursePin.slice(1, 2));
  await expect(dots).toHaveAccessibleName('2 digits entered');
  await sheet.getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.type(nursePin.slice(2, 3));
  await expect(dots).toHaveAccessibleName('3 digits entered');
  // The ground of the sheet, where a finger lands beside a key.
  await sheet.click({ position: { x: 700, y: 900 } });
  await page.keyboard.type('77');
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type(nursePin.slice(3, 5));
  await sheet.getByRole('button', { name: nursePin.slice(5), exact: true }).click();
  await expect(dots).toHaveAccessibleName('6 digits entered');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Nurse signed in here/ })).toBeVisible();
});

test('SCREEN-29, MAKER-5, ACCESS-1 after set-up the others are added from the home screen, by keys alone, and sign in with a PIN of their own', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Add or change people' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type(nursePin);
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('dialog', { name: 'People' });
  await expect(sheet.getByText('1 person can sign in here')).toBeVisible();
  await sheet.getByRole('button', { name: 'Add a person' }).focus();
  await page.keyboard.press('Enter');
  await expect(sheet.getByLabel('Name')).toBeFocused();
  await expect(sheet.getByRole('button', { name: /^Add this person/ })).toContainText('type the name');
  await picture(page, 'add-person');
  await page.keyboard.type('nurse');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(sheet.getByRole('button', { name: 'Therapist' })).toHaveAttribute('aria-pressed', 'true');
  for (const field of ['PIN', 'The same PIN again']) {
    await sheet.getByLabel(field, { exact: true }).focus();
    await page.keyboard.type('123456');
  }
  await expect(sheet).toContainText('counts up or down');
  for (const field of ['PIN', 'The same PIN again']) await sheet.getByLabel(field, { exact: true }).fill(firstPin);
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('alert')).toContainText('is in the list already');
  await picture(page, 'add-person-refused');
  await sheet.getByLabel('Name').fill('Therapist');
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('status')).toHaveText('Therapist can sign in now, and chooses a PIN of their own then.');
  await expect(sheet.getByText('2 people can sign in here')).toBeVisible();
  await picture(page, 'person-added');
  await page.keyboard.press('Escape');
  await expect(page.getByText('2 can sign in')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add or change people' })).toBeFocused();
  await signInFirst(page);
  await page.getByRole('button', { name: 'Add or change people' }).click();
  await expect(sheet.getByText(/You are signed in as therapist/)).toBeVisible();
  await picture(page, 'add-person-not-for');
  await sheet.getByRole('button', { name: 'Sign in as somebody else' }).click();
  await page.getByRole('button', { name: /^Nurse\b.*nurse/ }).click();
  await page.keyboard.type(nursePin);
  await page.keyboard.press('Enter');
  await rename(sheet, page, 'Therapist', 'Theo Therapist');
  await endTherapist(page, sheet);
});

async function rename(sheet: Locator, page: Page, from: string, to: string): Promise<void> {
  await sheet.getByRole('button', { name: new RegExp(`^Change .*${from}`) }).click();
  await picture(page, 'person-acts');
  await sheet.getByRole('button', { name: 'Another name or role' }).click();
  await sheet.getByLabel('Name').fill(to);
  await picture(page, 'change-person');
  await sheet.getByRole('button', { name: 'Change it from now on' }).click();
  await expect(sheet.getByRole('status')).toContainText('is changed, from now on');
  await expect(sheet.getByText(to, { exact: true })).toBeVisible();
}

/** Who can sign in here no more stands apart in the list, and is no tile of the sign-in sheet. */
async function endTherapist(page: Page, sheet: Locator): Promise<void> {
  await sheet.getByRole('button', { name: /^Change .*Theo Therapist/ }).click();
  await sheet.getByRole('button', { name: 'End their access' }).click();
  await sheet.getByLabel('Why').fill('works at another clinic now');
  await picture(page, 'end-access');
  await sheet.getByRole('button', { name: 'End their access' }).click();
  await expect(sheet.getByRole('region', { name: 'Access ended' })).toContainText('works at another clinic now');
  await expect(sheet.getByText('1 person can sign in here')).toBeVisible();
  await picture(page, 'access-ended');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /signed in here/ }).click();
  await expect(page.getByRole('dialog').getByRole('button', { name: /^Theo Therapist\b/ })).toHaveCount(0);
}

/** The PIN that the nurse chose opens the choice of another, which may not be the same one. */
async function signInFirst(page: Page): Promise<void> {
  const type = async (asked: string, digits: string): Promise<void> => {
    await expect(page.getByText(asked, { exact: true })).toBeVisible();
    await page.keyboard.type(digits);
    await page.keyboard.press('Enter');
  };
  await page.getByRole('button', { name: /signed in here/ }).click();
  await page.getByRole('button', { name: /^Therapist\b/ }).click();
  await type('PIN of Therapist', firstPin);
  await type('Your own PIN, 6 to 12 digits', firstPin);
  await expect(page.getByRole('alert')).toContainText('somebody else knows');
  await picture(page, 'first-pin');
  await type('Your own PIN, 6 to 12 digits', therapistPin);
  await type('The same PIN again', therapistPin.replace('2', '3'));
  await expect(page.getByRole('alert')).toContainText('not the same');
  await type('Your own PIN, 6 to 12 digits', therapistPin);
  await type('The same PIN again', therapistPin);
  await expect(page.getByRole('button', { name: /^Therapist signed in here/ })).toBeVisible();
}

test('PIN-11 whoever is signed in changes their own PIN from the sign-in sheet, and signs in with it', async ({ page }) => {
  await signIn(page, 'Nurse', nursePin);
  await page.getByRole('button', { name: /signed in here/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Sign in' });
  await sheet.getByRole('button', { name: 'Change my PIN…' }).click();
  const old = sheet.getByLabel('The PIN that you have', { exact: true });
  await expect(old).toBeFocused();
  await old.fill('314159');
  for (const field of ['Your new PIN', 'The same new PIN again']) await sheet.getByLabel(field, { exact: true }).fill(therapistPin);
  await picture(page, 'change-pin');
  await sheet.getByRole('button', { name: 'Change my PIN' }).click();
  await expect(sheet.getByRole('alert')).toContainText('not the PIN of this person');
  await expect(old).toHaveValue('');
  await old.fill(nursePin);
  await sheet.getByRole('button', { name: 'Change my PIN' }).click();
  await expect(sheet.getByText('Your PIN is changed.')).toBeVisible();
  await picture(page, 'changed-pin');
  await page
    .getByRole('button', { name: /^Sign out/ })
    .first()
    .click();
  await page.keyboard.press('Escape');
  await signIn(page, 'Nurse', therapistPin);
  await expect(page.getByRole('button', { name: /^Nurse signed in here/ })).toBeVisible();
});

test('SCREEN-37 on a laptop the whole pad of digits lies above the foot of the sheet, for a new PIN and for that of whoever confirms', async ({
  page,
}) => {
  const calls = await callRoom(room.url);
  const [nurse] = (await firstBoard(calls.client)).staff.people;
  await calls.client.staff.signIn({ personId: nurse?.personId ?? '', pin: nursePin });
  await addServedPerson(calls, { name: 'Second Nurse', role: 'nurse', pin: '580213' });
  calls.close();
  await signIn(page, 'Nurse', nursePin);
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.getByRole('button', { name: 'Add or change people' }).click();
  const sheet = page.getByRole('dialog', { name: 'People' });
  await sheet.getByRole('button', { name: 'Add a person' }).click();
  const expectInSight = async (pad: Locator, row: readonly string[]): Promise<void> => {
    const bar = (await sheet.locator('footer').boundingBox())?.y ?? Number.NaN;
    for (const name of row) {
      const box = await pad.getByRole('button', { name }).boundingBox();
      expect(box === null ? Number.NaN : box.y + box.height, name).toBeLessThanOrEqual(bar);
    }
  };
  await sheet.getByLabel('Name').fill('Prescriber');
  for (const role of ['Nurse', 'Prescriber']) {
    await sheet.getByRole('button', { name: role, exact: true }).click();
    await sheet.getByLabel('Name').focus();
    await sheet.getByLabel('PIN', { exact: true }).focus();
    await page.screenshot({ path: test.info().outputPath(`own-${role}-1366.png`) });
    await expectInSight(sheet.getByRole('group', { name: 'PIN: number pad' }), ['0', 'Erase the last digit']);
  }
  for (const field of ['PIN', 'The same PIN again']) await sheet.getByLabel(field, { exact: true }).fill(firstPin);
  await sheet.getByRole('button', { name: /^Second Nurse/ }).click();
  const theirs = sheet.getByRole('group', { name: /PIN of Second Nurse/ });
  await expect(theirs).toBeFocused();
  await expectInSight(theirs, ['0', 'Erase the last digit', 'OK']);
});

test('SCREEN-30 after set-up a monitor is added and removed on the monitors screen', async ({ page }) => {
  await signIn(page, 'Nurse', nursePin);
  await page.getByRole('button', { name: 'Add a monitor' }).click();
  await expect(page.getByText('No monitor is set up')).toBeVisible();
  await picture(page, 'monitors-empty');
  await page.getByRole('button', { name: 'Add by hand' }).click();
  const sheet = page.getByRole('dialog', { name: 'Add by hand' });
  const add = sheet.getByRole('button', { name: /^Add this monitor/ });
  await expect(add).toContainText('choose maker and model');
  await sheet.getByText('Masimo', { exact: true }).click();
  await expect(add).toContainText('choose its port');
  await page.setViewportSize({ width: 1366, height: 768 });
  await expect(add).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 1920, height: 1080 });
  await sheet.getByText('Type a path').click();
  await sheet.getByLabel('Path of the port').fill(join(room.folder, 'ttyRoom'));
  await sheet.getByLabel('Name for the screen').fill('Oximeter');
  await picture(page, 'add-monitor');
  await add.click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const card = page.getByRole('region', { name: 'Oximeter', exact: true });
  await expect(page.getByText('Oximeter is added.')).toBeVisible();
  await expect(card.getByText('not validated on hardware')).toBeVisible();
  await expect(card.getByText(/is not there\. Plug in the adapter/)).toBeVisible();
  await picture(page, 'monitors');
  const capture = card.getByRole('radiogroup', { name: /^Capture of the bytes/ });
  await capture.getByText('Capture', { exact: true }).click();
  await expect(capture.getByRole('radio', { name: 'Capture', exact: true })).toBeChecked();
  await expect(card.getByText(/^masimo-ascii1-.*\.vigilcap$/)).toBeVisible();
  await picture(page, 'monitor-captured');
  await capture.getByText('No capture').click();
  await expect(card.getByText(/^ended: switched off/)).toBeVisible();
  await card.getByRole('button', { name: 'Remove Oximeter' }).focus();
  await page.keyboard.press('Enter');
  await expect(card.getByText('Its values stop at once.')).toBeVisible();
  await picture(page, 'remove-monitor');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(card.getByRole('button', { name: 'Remove Oximeter' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No monitor is set up')).toBeVisible();
  await expect(page.getByText('Oximeter is removed.')).toBeVisible();
  await page.getByRole('button', { name: 'Home' }).first().click();
  await expect(page.getByRole('button', { name: /Start a session/ })).toBeVisible();
  await picture(page, 'home');
});
