import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { nurse, secondChecker } from '../../support/prepared-room.ts';
import { callRoom } from '../../support/room-client.ts';
import { openMilestones } from '../support/route-acts.ts';
import { boardOf, recordOfRoom, startServedDose } from '../support/running-room.ts';
import { roomForEach } from '../support/served-room.ts';
import { nursePin, signIn } from '../support/session-acts.ts';

const room = roomForEach({ people: [secondChecker] });

test('CORRECT-12 a reading of the bag that was forgotten is added in the sheet that corrects, where it is asked about', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const calls = await callRoom(room.url);
  await startServedDose(calls);
  const sessionId = (await boardOf(calls)).session?.sessionId ?? '';
  await calls.client.session.execute({
    commandId: randomUUID(),
    sessionId,
    command: { type: 'stop-dose-early', reason: 'patient-asked' },
  });
  calls.close();
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(room.url);
  await page.waitForURL((url) => !url.hash.includes('token'));
  await page.goto(`${new URL(room.url).origin}/#/home`);
  await signIn(page, nurse.name, nursePin);
  await page
    .getByRole('button', { name: /session screen|Return to the session/ })
    .first()
    .click();
  await openMilestones(page);
  await page.getByRole('button', { name: /Stopped early.*Correct…$/ }).click();

  const sheet = page.getByRole('dialog', { name: 'Correct an entry' });
  await sheet.getByText('Left in the bag', { exact: true }).click();
  const left = sheet.getByRole('textbox', { name: /^mL left, as read \(worked out [\d.]+\)$/ });
  await expect(left).toHaveValue('');
  await left.fill('20.5');
  await sheet.getByLabel('Why it is corrected').fill('read and not typed');
  await page.screenshot({ path: test.info().outputPath('left-in-the-bag.png') });
  await sheet.getByRole('button', { name: 'Correct the entry' }).click();
  await expect(sheet).toContainText('20.5 mL was read and');
  await sheet.getByLabel('Reason, in words').fill('the pump ran ahead');
  await page.screenshot({ path: test.info().outputPath('left-in-the-bag-asked.png') });
  await sheet.getByRole('button', { name: /^Record/ }).click();
  await expect(sheet).toHaveCount(0);
  const stop = (await recordOfRoom(room.url)).marks.find(({ label }) => label === 'Stopped early');
  expect(stop?.volumeLeft?.readUl).toBe(20_500);
  await openMilestones(page);
  await expect(page.getByRole('button', { name: /Stopped early.*20\.5 mL read at the pump.*Correct…$/ })).toBeVisible();
});
