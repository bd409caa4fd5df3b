import { expect, test, type Page } from '@playwright/test';
import { byCalls } from '../../support/room-client.ts';
import { startServedDose } from '../support/running-room.ts';
import { nurse } from '../../support/prepared-room.ts';
import { roomForEach } from '../support/served-room.ts';
import { signIn } from '../support/session-acts.ts';

const room = roomForEach();

test.beforeEach(async ({ page }) => {
  await byCalls(room.url, startServedDose);
  await page.goto(room.url);
});

const chipNames = /(calm|awe|grief|fear|joy|tender|silent presence|grounding|supportive touch)$/;

/** Chips of the line that are pressed, and what stands in it. */
async function lineOf(page: Page): Promise<{ readonly chips: number; readonly text: string }> {
  const chips = await page.locator('[aria-pressed="true"]', { hasText: chipNames }).count();
  return { chips, text: await page.getByRole('textbox', { name: /Observation/ }).inputValue() };
}
const untouched = { chips: 0, text: '' };

test('KEYS-3 a PIN that is typed before its name presses nothing behind the sheet, and signs nobody in', async ({ page }) => {
  await signIn(page, 'Nurse', nurse.pin);
  await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
  const who = page.getByRole('button', { name: /switch person$/ });
  await who.click();
  const sheet = page.getByRole('dialog', { name: 'Sign in' });
  await page.keyboard.type(nurse.pin);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  expect(await lineOf(page)).toEqual(untouched);
  await who.click();
  await page.keyboard.type('31');
  await expect(sheet.getByRole('status')).toContainText('Choose your name first');
  await sheet.getByRole('button', { name: /^Nurse\b/ }).click();
  await expect(sheet.getByLabel('0 digits entered')).toBeVisible();
  await page.keyboard.type(nurse.pin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Nurse .*signed in here/ })).toBeVisible();
  expect(await lineOf(page)).toEqual(untouched);
});

/** Until the session is drawn nobody hears its keys. */
async function signInAtSession(page: Page): Promise<void> {
  await signIn(page, 'Nurse', nurse.pin);
  await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
}

test('KEYS-6 the sign-in of a page where somebody is begins at the names, and digits with Enter sign nobody out', async ({ page }) => {
  await signInAtSession(page);
  const who = page.getByRole('button', { name: /switch person$/ });
  await who.click();
  const sheet = page.getByRole('dialog', { name: 'Sign in' });
  await expect(sheet.getByRole('group', { name: 'Who is here?' })).toBeFocused();
  await page.keyboard.type(nurse.pin);
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('status')).toContainText('Choose your name first');
  await expect(sheet.getByRole('button', { name: 'Sign out Nurse' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(sheet.getByRole('button', { name: /^Nurse\b/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(who).toBeVisible();
});

test('KEYS-7 a PIN that goes on after its sheet was closed presses no chip', async ({ page }) => {
  await signInAtSession(page);
  await page.getByRole('button', { name: /switch person$/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Sign in' });
  await sheet.getByRole('button', { name: /^Nurse\b/ }).click();
  // Pressed in one go, as fast hands do: how long the machine takes between two calls of a test is not the matter here.
  await page.evaluate(async () => {
    for (const key of ['9', '0', 'Escape', '4', '5']) {
      const held = document.activeElement ?? document.body;
      held.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      await new Promise((resolve) => setTimeout(resolve));
    }
  });
  await expect(sheet).toHaveCount(0);
  expect(await lineOf(page)).toEqual(untouched);
});

test('KEYS-4 with any sheet of the session open, digits and letters change nothing behind it', async ({ page }) => {
  await signInAtSession(page);
  for (const opens of ['m', 'v', 'a', 'g', 'w', 'R', 'o', 'd', '?']) {
    await page.keyboard.press(opens);
    const sheet = page.getByRole('dialog');
    await expect(sheet, `the sheet of ${opens}`).toHaveCount(1);
    const name = await sheet.getAttribute('aria-label');
    // As after a tap beside everything: nothing has the focus, no field and no button.
    const letGo = (): Promise<void> => page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (const key of opens === 'R' ? 'mvagwop?0' : '123456789mvagwodp?n') {
      await letGo();
      await page.keyboard.press(key);
    }
    await expect(sheet).toHaveAttribute('aria-label', name ?? '');
    expect(await lineOf(page), `behind the sheet of ${opens}`).toEqual(untouched);
    await letGo();
    await page.keyboard.press('Escape');
    await expect(sheet, `the sheet of ${opens}`).toHaveCount(0);
  }
  // On the page itself they mean what they meant.
  await page.keyboard.press('6');
  await expect(page.getByRole('button', { name: /tender/ })).toHaveAttribute('aria-pressed', 'true');
});
