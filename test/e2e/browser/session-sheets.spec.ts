import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { byCalls, callRoom } from '../../support/room-client.ts';
import { boardOf, recordOfRoom, startServedDose } from '../support/running-room.ts';
import { nurse } from '../../support/prepared-room.ts';
import { pressOnSession } from '../support/keys.ts';
import { roomForEach } from '../support/served-room.ts';
import { signIn } from '../support/session-acts.ts';

const room = roomForEach();

test.beforeEach(async () => {
  await byCalls(room.url, startServedDose);
});

/** What the room says waits behind `hold()` until `release()`. */
async function slowRoom(page: Page): Promise<{ readonly hold: () => void; readonly release: () => void }> {
  let held: (() => void)[] | null = null;
  await page.routeWebSocket(/.*/, (socket) => {
    const service = socket.connectToServer();
    service.onMessage((message) => {
      const pass = (): void => socket.send(message);
      if (held === null) pass();
      else held.push(pass);
    });
  });
  return {
    hold: () => {
      held = [];
    },
    release: () => {
      const waiting = held ?? [];
      held = null;
      for (const pass of waiting) pass();
    },
  };
}

test('SCREEN-34 vitals that are recorded late do not close the sheet that was opened since', async ({ page }) => {
  const slow = await slowRoom(page);
  await page.goto(room.url);
  await signIn(page, 'Nurse', nurse.pin);
  await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
  await page.getByRole('button', { name: 'Pulse: enter by hand' }).click();
  const vitals = page.getByRole('dialog', { name: 'Vitals by hand' });
  await vitals.getByRole('textbox', { name: /^Pulse/ }).fill('77');
  slow.hold();
  await vitals.getByRole('button', { name: /^Record/ }).click();
  await page.keyboard.press('Escape');
  await expect(vitals).toHaveCount(0);
  await page.getByRole('button', { name: /^Any rating/ }).click();
  const ratings = page.getByRole('dialog', { name: 'Which rating?' });
  await expect(ratings).toBeVisible();
  await expect.poll(async () => (await recordOfRoom(room.url)).enteredVitals.map(({ value }) => value)).toContain(77);
  slow.release();
  // The page is told of the entry; what closed the sheet would have closed it by then.
  await expect(page.getByRole('article', { name: /^Pulse 77/ })).toBeVisible();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))));
  await expect(ratings).toBeVisible();
});

test('SCREEN-35 without a monitor a touched tile opens its field, another one goes on to the next, and the figure stands in the tile', async ({
  page,
}) => {
  await page.goto(room.url);
  await signIn(page, 'Nurse', nurse.pin);
  await page.getByRole('button', { name: 'Pulse: enter by hand' }).click();
  const vitals = page.getByRole('dialog', { name: 'Vitals by hand' });
  await expect(vitals.getByRole('textbox', { name: /^Pulse/ })).toBeFocused();
  await page.keyboard.type('81');
  await page.getByRole('button', { name: 'Respiration: enter by hand' }).click();
  await expect(vitals.getByRole('textbox', { name: /^Respiration/ })).toBeFocused();
  await expect(vitals.getByRole('textbox', { name: /^Pulse/ })).toHaveValue('81');
  await page.keyboard.type('15');
  await vitals.getByRole('button', { name: /^Record/ }).click();
  await expect(page.getByRole('article', { name: /^Respiration 15/ })).toBeVisible();
  await page.getByRole('button', { name: 'Pulse: enter by hand' }).click();
  await expect(vitals.getByRole('textbox', { name: /^Pulse/ })).toHaveValue('');
});

test('OBSERVE-12 what is pasted beyond what fits stays whole, says how much has to go, and is recorded by no key and no button until then', async ({
  page,
}) => {
  const pasted = 'a dictated note '.repeat(300).trim();
  await page.goto(room.url);
  await signIn(page, 'Nurse', nurse.pin);
  const line = page.getByRole('textbox', { name: /^Observation/ });
  await line.click();
  await page.keyboard.insertText(pasted);
  await expect(line).toHaveValue(pasted);
  await expect(page.getByRole('alert').filter({ hasText: '4799 characters, 4000 fit: take out 799.' })).toBeVisible();
  await page.keyboard.press('Enter');
  await page.reload();
  await expect(line).toHaveValue(pasted);
  expect((await recordOfRoom(room.url)).observations).toEqual([]);
  await line.fill(pasted.slice(0, 3999));
  await line.press('Enter');
  await expect.poll(async () => (await recordOfRoom(room.url)).observations.map(({ text }) => text)).toEqual([pasted.slice(0, 3999)]);

  // The form of a sheet waits for a field of it that holds too much, also where the button is pressed.
  await page.keyboard.press('Escape');
  await page.keyboard.press('o');
  await page.getByRole('button', { name: 'Correct…' }).click();
  await page.getByText('Other words', { exact: true }).click();
  await page.getByRole('textbox', { name: 'The words as they should read' }).fill('shorter');
  const reason = page.getByRole('textbox', { name: 'Why it is amended' });
  await reason.click();
  await page.keyboard.insertText(pasted.slice(0, 400).trim());
  await expect(page.getByText(/^399 characters, 300 fit: take out 99\./)).toBeVisible();
  await page.getByRole('button', { name: /^Amend the words/ }).click();
  await expect(reason).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(reason).toHaveValue(pasted.slice(0, 400).trim());
  expect((await recordOfRoom(room.url)).observations.map(({ text }) => text)).toEqual([pasted.slice(0, 3999)]);
  await reason.fill('dictated twice');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await recordOfRoom(room.url)).observations.map(({ text }) => text)).toEqual(['shorter']);
});

test('CORRECT-11 a rating is in the list of what was recorded while the session runs, and is undone there with a reason', async ({
  page,
}) => {
  const calls = await callRoom(room.url);
  const { staff } = await boardOf(calls);
  await calls.client.staff.signIn({ personId: staff.people.find(({ name }) => name === 'Nurse')?.personId ?? '', pin: nurse.pin });
  const [{ sessionId }, ratingId] = [await recordOfRoom(room.url), randomUUID()];
  for (const command of [
    { type: 'open-rating' as const, instrument: 'moaa-s' as const, ratingId, answers: [{ item: 1, value: 2 }] },
    { type: 'finish-rating' as const, ratingId },
  ]) {
    await calls.client.session.execute({ commandId: randomUUID(), sessionId, command });
  }
  calls.close();
  await page.goto(room.url);
  await signIn(page, 'Nurse', nurse.pin);
  await pressOnSession(page, 'm');
  await page.getByRole('button', { name: /MOAA\/S 2.*Correct/ }).click();
  await page.getByText('Undo it', { exact: true }).click();
  await page.getByLabel('Why it is undone').fill('tapped 2 for 5');
  await page.getByRole('button', { name: 'Undo the entry' }).click();
  await expect.poll(async () => (await recordOfRoom(room.url)).ratings).toEqual([]);
});
