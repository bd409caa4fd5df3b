import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { canMakePtys } from '../../support/pty-pair.ts';
import { prepareRoom } from '../../support/prepared-room.ts';
import { callRoom, openServedSession } from '../../support/room-client.ts';
import { reach } from '../../support/reach-milestone.ts';
import { pressOnSession } from '../support/keys.ts';
import { cableMonitor, type CabledMonitor } from '../support/cabled-monitor.ts';
import { recordOfRoom } from '../support/running-room.ts';
import { serveRoom, type ServedRoom } from '../support/served-room.ts';
import { checkAndStart, endSession, nursePin, secondPerson, signIn, turnTheDose } from '../support/session-acts.ts';
import { savePdf, signRecord } from '../support/signing-acts.ts';

const therapistPin = '528160';
const privateWords = 'xylofon: what this brings up in me';
/** What an instrument of 23 items may take during an infusion. */
const ratingMsMax = 120_000;

test.skip(!canMakePtys, 'socat is not here to make virtual serial cables');

let monitor: CabledMonitor;
let room: ServedRoom;

test.beforeEach(async () => {
  monitor = await cableMonitor();
  const people = [
    { ...secondPerson, role: 'nurse' },
    { name: 'Therapist', role: 'therapist', pin: therapistPin },
  ] as const;
  const monitors = [{ name: 'Oximeter', protocol: 'masimo-ascii1', port: monitor.port }] as const;
  room = await serveRoom(['--data', await prepareRoom(join(monitor.folder, 'room'), { people, monitors })]);
});

test.afterEach(async () => {
  await room.end();
  await monitor.remove();
});

test('E2E-9 a nurse and a therapist run a session side by side, from the second check to the signature and the PDF', async ({
  browser,
}) => {
  await prepareByCalls();
  const nurse = await (await browser.newContext()).newPage();
  const therapist = await (await browser.newContext()).newPage();
  await signInAt(nurse, 'start', 'Nurse', nursePin);
  await checkAndStart(nurse);
  await signInAt(therapist, 'session', 'Therapist', therapistPin);

  // The nurse turns the dose while the therapist writes: neither takes a key of the other.
  const words = 'breath deep and slow, hands open; eyes closed since the pause';
  await therapist.getByRole('textbox', { name: /^Observation/ }).click();
  await Promise.all([turnTheDose(nurse), therapist.keyboard.type(words, { delay: 25 })]);
  await expect(therapist.getByRole('textbox', { name: /^Observation/ })).toHaveValue(words);
  await expect(timeline(therapist)).toContainText('Paused');
  await therapist.keyboard.press('Enter');
  await expect(timeline(nurse)).toContainText('breath deep');

  // An adverse event of the therapist's is before the nurse's eyes, and the nurse ends it.
  await therapist.keyboard.press('Escape');
  await therapist.getByRole('button', { name: 'Adverse event', exact: true }).click();
  await expectVitalsInSight(therapist);
  await therapist.getByRole('button', { name: 'Anxiety, panic', exact: true }).click();
  await therapist.getByRole('button', { name: 'Mild' }).click();
  const open = nurse.getByRole('list', { name: 'Open adverse events' });
  await expect(open).toContainText('Anxiety');
  await open.getByRole('button').click();
  await nurse.getByRole('button', { name: 'Resolved now, recovered' }).click();
  await expect(therapist.getByRole('list', { name: 'Open adverse events' })).toHaveCount(0);

  const byKeysMs = await rateAll(therapist, (value) => therapist.keyboard.press(String(value)));
  const byTouchMs = await rateAll(therapist, (value, item) => answerButton(therapist, item, value).click());
  const told = `CADSS-23: ${Math.round(byKeysMs / 1000)} s by keys, ${Math.round(byTouchMs / 1000)} s by touch targets`;
  test.info().annotations.push({ type: 'figures', description: told });
  expect(Math.max(byKeysMs, byTouchMs), told).toBeLessThan(ratingMsMax);

  await writePrivately(therapist);
  await expect(nurse.getByText('private note', { exact: true })).toBeVisible();
  expect(await nurse.content()).not.toContain('xylofon');

  await handOver(nurse);
  await endSession(nurse);
  await nurse.getByRole('button', { name: 'Back', exact: true }).click();
  await nurse.getByRole('button', { name: /^Sign the record of/ }).click();
  // Whoever took over sits at the nurse's page now, and ended the session there.
  await signRecord(nurse, secondPerson.name, secondPerson.pin);
  await nurse.getByRole('button', { name: 'Open the record' }).click();
  await expect(nurse.getByRole('heading', { name: 'What was recorded' })).toBeVisible();
  expect(readFileSync(await savePdf(nurse)).toString('latin1', 0, 4)).toBe('%PDF');

  const record = await recordOfRoom(room.url);
  expect(record.observations.map(({ text, by }) => [text, by])).toEqual([[words, 'Therapist']]);
  expect(record.ratings.map(({ instrument, total, by }) => [instrument, total, by])).toEqual([
    ['cadss-23', 23, 'Therapist'],
    ['cadss-23', 23, 'Therapist'],
  ]);
  expect(record.signed).toMatchObject({ status: 'signed', version: 1, by: secondPerson.name });
  expect(record.privateMarks).toHaveLength(1);
});

/** Up to the second check, by calls: the screens before it have specs of their own. */
async function prepareByCalls(): Promise<void> {
  const calls = await callRoom(room.url);
  const { sessionId } = await openServedSession(calls);
  for (const command of [
    reach('identity'),
    { type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } },
    { type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true },
  ] as const) {
    await calls.client.session.execute({ commandId: randomUUID(), sessionId, command });
  }
  calls.close();
}

async function signInAt(page: Page, place: 'start' | 'session', name: string, pin: string): Promise<void> {
  const { origin } = new URL(room.url);
  await page.goto(room.url);
  await page.waitForURL((url) => !url.hash.includes('token'));
  await page.goto(`${origin}/#/home`);
  await signIn(page, name, pin);
  await page.goto(`${origin}/#/${place}`);
}

function timeline(page: Page) {
  return page.getByRole('region', { name: 'Session timeline' });
}

/** Nothing lies over the vitals, whatever sheet is open. */
async function expectVitalsInSight(page: Page): Promise<void> {
  const vitals = page.getByRole('region', { name: /vital/i });
  const covered = await vitals.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const points = [0.2, 0.5, 0.8].map((share) => document.elementFromPoint(left + width / 2, top + height * share));
    return points.filter((found) => !element.contains(found)).length;
  });
  expect(covered, 'points of the vitals that something covers').toBe(0);
}

function answerButton(page: Page, item: number, value: number) {
  return page
    .getByRole('group', { name: `Answer to item ${item}`, exact: true })
    .getByRole('button')
    .nth(value);
}

/** All 23 items, each answered 1; returns how long it took. */
async function rateAll(page: Page, answer: (value: number, item: number) => Promise<void>): Promise<number> {
  await page.getByRole('button', { name: /^Any rating/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /CADSS-23/ })
    .click();
  const sheet = page.getByRole('dialog', { name: /CADSS-23/ });
  await expect(sheet).toBeVisible();
  await expectVitalsInSight(page);
  const beganMs = performance.now();
  for (let item = 1; item <= 23; item += 1) {
    await answer(1, item);
    await expect(sheet).toContainText(`${item} of 23`);
  }
  await sheet.getByRole('button', { name: /^Finish/ }).click();
  await expect(sheet).toBeHidden();
  return performance.now() - beganMs;
}

async function writePrivately(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'private', exact: true }).click();
  // The pad of this sheet takes digits while it has the focus.
  await expect(page.getByRole('group', { name: /^PIN pad\. PIN of Therapist/ })).toBeFocused();
  await page.keyboard.type(therapistPin);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: /^Private note/ })).toBeFocused();
  await page.keyboard.type(privateWords);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '1 note of mine' })).toBeVisible();
}

async function handOver(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await pressOnSession(page, 'm');
  await page.getByRole('button', { name: /^Hand over/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Hand over to another nurse' });
  await expectVitalsInSight(page);
  await sheet.getByRole('button', { name: new RegExp(`^${secondPerson.name}`) }).click();
  await page.keyboard.type(secondPerson.pin);
  await page.keyboard.press('Enter');
  await expect(sheet).toBeHidden();
}
