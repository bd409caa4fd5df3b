import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any screen has. */
const stopsMax = 120;

/** Goes to it by Tab alone; fails where Tab never comes by, or where nothing shows that it is there. */
export async function reachByTab(page: Page, target: Locator, what: string): Promise<void> {
  await expect(target, what).toBeVisible();
  if (await isFocused(target, what)) return;
  const before = await frameOf(target);
  for (let stop = 0; stop < stopsMax; stop += 1) {
    await page.keyboard.press('Tab');
    if (!(await isFocused(target, what))) continue;
    expect(await frameOf(target), `the focus on ${what} is to be seen`).not.toBe(before);
    return;
  }
  throw new Error(`Tab does not reach ${what} in ${stopsMax} stops`);
}

/** Goes to it by Tab and presses it. */
export async function pressByKey(page: Page, target: Locator, what: string): Promise<void> {
  await reachByTab(page, target, what);
  await page.keyboard.press('Enter');
}

async function isFocused(target: Locator, what: string): Promise<boolean> {
  const [focused] = await target.evaluateAll((elements) => elements.map((element) => element === document.activeElement));
  if (focused === undefined) throw new Error(`${what} went away before Tab reached it`);
  return focused;
}

/** What could show the focus: outline, border and shadow of the element, and of the field it stands in. */
function frameOf(target: Locator): Promise<string> {
  return target.evaluate((element) =>
    [element, element.parentElement, element.closest('label, form')]
      .map((one) => {
        if (one === null) return '';
        const { outlineStyle, outlineWidth, borderWidth, borderColor, boxShadow } = getComputedStyle(one);
        return [outlineStyle, outlineWidth, borderWidth, borderColor, boxShadow].join(' ');
      })
      .join(' | '),
  );
}

/** A key of the session itself. A sheet that is still closing would take it, as it takes every key. */
export async function pressOnSession(page: Page, key: string): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press(key);
}
