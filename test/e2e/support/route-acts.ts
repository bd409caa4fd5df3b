import { expect, type Page } from '@playwright/test';
import { pressOnSession } from './keys.ts';
import { answerEach } from './signing-acts.ts';
import { walkPeople, type TypedWords } from './walked-room.ts';

/** What every route has in common, as a nurse does it on the screens. */

/** A new patient by name, birth date and number, and the session by that protocol, with both identifiers compared. */
export async function openSessionOf(page: Page, protocol: RegExp, isRemote: boolean): Promise<void> {
  await page.getByRole('button', { name: /Start a session/ }).click();
  await page.getByRole('button', { name: 'Add a patient' }).click();
  await page.getByLabel('Full name').fill('Walked Patient');
  await page.getByLabel('Birth date').fill('1979-04-03');
  await page.getByLabel('Record number').fill('WP-0815');
  await page.getByRole('button', { name: 'Add this patient' }).click();
  await page.getByRole('group', { name: 'Protocol' }).getByRole('button', { name: protocol }).click();
  await page.getByRole('button', { name: /^Open the session/ }).click();
  await page
    .getByRole('button', { name: /said by patient/ })
    .first()
    .click();
  await page.getByRole('textbox', { name: isRemote ? 'As the patient says it' : 'As the wristband says' }).fill('WP-0815');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText(/^Identity confirmed/)).toBeVisible();
}

/** On a first visit the scale is read twice. */
export async function weigh(page: Page, kg: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Weight', exact: true }).fill(kg);
  await page.getByRole('button', { name: 'kg', exact: true }).click();
  await page.getByRole('button', { name: 'Record the weight' }).click();
  await page.getByRole('textbox', { name: 'Weight, second reading' }).fill(kg);
  await page.getByRole('group', { name: 'Unit of the second reading' }).getByRole('button', { name: 'kg' }).click();
  await page.getByRole('button', { name: 'Record the weight' }).click();
  await expect(page.getByText(`${kg}.0 kg`).first()).toBeVisible();
}

/** The prescriber types their own PIN beside the nurse. */
export async function orderByPrescriber(page: Page): Promise<void> {
  const card = page.getByRole('region', { name: 'Dose, worked out' });
  await card.getByRole('button', { name: 'A prescriber, with their own PIN' }).click();
  await card.getByRole('button', { name: /^Prescriber, prescriber/ }).click();
  await page.keyboard.type(walkPeople.prescriber.pin);
  await page.getByRole('button', { name: 'Order this dose' }).click();
  await expect(card.getByText('ordered · Prescriber')).toBeVisible();
}

export async function tick(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await expect(page.getByRole('button', { name: `Undo ${name}` })).toBeVisible();
  }
}

export async function tickWithWords(page: Page, name: string, words: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.getByLabel(`${name}: details`).fill(words);
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(page.getByRole('button', { name: `Undo ${name}` })).toBeVisible();
}

/** The second person reads every row back and signs with their own PIN. */
export async function readBack(page: Page): Promise<void> {
  const check = page.getByRole('region', { name: 'Second check' });
  const rows = check.getByRole('listitem').getByRole('button');
  await expect(rows.first()).toBeVisible();
  for (const row of await rows.all()) await row.click();
  await check.getByRole('button', { name: /^Checker/ }).click();
  await page.keyboard.type(walkPeople.checker.pin);
  await page.keyboard.press('Enter');
  await expect(check).toContainText('signed by Checker');
}

/** Every point that an act raised, each with a reason of its own, and the prescriber's PIN where one is asked for. */
export async function answerDoubts(page: Page, typed: TypedWords): Promise<void> {
  const form = page.getByRole('alert', { name: /points? before it is recorded$/ });
  await expect(form).toBeVisible();
  for (const point of await form
    .getByRole('listitem')
    .filter({ has: page.getByLabel('Reason, in words') })
    .all()) {
    // What a monitor answers by itself before the words are sent is no question any more, and takes them with it.
    const isMeasured = (await point.getAttribute('aria-label'))?.includes('SpO₂') === true;
    await point.getByLabel('Reason, in words').fill(isMeasured ? 'not read yet' : typed.say('answered to what was asked'));
  }
  const prescriber = form.getByRole('button', { name: /^Prescriber, prescriber/ });
  if ((await prescriber.count()) > 0) {
    await prescriber.click();
    await page.keyboard.type(walkPeople.prescriber.pin);
  }
  await page.getByRole('button', { name: /^Record with th|, with these reasons/ }).click();
  // Recorded: no sheet of it is open any more.
  await expect(form).toHaveCount(0);
}

/** The sheet of all milestones, from wherever the keys are. */
export async function openMilestones(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await pressOnSession(page, 'm');
  await expect(page.getByRole('dialog', { name: 'All milestones' })).toBeVisible();
}

/** A shared note; a low window may have no room for its words on the timeline. */
export async function writeNote(page: Page, words: string): Promise<void> {
  const line = page.getByRole('textbox', { name: /^Observation/ });
  await line.click();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect(line).toHaveValue('');
}

/** Something that was due before the dose, said to be missed; returns what the record has to say of it. */
export async function sayMissed(page: Page, label: string, typed: TypedWords): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^missed… ${label}`) }).click();
  await page.getByLabel('In other words').fill(typed.say('why it was missed'));
  await page.getByRole('button', { name: 'Record: not done' }).click();
  await expect(page.getByRole('button', { name: new RegExp(`^missed… ${label}`) })).toHaveCount(0);
}

/** A milestone that was tapped and is taken back later, with its reason; another one whose time is put right. */
export async function correctTwo(page: Page, typed: TypedWords): Promise<void> {
  await openMilestones(page);
  for (const name of ['Onset of effect', 'Peak effect']) {
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await expect(page.getByRole('button', { name: new RegExp(`${name}.*Correct…$`) })).toBeVisible();
  }
  await page.getByRole('button', { name: /Onset of effect.*Correct…$/ }).click();
  await page.getByText('Undo it', { exact: true }).click();
  await page.getByLabel('Why it is undone').fill(typed.say('why it is undone'));
  await page.getByRole('button', { name: 'Undo the entry' }).click();
  // Back at the list that it was chosen from.
  await expect(page.getByRole('dialog', { name: 'All milestones' })).toBeVisible();
  await page.getByRole('button', { name: /Peak effect.*Correct…$/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Correct an entry' });
  await sheet.getByLabel(/^Time/).fill(await clockOfPage(page));
  await sheet.getByLabel('Why it is corrected').fill(typed.say('why its time is corrected'));
  await sheet.getByRole('button', { name: 'Correct the time' }).click();
  await expect(sheet).toHaveCount(0);
}

/** The room's clock as the page shows it, to the second. */
export async function clockOfPage(page: Page): Promise<string> {
  const shown = await page
    .getByText(/^\d\d:\d\d:\d\d$/)
    .first()
    .textContent();
  return shown ?? '';
}

/** Leaving before the criteria: each one that is short asks for a reason, and the prescriber signs. */
export async function leave(page: Page, name: string, typed: TypedWords): Promise<void> {
  await openMilestones(page);
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  const sheet = page.getByRole('dialog', { name });
  await sheet.getByLabel('Detail, if any').fill(typed.say('how they left'));
  await sheet.getByRole('button', { name: 'Record', exact: true }).click();
  await answerDoubts(page, typed);
}

export async function endWithReason(page: Page, typed: TypedWords): Promise<void> {
  await openMilestones(page);
  await page.getByRole('button', { name: /^End the session/ }).click();
  const end = page.getByRole('dialog', { name: 'End the session' });
  await end.getByRole('textbox').fill(typed.say('why it ends with points open'));
  await end.getByRole('button', { name: 'End the session' }).click();
  await expect(page.getByRole('heading', { name: 'Before signing' })).toBeVisible();
}

/** To the record that is not signed yet: a note of before, with its own time. */
export async function addForgotten(page: Page, typed: TypedWords): Promise<void> {
  await page.getByRole('button', { name: 'Open the record' }).click();
  await page.getByRole('button', { name: 'Add an entry…' }).click();
  const sheet = page.getByRole('dialog', { name: 'Add what was forgotten' });
  await sheet.getByText('Note', { exact: true }).click();
  await sheet.getByLabel(/^Time/).fill(await clockOfPage(page));
  await sheet.getByLabel('Why it is entered late').fill(typed.say('why it is entered late'));
  await sheet.getByLabel('The note').fill(typed.say('a note that was forgotten'));
  await sheet.getByRole('button', { name: /^Add to the record/ }).click();
  await expect(sheet).toHaveCount(0);
  await page.getByRole('button', { name: 'Sign…' }).click();
}

/** One answer for those that were due together, one for each of the others, and the author's PIN. */
export async function answerAndSign(page: Page, pin: string, typed: TypedWords): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Before signing' })).toBeVisible();
  const allAtOnce = page.getByRole('button', { name: /^One reason for all \d+ that were due and not done$/ });
  await allAtOnce.click();
  const words = typed.say('why they were not done');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`“${words}”`).first()).toBeVisible();
  await answerEach(page, () => typed.say('said before signing'));
  await page.getByRole('group', { name: /PIN of/ }).focus();
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Nurse, nurse, authored, /)).toBeVisible();
}
