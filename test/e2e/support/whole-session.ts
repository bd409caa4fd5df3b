import { expect, test, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import {
  addPerson,
  checkAndStart,
  endSession,
  enterPressure,
  nursePin,
  openSession,
  orderDose,
  rateBySixKeys,
  secondPerson,
  setUpRoom,
  signIn,
  tapAndUndo,
  turnTheDose,
  writeObservation,
} from './session-acts.ts';

/**
 * From the first page of a new room to the record of its first session, the same on both shells. Fails when the
 * page's console says anything, or where a screen is not accessible.
 */
export async function runWholeSession(page: Page, monitorPort: string): Promise<void> {
  const problems: string[] = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(error.message));
  await setUpRoom(page, [{ name: 'Oximeter', maker: 'Masimo', port: monitorPort }]);
  await signIn(page, 'Nurse', nursePin);
  await addPerson(page, secondPerson);
  await openSession(page);
  await orderDose(page);
  await checkAndStart(page);
  await expect(page.getByRole('article', { name: /^Pulse \d+ \/min/ })).toBeVisible();
  await writeObservation(page, 'Breathing slower');
  await expectAccessible(page, 'session');
  await tapAndUndo(page);
  await turnTheDose(page);
  await rateBySixKeys(page, '321021');
  await enterPressure(page, '128', '82');
  await page.screenshot({ path: test.info().outputPath('session.png') });
  await endSession(page);
  await expect(page.getByText('mg/kg').first()).toBeVisible();
  await expectAccessible(page, 'record');
  await page.screenshot({ path: test.info().outputPath('record.png') });
  expect(problems).toEqual([]);
}
