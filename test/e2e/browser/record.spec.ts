import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { callRoom } from '../../support/room-client.ts';
import { expectAccessible } from '../support/axe.ts';
import { boardOf, startServedDose } from '../support/running-room.ts';
import { roomForEach } from '../support/served-room.ts';
import { endSession, nursePin, signIn } from '../support/session-acts.ts';

const room = roomForEach();

test('RECORD-6, RECORD-9 by the screen: a record is verified, saved and printed, what is undone in it stays struck through, and nobody else reads it', async ({
  page,
}) => {
  const calls = await callRoom(room.url);
  await startServedDose(calls);
  const sessionId = (await boardOf(calls)).session?.sessionId ?? '';
  const command = { type: 'record-observation' as const, text: 'hands open', chips: [], begunAt: Date.now() };
  await calls.client.session.execute({ commandId: randomUUID(), sessionId, command });
  calls.close();
  // The printer's dialogue would wait for somebody.
  await page.addInitScript(() => {
    window.print = () => {
      document.title = `${document.querySelectorAll('[data-print="pages"] svg').length} printed`;
    };
  });
  await page.goto(room.url);
  await signIn(page, 'Nurse', nursePin);
  await endSession(page);
  await page.evaluate((id) => location.assign(`#/record/${id}`), sessionId);
  const actions = page.getByRole('group', { name: 'With this record' });

  await actions.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText(/^Not signed\. As it stands its hash is [0-9a-f]{4} /)).toBeVisible();

  for (const [format, begins] of [
    ['PDF', '%PDF-'],
    ['JSON', '{\n "format": "vigil-session-record"'],
    ['CSV', 'part,time,'],
  ] as const) {
    const saving = page.waitForEvent('download');
    await actions.getByRole('button', { name: `Save as ${format}` }).click();
    const download = await saving;
    expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format.toLowerCase()}$`));
    expect(readFileSync(await download.path()).toString('latin1', 0, begins.length)).toBe(begins);
    await expect(page.getByText(new RegExp(`^Saved as vigil-.*\\.${format.toLowerCase()}: `))).toBeVisible();
  }

  await actions.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page).toHaveTitle('1 printed');

  await page.getByRole('button', { name: /^Correct hands open, / }).click();
  await page.getByText('Undo it', { exact: true }).click();
  await page.getByLabel('Why it is undone').fill('said by the sitter');
  await page.getByRole('button', { name: 'Undo the entry' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'hands open' });
  await expect(row.locator('del').first()).toContainText('hands open');
  await expect(row).toContainText(/undone by Nurse \d\d:\d\d: said by the sitter/);
  await expectAccessible(page, 'record, with an entry undone');

  // RECORD-9: whoever comes by afterwards reads nothing of it.
  await expect(page.getByText('Demo Patient').first()).toBeVisible();
  await page.getByRole('button', { name: /^Cover this page/ }).click();
  await expect(page.getByText('Demo Patient')).toHaveCount(0);
  await expect(row).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath('covered.png') });
  await signIn(page, 'Nurse', nursePin);
  await expect(row).toBeVisible();
});
