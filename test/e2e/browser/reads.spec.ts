import { expect, test, type Page } from '@playwright/test';
import { fixtureId } from '../../fixtures/boards/golden-times.ts';
import { openGallery, type Gallery } from '../support/gallery.ts';

let gallery: Gallery;
test.beforeAll(async () => {
  gallery = await openGallery();
});
test.afterAll(() => gallery.close());

const record = fixtureId(8, 1);
const press = (name: string) => (page: Page) => page.getByRole('button', { name }).click();

/** Where something is read, and what stands there once it was. */
const places: readonly {
  readonly at: string;
  readonly asked: Readonly<Record<string, string>>;
  readonly open?: (page: Page) => Promise<void>;
  readonly shows: readonly (string | RegExp)[];
}[] = [
  { at: '#/start', asked: { state: 'no-session' }, shows: ['cuff every 5 min, recovery every 15 min', 'Demo Patient B'] },
  { at: '#/start', asked: { state: 'preparing-ordered' }, shows: [/^last visit/] },
  { at: `#/record/${record}`, asked: { state: 'finished' }, shows: ['What was recorded'] },
  { at: `#/sign/${record}`, asked: { state: 'finished', signing: 'signed' }, shows: [/authored/] },
  { at: '#/protocols', asked: { state: 'no-session' }, shows: ['Copy and edit'] },
  { at: '#/home', asked: { state: 'no-session' }, shows: ['Earlier records'] },
  {
    at: '#/home',
    asked: { state: 'no-session' },
    open: async (page) => {
      // The list of sessions lies under the sheet.
      await press('Try again')(page);
      await press('Open the drug log')(page);
    },
    shows: ['Demo Patient B', 'Vials'],
  },
  {
    at: '#/home',
    asked: { state: 'no-session', person: 'prescriber' },
    open: async (page) => {
      await press('Try again')(page);
      await press('Show who looked')(page);
    },
    shows: ['Was shown the session as it went on'],
  },
];

test('READ-2 what could not be read offers to try again where it would stand, and is there without a reload', async ({ page }) => {
  for (const { at, asked, open, shows } of places) {
    await page.goto('about:blank');
    await page.goto(gallery.address({ ...asked, fake: 'once' }, at));
    await open?.(page);
    const again = page.getByRole('button', { name: 'Try again' });
    await expect(again.first(), at).toBeVisible();
    // One read may lead to the next.
    for (let tries = 0; tries < 6 && (await again.count()) > 0; tries += 1) {
      await again.first().click();
      await page.waitForFunction(() => !document.body.innerText.includes('reading…'));
    }
    await expect(again, at).toHaveCount(0);
    for (const words of shows) await expect(page.getByText(words).first()).toBeVisible();
  }
});

test('PRIVATE-26 in a record the author of an observation corrects it, and nothing there opens or feeds the private side', async ({
  page,
}) => {
  const toPrivate = page.getByRole('button', { name: 'Move to private…' });
  const acts = page.getByRole('dialog').getByRole('radiogroup').first().getByRole('radio');
  const correct = page.getByRole('button', { name: /^Correct Hands open, breathing slower/ });
  await page.goto(gallery.address({ state: 'finished', person: 'therapist' }, `#/record/${record}`));
  await correct.click();
  await expect(acts).toHaveCount(3);
  await page.getByText('Other words', { exact: true }).click();
  await expect(page.getByLabel('The words as they should read')).toHaveValue(/^Hands open/);
  await expect(toPrivate).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: /^(Private note|Observation)/ })).toHaveCount(0);

  // With the private side open on the session's screen the same sheet offers it.
  await page.goto('about:blank');
  await page.goto(gallery.address({ state: 'full', person: 'therapist' }, '#/session'));
  await page.getByRole('button', { name: 'private' }).click();
  await page.keyboard.type('204816');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: /^Private note/ })).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('o');
  await page.getByRole('button', { name: 'Correct…' }).first().click();
  await expect(toPrivate).toBeVisible();
});
