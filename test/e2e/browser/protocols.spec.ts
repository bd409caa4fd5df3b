import { expect, test } from '@playwright/test';
import { picture } from '../support/picture.ts';
import { roomForEach } from '../support/served-room.ts';
import { nursePin, signIn } from '../support/session-acts.ts';

const prescriber = { name: 'Pat', role: 'prescriber', pin: '582913' } as const;
const room = roomForEach({ people: [prescriber] });

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(room.url);
  await signIn(page, 'Nurse', nursePin);
});

test('PROTOCOL-23 a version is read, copied, mended, run dry and published by a prescriber, and the start screen offers it', async ({
  page,
}) => {
  // Long pages under axe, four times.
  await page.getByRole('button', { name: 'Read or change protocols' }).click();
  const dryRun = page.getByRole('region', { name: 'Dry run' });
  await expect(dryRun.getByText('40 mg, 0.5 mg/kg')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Limits' }).getByRole('row', { name: /^Systolic/ })).toContainText('≥ 180 on repeat');
  await picture(page, 'protocol');
  await page.getByRole('button', { name: 'Copy and edit' }).click();
  const dose = page.getByRole('textbox', { name: 'Dose, mg/kg', exact: true });
  await dose.fill('1.2');
  await expect(dryRun.getByText('1.2 lies outside its own range 0.3 to 1')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Publish version 3/ })).toBeDisabled();
  await picture(page, 'protocol-to-mend');
  await dose.fill('0.6');
  await dryRun.getByLabel('Weight, kg').fill('70');
  await expect(dryRun.getByText('42 mg, 0.6 mg/kg')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Publish version 3 a prescriber publishes' })).toBeDisabled();

  await page.getByRole('button', { name: 'Sign in as a prescriber' }).click();
  await page.getByRole('button', { name: /^P Pat|^Pat/ }).click();
  await page.keyboard.type(prescriber.pin);
  await page.keyboard.press('Enter');
  // The draft is still there: another person looks at the same page.
  await expect(dose).toHaveValue('0.6');
  await page.getByRole('button', { name: 'Publish version 3' }).click();
  await expect(page.getByText('Version 3 is published.')).toBeVisible();
  await expect(page.getByRole('button', { name: /IV ketamine.*v3 · in force/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /IV ketamine.*v2 · replaced/ })).toBeVisible();
  await expect(page.getByText('approved by Pat', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Start a session' }).click();
  const offered = page.getByRole('group', { name: 'Protocol' }).getByRole('button');
  await expect(offered).toHaveCount(4);
  await expect(offered.filter({ hasText: 'IV ketamine' })).toContainText('3');
});
