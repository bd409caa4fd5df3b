import { expect, test, type Page } from '@playwright/test';
import { byCalls } from '../../support/room-client.ts';
import { recordOfRoom, startServedDose } from '../support/running-room.ts';
import { secondChecker } from '../../support/prepared-room.ts';
import { roomForEach } from '../support/served-room.ts';
import { nursePin, rateBySixKeys, signIn } from '../support/session-acts.ts';

const therapistPin = '528160';
const people = [secondChecker, { name: 'Therapist', role: 'therapist', pin: therapistPin }] as const;

const room = roomForEach({ people });

test('E2E-4 a nurse and a therapist work in one session at once, each sees the other at once, and no key is lost', async ({ browser }) => {
  await byCalls(room.url, startServedDose);
  const nurse = await (await browser.newContext()).newPage();
  const therapist = await (await browser.newContext()).newPage();
  await atHome(nurse);
  await signIn(nurse, 'Nurse', nursePin);
  await atHome(therapist);
  await signIn(therapist, 'Therapist', therapistPin);
  for (const page of [nurse, therapist]) {
    await page
      .getByRole('button', { name: /session screen|Return to the session/ })
      .first()
      .click();
    await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
  }

  // Both write at the same time, key by key.
  const [byNurse, byTherapist] = ['cuff moved to the other arm, reading again', 'tears; says “I can let it go”, breath deep'];
  await nurse.getByRole('textbox', { name: /Observation/ }).click();
  await therapist.getByRole('textbox', { name: /Observation/ }).click();
  await Promise.all([nurse.keyboard.type(byNurse, { delay: 30 }), therapist.keyboard.type(byTherapist, { delay: 30 })]);
  await expect(nurse.getByRole('textbox', { name: /Observation/ })).toHaveValue(byNurse);
  await expect(therapist.getByRole('textbox', { name: /Observation/ })).toHaveValue(byTherapist);

  // The therapist's note and rating reach the nurse, whose own note is still being written.
  await therapist.keyboard.press('Enter');
  const nurseTimeline = nurse.getByRole('region', { name: 'Session timeline' });
  await expect(nurseTimeline).toContainText('tears; says');
  await therapist.keyboard.press('Escape');
  await rateBySixKeys(therapist, '321021');
  // Its figure has no room on the axis beside the baseline rating that is still due: what is on the disk tells it.
  await expect.poll(async () => (await recordOfRoom(room.url)).ratings.map(({ total }) => total)).toEqual([9]);
  await expect(nurse.getByRole('textbox', { name: /Observation/ })).toHaveValue(byNurse);
  await nurse.keyboard.press('Enter');
  await expect(therapist.getByRole('region', { name: 'Session timeline' })).toContainText('cuff moved');
  await nurse.screenshot({ path: test.info().outputPath('nurse.png') });
  await therapist.screenshot({ path: test.info().outputPath('therapist.png') });

  const session = await recordOfRoom(room.url);
  const written = session.observations.map(({ text, by }) => `${by}: ${text}`).toSorted((a, b) => a.localeCompare(b));
  expect(written).toEqual([`Nurse: ${byNurse}`, `Therapist: ${byTherapist}`]);
  expect(session.ratings.map(({ instrument, by, total }) => [instrument, by, total])).toEqual([['cadss-6', 'Therapist', 9]]);
});

async function atHome(page: Page): Promise<void> {
  await page.goto(room.url);
  await page.waitForURL((url) => !url.hash.includes('token'));
  await page.goto(`${new URL(room.url).origin}/#/home`);
  await expect(page.getByRole('heading', { name: 'Home' })).toBeAttached();
}

test('SEAT-10 at one console a therapist and a nurse are both here, each act is its own person’s, and a handover changes who sits here', async ({
  page,
}) => {
  await byCalls(room.url, startServedDose);
  await page.setViewportSize({ width: 1920, height: 1080 });
  await atHome(page);
  await signIn(page, 'Therapist', therapistPin);
  await page
    .getByRole('button', { name: /session screen|Return to the session/ })
    .first()
    .click();

  // The nurse's act asks for a nurse as it is opened, and goes on as soon as they are here.
  await page.getByRole('button', { name: /^Infusion paused/ }).click();
  const asked = page.getByRole('dialog', { name: 'Sign in' });
  await expect(asked).toContainText('This is for a nurse or a prescriber');
  await expect(asked.getByRole('button', { name: /^Therapist\b/ })).toHaveCount(0);
  await look(page, 'asked-for');
  await asked.getByRole('button', { name: /^Nurse\b/ }).click();
  await page.keyboard.type(nursePin);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Patient anxious' }).click();
  await page.getByRole('button', { name: /^Record the pause/ }).click();
  const who = page.getByRole('button', { name: /signed in here/ });
  await expect(who).toHaveAccessibleName(/^Therapist and Nurse signed in here/);
  await expect(page.getByText('in charge: Nurse')).toBeVisible();
  await look(page, 'two-here');
  await note(page, 'tears, hand held');

  // Two taps bring the other in front, whose line is their own (OBSERVE-14).
  const line = page.getByRole('textbox', { name: /^Observation/ });
  await line.fill('half a thought');
  await who.click();
  await look(page, 'who-is-here');
  const bringForward = (name: RegExp) => page.getByRole('dialog', { name: 'Sign in' }).getByRole('button', { name }).click();
  await bringForward(/^Nurse\b/);
  await expect(who).toHaveAccessibleName(/^Nurse and Therapist signed in here/);
  await expect(line).toHaveValue('');
  await note(page, 'line checked');
  await page.reload();
  await expect(who).toHaveAccessibleName(/^Nurse and Therapist signed in here/);
  await expect(line).toHaveValue('');
  expect(await page.evaluate(() => JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]))).not.toContain(
    'half a thought',
  );
  await who.click();
  await bringForward(/^Therapist\b/);
  await expect(line).toHaveValue('half a thought');
  await line.fill('');
  await who.click();
  await bringForward(/^Nurse\b/);
  await expect(who).toHaveAccessibleName(/^Nurse and Therapist signed in here/);

  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Hand over…' }).click();
  const handover = page.getByRole('dialog', { name: 'Hand over to another nurse' });
  await handover.getByRole('button', { name: /^Second checker/ }).click();
  await page.keyboard.type('837261');
  await page.keyboard.press('Enter');
  await expect(who).toHaveAccessibleName(/^Second checker and Therapist signed in here/);
  await expect(page.getByText('in charge: Second checker')).toBeVisible();
  await look(page, 'handed-over');
  await note(page, 'taken over');

  await who.click();
  const sheet = page.getByRole('dialog', { name: 'Sign in' });
  await sheet.getByRole('button', { name: 'Sign out Second checker' }).click();
  await expect(who).toHaveAccessibleName(/^Therapist (with .* )?signed in here/);
  await sheet.getByRole('button', { name: 'Sign out Therapist' }).click();
  await expect(page.getByText('Demo Patient')).toHaveCount(0);

  const session = await recordOfRoom(room.url);
  const written = session.observations.map(({ text, by }) => `${by}: ${text}`);
  expect(written).toEqual(['Therapist: tears, hand held', 'Nurse: line checked', 'Second checker: taken over']);
  expect(session.marks.filter(({ kind }) => kind === 'dose').map(({ by }) => by)).toEqual(['Nurse', 'Nurse']);
});

/** What was written is on the disk when the line is empty again; on the axis not every note of one minute has room. */
async function note(page: Page, text: string): Promise<void> {
  const line = page.getByRole('textbox', { name: /Observation/ });
  await line.click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await expect(line).toHaveValue('');
  await expect.poll(async () => (await recordOfRoom(room.url)).observations.map((one) => one.text)).toContain(text);
}

/** A picture large at night and one small by day, to be looked at. */
async function look(page: Page, name: string): Promise<void> {
  for (const [theme, width, height] of [
    ['day', 1366, 768],
    ['night', 1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.evaluate((wanted) => (document.documentElement.dataset['theme'] = wanted), theme);
    await page.screenshot({ path: test.info().outputPath(`${name}-${theme}-${width}.png`) });
  }
}
