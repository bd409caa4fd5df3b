import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { eventLabel } from '../../../electron/service/session/events/event-words.ts';
import { canMakePtys } from '../../support/pty-pair.ts';
import { cableMonitor, type CabledMonitor } from '../support/cabled-monitor.ts';
import { readPdf, readSessionLog } from '../support/read-print.ts';
import {
  addForgotten,
  answerAndSign,
  correctTwo,
  endWithReason,
  leave,
  openSessionOf,
  sayMissed,
  writeNote,
} from '../support/route-acts.ts';
import { routeWalks, type RouteWalk } from '../support/route-walks.ts';
import { serveRoom, type ServedRoom } from '../support/served-room.ts';
import { enterPressure, nursePin, rateBySixKeys, signIn } from '../support/session-acts.ts';
import { savePdf } from '../support/signing-acts.ts';
import { prepareWalkedRoom, TypedWords, walkPeople } from '../support/walked-room.ts';

const soak = process.env['VIGIL_SOAK'] !== undefined;

let folder: string;
let monitor: CabledMonitor | null;
let room: ServedRoom;

test.beforeEach(() => {
  monitor = null;
  folder = mkdtempSync(join(tmpdir(), 'vigil-e2e-'));
});

test.afterEach(async () => {
  await room.end();
  await monitor?.remove();
  rmSync(folder, { recursive: true, force: true });
});

for (const [index, walk] of routeWalks.entries()) {
  for (const hasMonitor of [true, false]) {
    // In the short form each route goes once, every second one with a monitor.
    if (!soak && hasMonitor !== (index % 2 === 0)) continue;
    const words = `by ${walk.route}, ${hasMonitor ? 'with a monitor' : 'without a monitor'}`;
    test(`E2E-10 ${words}: from a new patient to the signed PDF, whose words are those of the log`, async ({ browser }) => {
      test.skip(hasMonitor && !canMakePtys, 'socat is not here to make virtual serial cables');
      if (hasMonitor) monitor = await cableMonitor();
      room = await serveRoom(['--data', await prepareWalkedRoom(join(folder, 'room'), monitor?.port ?? null)]);
      const typed = new TypedWords();
      const pdf = await walkThrough(browser, walk, hasMonitor, typed);
      await room.end();
      expectPrinted(readPdf(pdf), readSessionLog(folder), typed, walk);
    });
  }
}

/** Returns where the PDF was put. */
async function walkThrough(browser: Browser, walk: RouteWalk, hasMonitor: boolean, typed: TypedWords): Promise<string> {
  const viewport = hasMonitor ? { width: 1920, height: 1080 } : { width: 1366, height: 768 };
  const page = await (await browser.newContext({ viewport, locale: 'en-GB' })).newPage();
  await page.goto(room.url);
  await signIn(page, 'Nurse', nursePin);
  await openSessionOf(page, walk.protocol, walk.isRemote);
  await walk.give(page, typed);
  await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
  await sayMissed(page, 'SUDS', typed);
  await writeNote(page, typed.say('breath slower'));
  await enterPressure(page, '128', '82');
  await rateBySixKeys(page, '321021');
  if (hasMonitor) await writeBeside(browser, typed, page);
  await walk.turn(page, typed);
  await correctTwo(page, typed);
  await page.screenshot({ path: test.info().outputPath('session.png') });
  await leave(page, walk.leaves, typed);
  await endWithReason(page, typed);
  await addForgotten(page, typed);
  await answerAndSign(page, nursePin, typed);
  await page.getByRole('button', { name: 'Open the record' }).click();
  await page.screenshot({ path: test.info().outputPath('record.png') });
  return savePdf(page);
}

/** A therapist on a page of their own writes beside the nurse. */
async function writeBeside(browser: Browser, typed: TypedWords, nurse: Page): Promise<void> {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(room.url);
  await signIn(page, 'Therapist', walkPeople.therapist.pin);
  const words = typed.say('tears, hands open');
  await writeNote(page, words);
  await expect(nurse.getByRole('region', { name: 'Session timeline' })).toContainText(words.slice(0, 12));
  await page.close();
}

function expectPrinted(print: string, log: readonly ReturnType<typeof readSessionLog>[number][], typed: TypedWords, walk: RouteWalk): void {
  const inLog = JSON.stringify(log);
  expect(
    typed.all.filter((words) => !inLog.includes(words)),
    'typed, and not in the log',
  ).toEqual([]);
  expect(
    typed.all.filter((words) => !print.includes(words)),
    'typed, and not in the print',
  ).toEqual([]);
  const called = log.map((event) => (event.kind === 'dose-stopped-early' ? walk.stopped : eventLabel(event)));
  expect(
    called.filter((label) => !print.includes(label)),
    'events of the log that the print does not name',
  ).toEqual([]);
  expect(
    walk.prints.filter((words) => !print.includes(words)),
    'what the print says of the dose',
  ).toEqual([]);
}
