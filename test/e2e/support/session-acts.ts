import { expect, type Locator, type Page } from '@playwright/test';
import { nurse } from '../../support/prepared-room.ts';
import { pressOnSession } from './keys.ts';

/** What a person in the room does, in their own terms. The same acts on both shells. */

export const nursePin = nurse.pin;

/** Of every room of these tests: what two people sign needs two. */
export const secondPerson = { name: 'Checker', role: 'Nurse', pin: '837261' } as const;

/** From an empty room to the recovery key, as whoever installs it would. */
export async function setUpRoom(
  page: Page,
  monitors: readonly { readonly name: string; readonly maker: string; readonly port: string }[],
): Promise<void> {
  await page.getByLabel('Name of the room').fill('Room 2');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Your name').fill('Nurse');
  await page.getByLabel('PIN', { exact: true }).fill(nursePin);
  await page.getByLabel('The same PIN again').fill(nursePin);
  await page.getByRole('button', { name: 'Next' }).click();
  for (const { name, maker, port } of monitors) {
    await page.getByRole('button', { name: /^Add (a|another) monitor$/ }).click();
    const card = page.getByRole('region', { name: /^Monitor \d$/ }).last();
    await card.getByText(maker, { exact: true }).click();
    await card.getByText('Type a path').click();
    await card.getByLabel('Path of the port').fill(port);
    await card.getByLabel('Name for the screen').fill(name);
  }
  await page.getByRole('button', { name: 'Set up the room' }).click();
  await typeKeyBack(page);
  await page.getByRole('button', { name: 'Go to the room' }).click();
  await expect(page.getByRole('button', { name: /Start a session/ })).toBeVisible();
}

/** Reads the recovery key off the screen, as off its paper, and types back the groups that are asked for. */
export async function typeKeyBack(page: Page): Promise<void> {
  const printed = page.getByRole('list', { name: 'The recovery key, in six groups' }).getByRole('listitem');
  await expect(printed).toHaveText(Array.from({ length: 6 }, (_, index) => new RegExp(`^${index + 1}[0-9A-Z*~$=]{5}$`)));
  const groups = (await printed.allTextContents()).map((text) => text.slice(1));
  await page.getByRole('button', { name: 'I have it on paper' }).click();
  await expect(page.getByRole('textbox', { name: /^Group \d$/ })).toHaveCount(3);
  for (const [index, group] of groups.entries()) {
    const field = page.getByRole('textbox', { name: `Group ${index + 1}` });
    if ((await field.count()) === 1) await field.fill(group);
  }
}

/** At the sign-in sheet, by keys alone. */
export async function signIn(page: Page, name: string, pin: string): Promise<void> {
  await page
    .getByRole('button', { name: /^(Sign in|.* switch person)$/ })
    .first()
    .click();
  const tile = page.getByRole('button', { name: new RegExp(`^${name}\\b.*(nurse|therapist|clinic IT)`) });
  // Whoever is here alone is chosen already; until the sheet is drawn neither is there.
  await expect(tile.or(page.getByText(`PIN of ${name}`)).first()).toBeVisible();
  if ((await tile.count()) > 0 && (await tile.getAttribute('aria-pressed')) !== 'true') await tile.click();
  await expect(page.getByText(`PIN of ${name}`)).toBeVisible();
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: new RegExp(`^${name} (with .* )?signed in here`) })).toBeVisible();
  // The board can say it before the sheet has closed, which takes every key until then.
  await expect(page.getByRole('dialog', { name: 'Sign in' })).toHaveCount(0);
}

const firstPin = '604813';

/**
 * Another person of this room, added from Home by the nurse who is signed in. They sign in with the PIN that was chosen
 * for them and choose their own; then the nurse is here again.
 */
export async function addPerson(page: Page, { name, role, pin }: { name: string; role: string; pin: string }): Promise<void> {
  await page.getByRole('button', { name: 'Add or change people' }).click();
  const sheet = page.getByRole('dialog', { name: 'People' });
  await sheet.getByRole('button', { name: 'Add a person' }).click();
  await sheet.getByLabel('Name').fill(name);
  await sheet.getByRole('button', { name: role }).click();
  for (const field of ['PIN', 'The same PIN again']) await sheet.getByLabel(field, { exact: true }).fill(firstPin);
  await sheet.getByRole('button', { name: /^Add this person/ }).click();
  await expect(sheet.getByRole('status')).toHaveText(`${name} can sign in now, and chooses a PIN of their own then.`);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await chooseOwnPin(page, name, pin);
  await signIn(page, 'Nurse', nursePin);
}

/** The first sign-in of somebody who was added. */
async function chooseOwnPin(page: Page, name: string, pin: string): Promise<void> {
  await page.getByRole('button', { name: /signed in here/ }).click();
  await page.getByRole('button', { name: new RegExp(`^${name}\\b`) }).click();
  for (const [asked, digits] of [
    [`PIN of ${name}`, firstPin],
    ['Your own PIN, 6 to 12 digits', pin],
    ['The same PIN again', pin],
  ] as const) {
    await expect(page.getByText(asked, { exact: true })).toBeVisible();
    await page.keyboard.type(digits);
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('button', { name: new RegExp(`^${name} (with .* )?signed in here`) })).toBeVisible();
}

/** A new patient, found by two identifiers, and their session. */
export async function openSession(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Start a session/ }).click();
  await page.getByRole('button', { name: 'Add a patient' }).click();
  await page.getByLabel('Full name').fill('Test Patient');
  await page.getByLabel('Birth date').fill('1984-03-14');
  await page.getByLabel('Record number').fill('TP-0042');
  await page.getByRole('button', { name: 'Add this patient' }).click();
  await page
    .getByRole('group', { name: 'Protocol' })
    .getByRole('button', { name: /^IV ketamine/ })
    .click();
  await page.getByRole('button', { name: /^Open the session/ }).click();
  await page.getByRole('button', { name: /said by patient/ }).click();
  await page.getByRole('textbox', { name: /As the wristband says/ }).fill('TP-0042');
  await page.getByRole('button', { name: 'Check', exact: true }).click();
  await expect(page.getByText(/^Identity confirmed/)).toBeVisible();
}

/** Weight and order, with the arithmetic in front of the nurse. */
export async function orderDose(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Weight', exact: true }).fill('80');
  await page.getByRole('button', { name: 'kg', exact: true }).click();
  await page.getByRole('button', { name: 'Record the weight' }).click();
  // Nobody weighed this patient here before: the scale is read twice.
  await page.getByRole('textbox', { name: 'Weight, second reading' }).fill('80');
  await page.getByRole('group', { name: 'Unit of the second reading' }).getByRole('button', { name: 'kg' }).click();
  await page.getByRole('button', { name: 'Record the weight' }).click();
  const dose = page.getByRole('region', { name: 'Dose, worked out' });
  await expect(dose).toContainText('40 mg');
  await expect(dose).toContainText('60 mL/h');
  await page.getByRole('button', { name: /^Standing order:/ }).click();
  await page.getByRole('button', { name: 'Order this dose' }).click();
}

/** Whoever reads the dose back: chooses their name and types their own PIN, beside whoever is signed in. */
async function signAsSecond(card: Locator): Promise<void> {
  await card.getByRole('button', { name: new RegExp(`^${secondPerson.name}`) }).click();
  await card.page().keyboard.type(secondPerson.pin);
  await card.page().keyboard.press('Enter');
}

/** The hard stops, the read-back, and the start. */
export async function checkAndStart(page: Page): Promise<void> {
  for (const name of ['Consent confirmed', 'Bedside alarms are on', 'Time-out']) {
    await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
    await expect(page.getByRole('button', { name: `Undo ${name}` })).toBeVisible();
  }
  const check = page.getByRole('region', { name: 'Second check' });
  for (const row of ['drug', 'concentration', 'in the bag', 'pump rate', 'ordered by', 'patient']) {
    await check.getByRole('button', { name: new RegExp(`^${row} `) }).click();
  }
  await signAsSecond(check);
  await expect(check).toContainText(`signed by ${secondPerson.name}`);
  const start = page.getByRole('button', { name: /^Infusion started/ });
  await expect(start).not.toContainText('waits');
  await start.click();
  const timeline = page.getByRole('region', { name: 'Session timeline' });
  // A monitor without a cuff: that there is no pressure yet is asked about.
  const asked = page.getByRole('listitem', { name: /^No blood pressure/ });
  await expect(timeline.or(asked)).toBeVisible();
  if (await asked.isVisible()) {
    await asked.getByRole('textbox').fill('measured by hand, on paper');
    await page.getByRole('button', { name: /with these reasons/ }).click();
  }
  await expect(timeline).toBeVisible();
  await expect(page.getByText('since start')).toBeVisible();
}

export async function writeObservation(page: Page, text: string): Promise<void> {
  const line = page.getByRole('textbox', { name: /Observation/ });
  await line.click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  // On disk and back: the line is empty again, and the words stand on the timeline.
  await expect(line).toHaveValue('');
  await expect(page.getByRole('region', { name: 'Session timeline' })).toContainText(text.slice(0, 12));
}

/** The dose through all its turns: pause with a reason, resume, another rate. */
export async function turnTheDose(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Infusion paused/ }).click();
  await page.getByRole('button', { name: 'Patient anxious' }).click();
  await page.getByRole('button', { name: /^Record the pause/ }).click();
  await expect(page.getByRole('button', { name: /^Infusion resumed/ }).first()).toBeVisible();
  await page
    .getByRole('button', { name: /^Infusion resumed/ })
    .first()
    .click();
  await page.getByRole('button', { name: /^Record: resumed/ }).click();
  await page.getByRole('button', { name: /^Rate changed/ }).click();
  await page.getByRole('textbox', { name: /New rate/ }).fill('45');
  await page.getByRole('button', { name: /^Record the new rate/ }).click();
  // Recorded: its sheet is gone. The rate stands in its undo, or wherever a low window leaves it a row.
  await expect(page.getByRole('button', { name: /^Record the new rate/ })).toBeHidden();
  await expect(page.getByText(/45 mL\/h/).first()).toBeAttached();
}

/** CADSS-6 by keys alone, and finished. */
export async function rateBySixKeys(page: Page, answers: string): Promise<void> {
  // From the list, whatever the schedule asks for first.
  await page.getByRole('button', { name: /^Any rating/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /CADSS-6/ })
    .click();
  const sheet = page.getByRole('dialog', { name: /CADSS-6/ });
  await expect(sheet).toContainText('none loaded');
  for (const [index, answer] of answers.split('').entries()) {
    await page.keyboard.press(answer);
    await expect(sheet).toContainText(`${index + 1} of 6`);
  }
  await sheet.getByRole('button', { name: /^Finish/ }).click();
  await expect(sheet).toBeHidden();
}

/** Vitals that no monitor gives, typed from the bedside. */
export async function enterPressure(page: Page, sys: string, dia: string): Promise<void> {
  await page.keyboard.press('Escape');
  await pressOnSession(page, 'v');
  await page.getByRole('textbox', { name: /^Systolic/ }).fill(sys);
  await page.getByRole('textbox', { name: /^Diastolic/ }).fill(dia);
  await page.getByRole('button', { name: /^Record vitals/ }).click();
  await expect(page.getByRole('article', { name: new RegExp(`^Blood pressure ${sys}`) })).toBeVisible();
}

/** A tap is a record; its undo is inside the button. */
export async function tapAndUndo(page: Page): Promise<void> {
  // Out of the observation line, where every key is text.
  await page.keyboard.press('Escape');
  await pressOnSession(page, 'm');
  await page.getByRole('button', { name: /^Onset of effect/ }).click();
  const undo = page.getByRole('button', { name: /^Undo Onset of effect/ });
  await undo.first().click();
  await expect(undo).toHaveCount(0);
  await page.keyboard.press('Escape');
}

/** From the last drop to the closed record. */
export async function endSession(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Stopped early/ }).click();
  await page.getByRole('button', { name: 'Prescriber’s order' }).click();
  await page.getByRole('button', { name: /^Record: stopped early/ }).click();
  await expect(page.getByText(/^ended /)).toBeAttached();
  await pressOnSession(page, 'm');
  await page.getByRole('button', { name: /^End the session/ }).click();
  const end = page.getByRole('dialog', { name: 'End the session' });
  await end.getByRole('textbox').fill('end of the test');
  await end.getByRole('button', { name: 'End the session' }).click();
  // What comes next is the signature; the record is one button away.
  await expect(page.getByRole('heading', { name: 'Before signing' })).toBeVisible();
  await page.getByRole('button', { name: 'Open the record' }).click();
  await expect(page.getByRole('heading', { name: 'What was recorded' })).toBeVisible();
}
