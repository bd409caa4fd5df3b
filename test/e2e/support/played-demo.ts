import type { Page } from '@playwright/test';

const noLimit = { timeout: 0 };

/**
 * The demo plays a session of three days ago and the first half of today's before it is at work, and takes for it what
 * the machine takes: there is no limit to it but that of the whole test.
 */
export async function demoPlayed(page: Page): Promise<void> {
  await page.getByText('session 3 of 6').first().waitFor(noLimit);
  await page.getByRole('region', { name: 'Session timeline' }).getByText('Peak').first().waitFor(noLimit);
}
