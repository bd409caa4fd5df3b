import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { byCalls, openServedSession, type RoomCalls } from '../../support/room-client.ts';
import { expectAccessible } from '../support/axe.ts';
import { roomForEach } from '../support/served-room.ts';
import { nursePin, signIn } from '../support/session-acts.ts';

const room = roomForEach({ people: [] });

test.beforeEach(async ({ page }) => {
  await byCalls(room.url, openSecondVisit);
  await page.goto(room.url);
  await expect(page.getByRole('button', { name: 'Open the session screen' })).toBeVisible();
});

test('E2E-8 a wrong PIN is said, and the right one signs in at once', async ({ page }) => {
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  await expect(page.getByText('PIN of Nurse')).toBeVisible();
  await page.keyboard.type('111111');
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('PIN');
  await expect(page.getByRole('status', { name: '0 digits entered' })).toBeVisible();
  await expectAccessible(page, 'sign-in after a wrong PIN');
  await page.screenshot({ path: test.info().outputPath('wrong-pin.png') });
  await page.keyboard.type(nursePin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /Nurse signed in here/ })).toBeVisible();
});

test('E2E-8 176 kg, which are 80 kg read in pounds, is stopped until a reason stands with it', async ({ page }) => {
  await signIn(page, 'Nurse', nursePin);
  await page.getByRole('button', { name: 'Go on preparing' }).click();
  await page.getByRole('textbox', { name: 'Weight' }).fill('176');
  await page.getByRole('button', { name: 'kg', exact: true }).click();
  await page.getByRole('button', { name: 'Record the weight' }).click();
  await expect(page.getByRole('alert')).toContainText('more than 10 % away from 80.0 kg at the last visit');
  await expect(page.getByRole('button', { name: 'give 2 reasons' })).toBeDisabled();
  await expectAccessible(page, 'a weight that is asked about');
  await page.screenshot({ path: test.info().outputPath('weight-stopped.png') });
  // Nothing was recorded: the dose still waits for a weight.
  await expect(page.getByText('The dose is worked out as soon as the weight is recorded.')).toBeVisible();
  // Each point has a reason of its own, in words.
  const reasons = page.getByRole('textbox', { name: 'Reason, in words' });
  await reasons.first().fill('weighed twice on the floor scale');
  await reasons.last().fill('x');
  await expect(page.getByRole('button', { name: 'give the reason' })).toBeDisabled();
  await reasons.last().fill('a very large patient');
  // Another figure in between: what was said of the first one is not said of it any more when it comes back.
  await page.getByRole('textbox', { name: 'Weight' }).fill('80');
  await page.getByRole('textbox', { name: 'Weight' }).fill('176');
  await page.getByRole('button', { name: 'Record the weight' }).click();
  await expect(page.getByRole('button', { name: 'give 2 reasons' })).toBeDisabled();
  await expect(reasons.first()).toHaveValue('');
  await reasons.first().fill('weighed twice on the floor scale');
  await reasons.last().fill('a very large patient');
  await page.getByRole('button', { name: 'Record with these reasons' }).click();
  await expect(page.getByRole('button', { name: 'Correct it' })).toBeVisible();
  await expect(page.getByText('176.0 kg').first()).toBeVisible();
});

test('E2E-8 a diastolic above the systolic is refused, and says so beside the fields', async ({ page }) => {
  await signIn(page, 'Nurse', nursePin);
  await page.goto(`${new URL(room.url).origin}/#/session`);
  await typePressure(page, '82', '128');
  await expect(page.getByRole('alert')).toContainText('Diastolic 128 is not below systolic 82');
  await page.screenshot({ path: test.info().outputPath('pressure-refused.png') });
  await expect(page.getByRole('textbox', { name: /^Systolic/ })).toHaveValue('82');
  await page.getByRole('textbox', { name: /^Systolic/ }).fill('128');
  await page.getByRole('textbox', { name: /^Diastolic/ }).fill('82');
  await page.getByRole('button', { name: /^Record vitals/ }).click();
  await expect(page.getByRole('article', { name: /^Blood pressure 128/ })).toBeVisible();
});

/** A patient who weighed 80 kg at the last visit, and whose second session is being prepared. */
async function openSecondVisit(calls: RoomCalls): Promise<void> {
  const { session, patients } = calls.client;
  const { sessionId } = await openServedSession(calls);
  const first = [
    { type: 'check-identity', birthDate: '1984-03-14', recordNumber: 'DEMO-0042' },
    { type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } },
    { type: 'end-session', reason: 'the patient went home' },
  ] as const;
  for (const command of first) await session.execute({ commandId: randomUUID(), sessionId, command });
  const [patient] = await patients.find({ query: 'DEMO-0042' });
  const opening = { commandId: randomUUID(), protocolId: 'iv-ketamine-0.5-40', course: null };
  await session.open({ ...opening, patientId: patient?.patientId ?? '' });
}

async function typePressure(page: Page, sys: string, dia: string): Promise<void> {
  await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
  await page.keyboard.press('v');
  await page.getByRole('textbox', { name: /^Systolic/ }).fill(sys);
  await page.getByRole('textbox', { name: /^Diastolic/ }).fill(dia);
  await page.getByRole('button', { name: /^Record vitals/ }).click();
}
