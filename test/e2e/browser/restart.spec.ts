import { setTimeout } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { byCalls } from '../../support/room-client.ts';
import { recordOfRoom, startServedDose } from '../support/running-room.ts';
import { roomForEach } from '../support/served-room.ts';
import { nursePin, signIn } from '../support/session-acts.ts';

const room = roomForEach();

test('E2E-7 after a kill during a running dose the nurse is asked about the pump, and says that it runs', async ({ page }) => {
  await byCalls(room.url, startServedDose);
  await page.goto(room.url);
  await signIn(page, 'Nurse', nursePin);
  const running = page.getByRole('button', { name: 'The pump is running' });
  await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
  await expect(running).toHaveCount(0);
  const line = page.getByRole('textbox', { name: /^Observation/ });
  await line.fill('half a thought');
  await room.end('SIGKILL');
  await expect(page.getByText('No contact with the room service')).toBeVisible();
  // The pump is asked about after a gap in the record, and less than two seconds is none.
  await setTimeout(2_500);
  await room.serveAgain();
  await expect(page.getByText('No contact with the room service')).toBeHidden();
  // Seats end with the service that held them: whoever answers says again who they are, and sees the session then.
  await expect(page.getByRole('region', { name: 'A session is open in this room' })).toBeVisible();
  await signIn(page, 'Nurse', nursePin);
  await expect(running).toBeVisible();
  // What was typed is in the page still, and goes to the service that was started again (OBSERVE-14).
  await expect(line).toHaveValue('half a thought');
  await page.reload();
  await expect(line).toHaveValue('half a thought');
  await page.screenshot({ path: test.info().outputPath('pump-asked.png') });
  await running.click();
  await expect(running).toHaveCount(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  const session = await recordOfRoom(room.url);
  expect(session.dose.state).toBe('running');
  expect(session.due.filter(({ kind }) => kind === 'pump')).toEqual([]);
});

test('HOST-9 a room service that ends by itself is started again at the same address, and an open page finds its way back', async ({
  page,
}) => {
  await byCalls(room.url, startServedDose);
  await page.goto(room.url);
  await signIn(page, 'Nurse', nursePin);
  await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
  process.kill(room.pid, 'SIGKILL');
  // Seats end with the service: that nobody is signed in any more is told by the next one.
  await expect(page.getByRole('region', { name: 'A session is open in this room' })).toBeVisible();
  await signIn(page, 'Nurse', nursePin);
  await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
  expect((await recordOfRoom(room.url)).dose.state).toBe('running');
  // As a kiosk does that opens its browser anew on the address of before: the service has another code by now (HOST-16).
  await page.goto(`${new URL(room.url).origin}/#code=${'x'.repeat(43)}`);
  await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
});

test('HOST-16 a page whose address was used before says so, records nothing, and comes in by an address of its own', async ({ page }) => {
  await page.goto(`${new URL(room.url).origin}/#code=${'x'.repeat(43)}`);
  await expect(page.getByText('This page is not let in')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('not-let-in.png') });
  await page.goto(room.url);
  await expect(page.getByText('This page is not let in')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Sign in' }).first()).toBeVisible();
});
