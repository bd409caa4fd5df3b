import { expect, test, type Page } from '@playwright/test';
import { byCalls } from '../../support/room-client.ts';
import { startServedDose } from '../support/running-room.ts';
import { expectAccessible } from '../support/axe.ts';
import { secondChecker } from '../../support/prepared-room.ts';
import { roomForEach } from '../support/served-room.ts';
import { signIn } from '../support/session-acts.ts';

const pin = '528160';
const [phrase, anotherPhrase] = ['a slow boat home', 'not the boat at all'];
const room = roomForEach({ people: [secondChecker, { name: 'Therapist', role: 'therapist', pin }] });

async function typeSecret(page: Page, words: string): Promise<void> {
  await page.getByLabel(/phrase/i).fill(words);
  await page.getByRole('group', { name: /PIN of/ }).focus();
  await page.keyboard.type(pin);
  await page.keyboard.press('Enter');
}

const line = (page: Page) => page.getByRole('textbox', { name: /^Private note/ });
const toPrivate = (page: Page) => page.getByRole('button', { name: 'private', exact: true }).click();

test('PRIVATE-35 whoever lost their phrase begins anew at the form, is told what stays sealed, and opens it when it comes back', async ({
  page,
}) => {
  await byCalls(room.url, startServedDose);
  await page.goto(room.url);
  await signIn(page, 'Therapist', pin);
  await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
  await toPrivate(page);
  await typeSecret(page, phrase);
  await expect(line(page)).toBeFocused();
  await page.keyboard.type('xylofon');
  await page.getByRole('button', { name: 'Record private' }).click();
  await expect(page.getByRole('button', { name: '1 note of mine' })).toBeVisible();
  await page.getByRole('button', { name: 'Close private' }).click();

  await toPrivate(page);
  await expect(page.getByRole('button', { name: /Begin new private notes/ })).toHaveCount(0);
  await typeSecret(page, anotherPhrase);
  await page.getByRole('button', { name: /Begin new private notes/ }).click();
  await expect(page.getByText(/The notes from before stay sealed with what was lost/)).toBeVisible();
  await expectAccessible(page, 'beginning anew');
  await typeSecret(page, anotherPhrase);
  await expect(line(page)).toBeFocused();
  await page.getByRole('button', { name: '0 notes of mine · 1 sealed' }).click();
  await expect(page.getByText(/^1 note of yours, in this session or another, is sealed/)).toBeVisible();
  await expect(page.getByText('xylofon')).toHaveCount(0);
  await page.getByRole('button', { name: /I remember it/ }).click();
  await expectAccessible(page, 'what stays sealed');
  await typeSecret(page, phrase);
  await expect(page.getByText('xylofon')).toBeVisible();
  await expect(page.getByText(/is sealed with an earlier PIN/)).toHaveCount(0);
});
