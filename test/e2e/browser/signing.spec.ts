import { expect, test, type Page } from '@playwright/test';
import { byCalls } from '../../support/room-client.ts';
import { expectAccessible } from '../support/axe.ts';
import { startServedDose } from '../support/running-room.ts';
import { roomForEach } from '../support/served-room.ts';
import { answerEach } from '../support/signing-acts.ts';
import { endSession, nursePin, signIn } from '../support/session-acts.ts';

const room = roomForEach();

async function typePin(page: Page, pin: string): Promise<void> {
  const pad = page.getByRole('group', { name: /PIN of/ });
  await pad.focus();
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
}

test('SIGNING-23 by the screen: what is open is answered, the record signed, co-signed and amended, and home lists it until then', async ({
  page,
}) => {
  await byCalls(room.url, startServedDose);
  await page.goto(room.url);
  await signIn(page, 'Nurse', nursePin);
  // The page was opened straight into the session: its end leads to the signature all the same.
  await endSession(page);
  await page.getByRole('button', { name: 'Sign…' }).click();
  await expectAccessible(page, 'sign, with a point open');

  // The bag was not empty, and nobody said what became of the rest.
  await page.getByRole('button', { name: /^Give the reason: Waste/ }).click();
  await page.keyboard.type('wasted with the pharmacist, on paper');
  await page.keyboard.press('Enter');
  // Nor was anything measured or rated that the protocol asks for before a dose.
  await page.getByRole('button', { name: /^One reason for all \d+ that were due and not done$/ }).click();
  await page.keyboard.type('a trial of the screens');
  await page.keyboard.press('Enter');
  await expect(page.getByText('“a trial of the screens”').first()).toBeVisible();
  // The reason for ending answered nothing: what the protocol requires is asked for one by one.
  await expect(page.getByRole('button', { name: /^Give the reason: / })).not.toHaveCount(0);
  await answerEach(page, () => 'not part of the trial');
  await typePin(page, '000000');
  await expect(page.getByText('That is not the PIN of this person.')).toBeVisible();
  await typePin(page, nursePin);
  await expect(page.getByText(/^Nurse, nurse, authored, /)).toBeVisible();

  await page.getByRole('button', { name: /^Second checker/ }).click();
  await typePin(page, '837261');
  await expect(page.getByText(/^Second checker, nurse, reviewed, /)).toBeVisible();

  await page.getByLabel('Reason for the amendment').fill('a time was wrong');
  await page.getByRole('button', { name: 'Begin an amendment' }).click();
  await expect(page.getByText('version 1 is being amended')).toBeVisible();
  await page.getByRole('button', { name: 'Home', exact: true }).click();
  await page.getByRole('button', { name: /^Sign the record of Demo Patient/ }).click();
  await page.getByRole('button', { name: 'Close without a change' }).click();
  await expect(page.getByText('version 1 is being amended')).toHaveCount(0);
  await page.getByRole('button', { name: 'Home', exact: true }).click();
  await expect(page.getByText('No session in this room')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Sign the record of/ })).toHaveCount(0);
});
