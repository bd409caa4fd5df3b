import { expect, test } from '@playwright/test';
import { demoPin } from '../../../shared/boot/demo-pin.ts';
import { pressByKey, pressOnSession, reachByTab } from '../support/keys.ts';
import { demoPlayed } from '../support/played-demo.ts';
import { roomForEach } from '../support/served-room.ts';

const room = roomForEach('demo');

test('E2E-5 a session goes by the keyboard alone, from sign-in over milestone, note, rating, pause and undo to its end', async ({
  page,
}) => {
  await page.goto(room.url);
  const button = (name: string | RegExp) => page.getByRole('button', { name }).first();
  const timeline = page.getByRole('region', { name: 'Session timeline' });
  await demoPlayed(page);

  // From Home, as from any other place.
  await pressByKey(page, button('Home'), 'Home');
  await pressByKey(page, button('Sign in'), 'Sign in');
  await pressByKey(page, button(/^Nurse\b.*nurse/), 'the tile of the nurse');
  await reachByTab(page, page.getByRole('group', { name: /PIN of Nurse/ }), 'the PIN pad');
  await page.keyboard.type(demoPin);
  await page.keyboard.press('Enter');
  await expect(button(/^Nurse (with .* )?signed in here/)).toBeVisible();

  await pressByKey(page, button('Return to the session'), 'Return to the session');
  await expect(timeline).toBeVisible();

  // A milestone, and its undo while it is offered.
  await page.keyboard.press('m');
  const milestone = page.getByRole('dialog', { name: 'All milestones' }).getByRole('button', { name: /^Eyeshades, music/ });
  const undo = page.getByRole('button', { name: /^Undo / });
  // It is offered for ten seconds, and Tab can take longer than that where the machine has else to do.
  await expect(async () => {
    await pressByKey(page, milestone.first(), 'a milestone');
    await pressByKey(page, undo.first(), 'Undo of the milestone');
  }).toPass();
  await expect(undo).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  // A note with two chips: one before its first letter, one in the middle of it.
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: /calm/ })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('n');
  await page.keyboard.type('eyes open, ');
  await page.keyboard.press('Alt+8');
  await expect(page.getByRole('button', { name: /grounding/ })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.type('2 deep breaths');
  await expect(page.getByRole('textbox', { name: /Observation/ })).toHaveValue('eyes open, 2 deep breaths');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: /Observation/ })).toHaveValue('');
  await page.keyboard.press('Escape');

  // The rating that is due.
  await page.keyboard.press('r');
  const rating = page.getByRole('dialog');
  const finish = rating.getByRole('button', { name: /^Finish/ });
  await expect(finish).toBeVisible();
  const name = (await rating.getAttribute('aria-label')) ?? '';
  const items = name.includes('CADSS-6') ? 6 : name.includes('CADSS-23') ? 23 : 1;
  for (let item = 1; item <= items; item += 1) {
    await page.keyboard.press('2');
    if (items > 1) await expect(rating).toContainText(`${item} of ${items}`);
  }
  await expect(finish).toHaveAttribute('aria-disabled', 'false');
  await pressByKey(page, finish, 'Finish of the rating');
  await expect(rating).toBeHidden();

  // Pause with a reason, resume.
  await pressByKey(page, button(/^Infusion paused/), 'Infusion paused');
  await pressByKey(page, button('Patient asked'), 'a reason');
  await pressByKey(page, button(/^Record the pause/), 'Record the pause');
  await pressByKey(page, button(/^Infusion resumed/), 'Infusion resumed');
  await pressByKey(page, button(/^Record: resumed/), 'Record: resumed');
  await expect(button(/^Infusion paused/)).toBeVisible();

  // To the end: the dose, then the session, with a reason for what is open.
  await pressByKey(page, button(/^Stopped early/), 'Stopped early');
  await pressByKey(page, button('Prescriber’s order'), 'a reason');
  await pressByKey(page, button(/^Record: stopped early/), 'Record: stopped early');
  await expect(page.getByText(/^ended /)).toBeAttached();
  await pressOnSession(page, 'm');
  await pressByKey(page, button(/^End the session/), 'End the session');
  const end = page.getByRole('dialog', { name: 'End the session' });
  await reachByTab(page, end.getByRole('textbox'), 'the reason');
  await page.keyboard.type('end of the test');
  await pressByKey(page, end.getByRole('button', { name: 'End the session' }), 'End the session');
  await expect(page.getByRole('heading', { name: 'Before signing' })).toBeVisible();
  await pressByKey(page, button('Open the record'), 'Open the record');
  await expect(page.getByRole('heading', { name: 'What was recorded' })).toBeVisible();
  await expect(page.getByText('eyes open, 2 deep breaths').first()).toBeAttached();
  await page.screenshot({ path: test.info().outputPath('record.png') });
});
