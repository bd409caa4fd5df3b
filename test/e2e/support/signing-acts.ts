import { expect, type Page } from '@playwright/test';

/** On the screen "Before signing": each open point, with words of its own. */
export async function answerEach(page: Page, words: () => string): Promise<void> {
  const open = page.getByRole('button', { name: /^(Give the reason|Say what was done): / });
  const fields = page.getByRole('textbox');
  const before = await fields.count();
  for (let left = await open.count(); left > 0; left -= 1) {
    await open.first().click();
    const said = words();
    await expect(fields.last()).toBeFocused();
    await page.keyboard.type(said);
    await page.keyboard.press('Enter');
    await expect(open).toHaveCount(left - 1);
    // The feed may tell of the answer before the call does, and the field of this one is there until then.
    await expect(fields).toHaveCount(before);
    await expect(page.getByText(`“${said}”`).first()).toBeVisible();
  }
}

/** On the screen "Before signing": what is open is answered, then the author's PIN. */
export async function signRecord(page: Page, name: string, pin: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Before signing' })).toBeVisible();
  await answerEach(page, () => 'wasted with the pharmacist, on paper');
  await page.getByRole('group', { name: /PIN of/ }).focus();
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
  await expect(page.getByText(new RegExp(`^${name}, nurse, authored, `))).toBeVisible();
}

/** From the record; returns where the file was put. */
export async function savePdf(page: Page): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as PDF' }).click()]);
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);
  return download.path();
}
