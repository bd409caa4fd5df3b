import { expect, test, type Page } from '@playwright/test';
import { secondChecker } from '../../support/prepared-room.ts';
import { byCalls, openServedSession } from '../../support/room-client.ts';
import { recordOfRoom, startServedDose } from '../support/running-room.ts';
import { roomForEach } from '../support/served-room.ts';
import { openMilestones } from '../support/route-acts.ts';
import { nursePin, signIn } from '../support/session-acts.ts';

const therapist = { name: 'Therapist', role: 'therapist', pin: '528160' } as const;
const room = roomForEach({ people: [secondChecker, therapist] });

async function atHome(page: Page): Promise<void> {
  await page.goto(room.url);
  await page.waitForURL((url) => !url.hash.includes('token'));
  await page.goto(`${new URL(room.url).origin}/#/home`);
  await signIn(page, therapist.name, therapist.pin);
}

/** The nurse signs in beside, where the page asks for them. */
async function nurseSignsIn(page: Page): Promise<void> {
  const asked = page.getByRole('dialog', { name: 'Sign in' });
  await expect(asked).toContainText('This is for a nurse or a prescriber');
  await expect(asked.getByRole('button', { name: /^Therapist\b/ })).toHaveCount(0);
  await asked.getByRole('button', { name: /^Nurse\b/ }).click();
  await page.keyboard.type(nursePin);
  await page.keyboard.press('Enter');
  await expect(asked).toHaveCount(0);
}

async function nurseLeaves(page: Page): Promise<void> {
  const who = page.getByRole('button', { name: /signed in here/ });
  await who.click();
  await page.getByRole('button', { name: 'Sign out Nurse' }).click();
  await expect(who).toHaveAccessibleName(/^Therapist (with .* )?signed in here/);
  await page.keyboard.press('Escape');
}

test('SEAT-12 on the start screen a therapist alone is told whose each form is, and a tap asks for them before it records', async ({
  page,
}) => {
  await byCalls(room.url, openServedSession);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await atHome(page);
  await page
    .getByRole('button', { name: /^Go on preparing/ })
    .first()
    .click();

  const identity = page.getByRole('region', { name: 'Patient' });
  const weight = page.getByRole('region', { name: 'Weight' });
  for (const card of [identity, weight]) await expect(card).toContainText('This is for a nurse or a prescriber.');
  await expect(page.getByRole('textbox', { name: 'Weight', exact: true })).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath('start-of-a-therapist.png') });
  await weight.getByRole('button', { name: 'Sign in beside' }).click();
  await nurseSignsIn(page);
  await page.getByRole('textbox', { name: 'Weight', exact: true }).fill('80');
  await nurseLeaves(page);

  // A tap of the checklist: nothing is recorded before somebody is here whose it is.
  const consent = page.getByRole('button', { name: /^Consent confirmed/ });
  await consent.click();
  await nurseSignsIn(page);
  expect((await recordOfRoom(room.url)).marks.filter(({ milestone }) => milestone === 'consent')).toEqual([]);
  await consent.click();
  await expect(page.getByRole('button', { name: 'Undo Consent confirmed' })).toBeVisible();
  await nurseLeaves(page);

  // Taking back the nurse's tick is not for the therapist, and says so at its opening.
  await page.getByRole('button', { name: 'Undo Consent confirmed' }).click();
  await expect(page.getByRole('region', { name: 'Checklist' })).toContainText('This is for a nurse or a prescriber.');
  await expect(page.getByLabel('Why it is undone')).toHaveCount(0);
  expect((await recordOfRoom(room.url)).marks.filter(({ milestone }) => milestone === 'consent').map(({ by }) => by)).toEqual(['Nurse']);

  // A sheet asks as it opens; and what was typed into one is there again when the sign-in over it is closed.
  await page.keyboard.press('v');
  await nurseSignsIn(page);
  const systolic = page.getByRole('textbox', { name: /^Systolic/ });
  await systolic.fill('128');
  await page.getByRole('button', { name: /signed in here/ }).click();
  await expect(systolic).toBeHidden();
  await page.getByRole('dialog', { name: 'Sign in' }).getByRole('button', { name: 'Close' }).click();
  await expect(systolic).toHaveValue('128');
});

test('SEAT-12 the sheet that corrects an entry asks for somebody who may as it opens', async ({ page }) => {
  await byCalls(room.url, startServedDose);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await atHome(page);
  await page
    .getByRole('button', { name: /session screen|Return to the session/ })
    .first()
    .click();
  await openMilestones(page);
  await page.getByRole('button', { name: /^Onset of effect/ }).click();

  // Their own entry is theirs to correct; the nurse's is not.
  const sheet = page.getByRole('dialog', { name: 'Correct an entry' });
  await page.getByRole('button', { name: /Onset of effect.*Correct…$/ }).click();
  await expect(sheet).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Infusion started.*Correct…$/ }).click();
  await nurseSignsIn(page);
  await expect(sheet).toBeVisible();
  await sheet.getByText('Undo it', { exact: true }).click();
  await expect(sheet.getByLabel('Why it is undone')).toBeVisible();
});
