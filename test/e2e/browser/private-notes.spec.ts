import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { byCalls } from '../../support/room-client.ts';
import { recordOfRoom, startServedDose } from '../support/running-room.ts';
import { expectAccessible } from '../support/axe.ts';
import { sessionText } from '../../../renderer/text/session.ts';
import { secondChecker } from '../../support/prepared-room.ts';
import { roomForEach } from '../support/served-room.ts';
import { nursePin, signIn } from '../support/session-acts.ts';

const therapistPin = '528160';
const people = [secondChecker, { name: 'Therapist', role: 'therapist', pin: therapistPin }] as const;
const words = 'xylofon: speaks of the house by the sea';
const room = roomForEach({ people });

async function atSession(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /session screen|Return to the session/ })
    .first()
    .click();
  await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
}

async function atHome(page: Page): Promise<void> {
  await page.goto(room.url);
  await page.waitForURL((url) => !url.hash.includes('token'));
  await page.goto(`${new URL(room.url).origin}/#/home`);
  await expect(page.getByRole('heading', { name: 'Home' })).toBeAttached();
}

async function storedIn(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      databases.map(({ name }) => name),
      document.cookie,
      location.href,
    ]);
  });
}

function privateLine(page: Page) {
  return page.getByRole('textbox', { name: /^Private note/ });
}

async function openPrivate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'private', exact: true }).click();
  await expect(page.getByRole('group', { name: /PIN of Therapist/ })).toBeFocused();
  await page.keyboard.type(therapistPin);
  await page.keyboard.press('Enter');
  await expect(privateLine(page)).toBeFocused();
}

function filesWith(path: string, text: string): readonly string[] {
  return readdirSync(path).flatMap((name) => {
    const file = join(path, name);
    if (statSync(file).isDirectory()) return filesWith(file, text);
    return readFileSync(file).includes(text) ? [file] : [];
  });
}

test('PRIVATE-20, PRIVATE-21, PRIVATE-22 a private note as its author writes it and as the nurse sees it', async ({ browser }) => {
  await byCalls(room.url, startServedDose);
  const nurse = await (await browser.newContext()).newPage();
  const therapist = await (await browser.newContext()).newPage();
  await atHome(nurse);
  await signIn(nurse, 'Nurse', nursePin);
  await atHome(therapist);
  await signIn(therapist, 'Therapist', therapistPin);
  for (const page of [nurse, therapist]) await atSession(page);
  await expect(nurse.getByRole('button', { name: 'private', exact: true })).toHaveCount(0);

  await openPrivate(therapist);
  await therapist.keyboard.type(words);
  await expect(therapist.getByText('draft sealed')).toBeVisible();
  await expectAccessible(therapist, 'the private line');
  // Escape leaves the line and takes nothing; a reload forgets everything, and the sealed draft comes back.
  await therapist.keyboard.press('Escape');
  await expect(privateLine(therapist)).toHaveValue(words);
  expect(await storedIn(therapist)).not.toContain('xylofon');
  await therapist.reload();
  await expect(privateLine(therapist)).toHaveCount(0);
  expect(await therapist.content()).not.toContain('xylofon');
  await openPrivate(therapist);
  await expect(privateLine(therapist)).toHaveValue(words);
  await therapist.keyboard.press('Enter');
  await expect(therapist.getByRole('button', { name: '1 note of mine' })).toBeVisible();

  // The nurse sees a lock and its time.
  await expect.poll(async () => (await recordOfRoom(room.url)).privateMarks.length).toBe(1);
  await expect(nurse.getByText('private note')).toBeVisible();
  expect(await nurse.content()).not.toContain('xylofon');
  expect(await storedIn(nurse)).not.toContain('xylofon');

  // Covered in the middle of a sentence: out of sight at once, and nowhere but in the private file.
  await therapist.keyboard.type('half a sentence');
  await therapist.getByRole('button', { name: /^Cover this page/ }).click();
  await expect(privateLine(therapist)).toHaveCount(0);
  // The session is covered then; a sheet that was opened over it before would go with it.
  await expect(therapist.getByRole('region', { name: sessionText.coveredPage.title })).toBeVisible();
  await signIn(therapist, 'Therapist', therapistPin);
  await openPrivate(therapist);
  await expect(privateLine(therapist)).toHaveValue('half a sentence');
  expect(filesWith(room.folder, 'xylofon')).toEqual([]);

  // Across, by an explicit act: the nurse reads it then.
  await therapist.getByRole('button', { name: '1 note of mine' }).click();
  await expectAccessible(therapist, 'the list of private notes');
  await therapist.getByRole('button', { name: 'Move to shared…' }).click();
  await therapist.getByRole('button', { name: 'Move these words to shared' }).click();
  await expect(therapist.getByText(/moved to shared \d/)).toBeVisible();
  await expect.poll(async () => (await recordOfRoom(room.url)).observations.map(({ text }) => text)).toEqual([words]);
});

test('OBSERVE-11 what looks like speech is hinted at and recorded all the same; the rest of a note lies in its sheet, and its words can be amended', async ({
  page,
}) => {
  await byCalls(room.url, startServedDose);
  await atHome(page);
  await signIn(page, 'Nurse', nursePin);
  await atSession(page);
  await page.getByRole('textbox', { name: /^Observation/ }).click();
  await page.keyboard.type('says “it is wide here”');
  await expect(page.getByText('This may be the content of the conversation, which belongs in a private note.')).toBeVisible();
  await page.getByRole('button', { name: /^more/ }).click();
  const sheet = page.getByRole('dialog', { name: 'More about the shared note' });
  await sheet
    .getByRole('group', { name: /^Distress/ })
    .getByRole('button', { name: '40', exact: true })
    .click();
  await sheet.getByRole('button', { name: 'somatic' }).click();
  await sheet.getByRole('textbox', { name: 'What changed' }).fill('breath slower');
  await expectAccessible(page, 'the sheet of a note');
  await sheet.getByRole('button', { name: 'Record' }).click();
  const observation = async () => (await recordOfRoom(room.url)).observations[0];
  await expect.poll(observation).toMatchObject({
    text: 'says “it is wide here”',
    chips: [{ group: 'modality', chip: 'somatic' }],
    details: { distress: 40, response: 'breath slower' },
  });

  await page.keyboard.press('Escape');
  await page.keyboard.press('o');
  await page.getByRole('button', { name: 'Correct…' }).click();
  await page.getByText('Other words', { exact: true }).click();
  await page.getByRole('textbox', { name: 'The words as they should read' }).fill('finds it wide here');
  await page.getByRole('textbox', { name: 'Why it is amended' }).fill('no verbatim without consent');
  await expectAccessible(page, 'amending an observation');
  await page.getByRole('button', { name: /^Amend the words/ }).click();
  await expect(page.getByText('amended, first: “says “it is wide here””')).toBeVisible();
  expect(await observation()).toMatchObject({ text: 'finds it wide here', amended: { firstText: 'says “it is wide here”' } });
});
