import { test, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';

/** A picture large at night and one small by day, to be looked at, and no accessibility violation in either. */
export async function picture(page: Page, name: string): Promise<void> {
  for (const [theme, width, height] of [
    ['night', 1920, 1080],
    ['day', 1366, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.evaluate((wanted) => (document.documentElement.dataset['theme'] = wanted), theme);
    await expectAccessible(page, `${name}, ${theme}, ${width}`);
    await page.screenshot({ path: test.info().outputPath(`${name}-${theme}-${width}.png`) });
  }
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'night'));
}
