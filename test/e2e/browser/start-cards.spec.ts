import { expect, test, type Page } from '@playwright/test';
import { openGallery, type Gallery } from '../support/gallery.ts';

let gallery: Gallery;
test.beforeAll(async () => {
  test.setTimeout(120_000);
  gallery = await openGallery();
});
test.afterAll(() => gallery.close());

const pasted = 'a dictated note '.repeat(30).trim();

/** Too much is in the field: no key and no button sends it, and with less of it the same button does. */
async function expectHeldBack(page: Page, field: string, record: string | RegExp): Promise<void> {
  const typed = page.getByLabel(field, { exact: true });
  await typed.fill(pasted);
  await expect(page.getByText(/^479 characters, 300 fit: take out 179\./)).toBeVisible();
  await expect(page.getByRole('button', { name: record })).toHaveCount(0);
  await page.getByRole('button', { name: 'waits: what is typed is too long' }).click({ force: true });
  await typed.press('Enter');
  await expect(typed).toHaveValue(pasted);
  await typed.fill(pasted.slice(0, 299));
  await page.getByRole('button', { name: record }).click();
  await expect(typed).toHaveCount(0);
}

test('OBSERVE-13 what is pasted into a card of the start screen beyond what fits is sent by no key and no button', async ({ page }) => {
  await page.goto(gallery.address({ state: 'preparing-ordered' }, '#/start'));
  await page.getByRole('button', { name: 'No-go…' }).click();
  await expectHeldBack(page, 'Why not', 'Record “no-go”');
  await page
    .getByRole('button', { name: /^Undo / })
    .first()
    .click();
  await expectHeldBack(page, 'Why it is undone', 'Undo…');
});

test('SCREEN-53 a go/no-go that was answered says what was decided, and asks for a tap before it offers both answers again', async ({
  page,
}) => {
  await page.goto(gallery.address({ state: 'preparing-all' }, '#/start'));
  const asked = page.getByRole('region', { name: 'Go / no-go' });
  await expect(asked.getByText(/^Decided: .?go.?, \d\d:\d\d$/)).toBeVisible();
  await expect(asked.getByRole('button', { name: /^(Go|No-go)…$/ })).toHaveCount(0);
  await asked.getByRole('button', { name: 'Decide again…' }).press('Enter');
  await expect(asked.getByRole('button', { name: 'Go…', exact: true })).toBeFocused();
  await asked.getByRole('button', { name: 'No-go…' }).click();
  await asked.getByRole('button', { name: 'Cancel' }).click();
  await expect(asked.getByText(/^Decided: /)).toBeVisible();
});
