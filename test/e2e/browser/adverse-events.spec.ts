import { expect, test, type Page } from '@playwright/test';
import { byCalls } from '../../support/room-client.ts';
import { expectAccessible } from '../support/axe.ts';
import { recordOfRoom, startServedDose } from '../support/running-room.ts';
import { roomForEach } from '../support/served-room.ts';
import { endSession, nursePin, signIn } from '../support/session-acts.ts';

const room = roomForEach();

test.beforeEach(async ({ page }) => {
  await byCalls(room.url, startServedDose);
  await page.goto(room.url);
  await page.waitForURL((url) => !url.hash.includes('token'));
  await page.goto(`${new URL(room.url).origin}/#/session`);
  await signIn(page, 'Nurse', nursePin);
  await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
});

test('ADVERSE-13 an adverse event takes three taps, stays in sight, and is over in two more', async ({ page }) => {
  await page.getByRole('button', { name: 'Adverse event', exact: true }).click();
  await page.getByRole('button', { name: 'Nausea', exact: true }).click();
  await page.getByRole('button', { name: 'Moderate' }).click();
  const open = page.getByRole('list', { name: 'Open adverse events' });
  await expect(open).toContainText('Nausea');
  await expect(page.getByRole('region', { name: 'Session timeline' })).toContainText('Nausea');
  await open.getByRole('button').click();
  await expectAccessible(page, 'an adverse event');
  await page.getByRole('button', { name: 'Resolved now, recovered' }).click();
  await expect(open).toHaveCount(0);
  const [event] = (await recordOfRoom(room.url)).adverseEvents;
  expect(event).toMatchObject({ category: 'nausea', severity: 'moderate', outcome: 'recovered', open: false });
});

test('ADVERSE-15 what became of an adverse event is said in the record after the session, and while it is signed', async ({ page }) => {
  await page.getByRole('button', { name: 'Adverse event', exact: true }).click();
  await page.getByRole('button', { name: 'Nausea', exact: true }).click();
  await page.getByRole('button', { name: 'Moderate' }).click();
  await expect(page.getByRole('list', { name: 'Open adverse events' })).toContainText('Nausea');
  await endSession(page);
  await page.getByRole('button', { name: /^Correct Nausea/ }).click();
  // Nothing is over now, and nothing is given any more, in a session that has ended.
  await expect(page.getByRole('button', { name: 'Resolved now, recovered' })).toHaveCount(0);
  await expect(page.getByText('Now', { exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Drug given for it…' })).toHaveCount(0);
  await page.getByRole('group', { name: 'Outcome' }).getByRole('button', { name: 'Recovered', exact: true }).click();
  await page.getByRole('button', { name: 'Record the changes' }).click();
  const outcome = async () => (await recordOfRoom(room.url)).adverseEvents[0]?.outcome;
  await expect.poll(outcome).toBe('recovered');
  await page.getByRole('button', { name: 'Sign…' }).click();
  await page.getByRole('button', { name: /^Correct: Nausea/ }).click();
  await page.getByRole('group', { name: 'Outcome' }).getByRole('button', { name: 'Recovering', exact: true }).click();
  await page.getByRole('button', { name: 'Record the changes' }).click();
  await expect.poll(outcome).toBe('recovering');
  // Its time and its undo are one step further.
  await page.getByRole('button', { name: /^Correct: Nausea/ }).click();
  await page.getByRole('button', { name: 'Correct the onset, or undo…' }).click();
  await page.getByText('Undo it', { exact: true }).click();
  await page.getByLabel('Why it is undone').fill('another patient');
  await page.getByRole('button', { name: 'Undo the entry' }).click();
  await expect.poll(async () => (await recordOfRoom(room.url)).adverseEvents).toEqual([]);
});

test('ADVERSE-13, DRUG-1 the same by keys, then a vial drawn and its leftover wasted with a second PIN', async ({ page }) => {
  await page.keyboard.press('a');
  await chooseByKeys(page, 'Anxiety, panic');
  await chooseByKeys(page, 'Mild');
  await expect(page.getByRole('list', { name: 'Open adverse events' })).toContainText('Anxiety');
  await page.keyboard.press('w');
  await signAsSecondPerson(page);
  await expect(page.getByRole('region', { name: 'Recorded in this session' })).toContainText('Drawn 500 mg');
  await expect(page.getByLabel('Left in the vial, mg')).toHaveValue('460');
  await signAsSecondPerson(page);
  await expect(page.getByRole('region', { name: 'Recorded in this session' })).toContainText('Wasted 460 mg');
  await expectAccessible(page, 'drawn and wasted');
  const { controlledDrugs } = await recordOfRoom(room.url);
  expect(controlledDrugs.entries.map(({ kind, ug, by, witness }) => [kind, ug, by, witness])).toEqual([
    ['drawn', 500_000, 'Nurse', 'Second checker'],
    ['wasted', 460_000, 'Nurse', 'Second checker'],
  ]);
});

async function chooseByKeys(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
}

async function signAsSecondPerson(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Second checker/ }).click();
  await page.keyboard.type('837261');
  await page.keyboard.press('Enter');
}
