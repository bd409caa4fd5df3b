import { expect, type Page } from '@playwright/test';
import { answerDoubts, openMilestones, orderByPrescriber, readBack, tick, tickWithWords, weigh } from './route-acts.ts';
import { turnTheDose } from './session-acts.ts';
import type { TypedWords } from './walked-room.ts';

/** What is of one route alone: how it is ordered, given, changed and left. */
export interface RouteWalk {
  readonly route: string;
  readonly protocol: RegExp;
  readonly isRemote: boolean;
  /** On the start screen, from the open session to the first drop, injection, device or lozenge. */
  readonly give: (page: Page, typed: TypedWords) => Promise<void>;
  /** On the session screen: its own turns, and the end of its dose. */
  readonly turn: (page: Page, typed: TypedWords) => Promise<void>;
  /** What the end of its dose is called where it ends before its time. */
  readonly stopped: string;
  /** As the milestone of leaving is called. */
  readonly leaves: string;
  /** What the print says of the dose. */
  readonly prints: readonly string[];
}

const clinicStops = ['Consent confirmed', 'Bedside alarms are on', 'Time-out'] as const;

const infusion: RouteWalk = {
  route: 'infusion',
  protocol: /^IV ketamine/,
  isRemote: false,
  give: async (page, typed) => {
    await weigh(page, '80');
    await orderByPrescriber(page);
    await tick(page, ...clinicStops);
    await tickWithWords(page, 'Escort confirmed', typed.say('an aunt, 555 0101'));
    await readBack(page);
    await page.getByRole('button', { name: /^Infusion started/ }).click();
    // The monitor has no cuff, so there is no pressure yet; without a monitor that, too.
    await answerDoubts(page, typed);
  },
  turn: async (page, typed) => {
    await turnTheDose(page);
    await page.getByRole('button', { name: /^Stopped early/ }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Other' }).click();
    await sheet
      .getByLabel(/words|Detail|what/i)
      .first()
      .fill(typed.say('why it was stopped'));
    await sheet.getByRole('button', { name: /^Record: stopped early/ }).click();
    await expect(sheet).toHaveCount(0);
  },
  stopped: 'Stopped early',
  leaves: 'Discharged with escort',
  prints: ['45 mL/h', '60 mL/h', 'paused'],
};

const injection: RouteWalk = {
  route: 'injection',
  protocol: /^IM ketamine/,
  isRemote: false,
  give: async (page, typed) => {
    await weigh(page, '78');
    await orderByPrescriber(page);
    await tick(page, ...clinicStops);
    await tickWithWords(page, 'Escort confirmed', typed.say('an aunt, 555 0101'));
    await readBack(page);
    await page.getByRole('button', { name: /^Injection given/ }).click();
    await fillInjection(page, 'Left', typed);
    await answerDoubts(page, typed);
  },
  turn: async (page, typed) => {
    await page.getByRole('button', { name: /^Second injection/ }).click();
    await fillInjection(page, 'Right', typed);
    // Far sooner than the ten minutes of the protocol.
    await answerDoubts(page, typed);
  },
  stopped: 'No second injection',
  leaves: 'Discharged with escort',
  prints: ['Ordered: 78 mg', '39 mg at once', 'left deltoid', 'right deltoid'],
};

async function fillInjection(page: Page, side: 'Left' | 'Right', typed: TypedWords): Promise<void> {
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Deltoid' }).click();
  await sheet.getByRole('button', { name: side }).click();
  await sheet.getByLabel('Lot number').fill(typed.say('lot'));
  await sheet.getByRole('button', { name: /^Record the injection/ }).click();
}

const devices: RouteWalk = {
  route: 'nasal devices',
  protocol: /^Intranasal esketamine/,
  isRemote: false,
  give: async (page, typed) => {
    await page.getByRole('button', { name: '84 mg', exact: true }).click();
    await orderByPrescriber(page);
    await tick(page, ...clinicStops);
    await tickWithWords(page, 'Escort confirmed', typed.say('an aunt, 555 0101'));
    await page.getByRole('button', { name: /^First device/ }).click();
    await fillDevice(page, typed);
    // No pressure before the first device, which the programme prescribes; without a monitor that, too.
    await answerDoubts(page, typed);
  },
  turn: async (page, typed) => {
    await page.getByRole('button', { name: /^Device 2 of 3/ }).click();
    await fillDevice(page, typed);
    await answerDoubts(page, typed);
    await page.getByRole('button', { name: /^No further device/ }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Other' }).click();
    await sheet
      .getByLabel(/words|Detail|what/i)
      .first()
      .fill(typed.say('why no third one'));
    await sheet.getByRole('button', { name: /^Record: no further device/ }).click();
    await expect(sheet).toHaveCount(0);
  },
  stopped: 'No further device',
  leaves: 'Discharged with escort',
  prints: ['Ordered: 84 mg', '28 mg at once'],
};

async function fillDevice(page: Page, typed: TypedWords): Promise<void> {
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Lot number').fill(typed.say('lot'));
  await sheet.getByRole('button', { name: /^Record the device/ }).click();
}

const lozenge: RouteWalk = {
  route: 'lozenge at home',
  protocol: /^Sublingual ketamine/,
  isRemote: true,
  give: async (page, typed) => {
    await weigh(page, '68');
    await orderByPrescriber(page);
    await page.getByLabel('Address where the patient is now').fill(typed.say('12 Elm Street'));
    await page.getByLabel('Emergency contact, name and number').fill(typed.say('a sister, 555 0101'));
    await page.getByLabel('Sitter with the patient').fill(typed.say('a friend'));
    await page.getByLabel('Call-back number').fill(typed.say('555 0102'));
    await page.getByRole('button', { name: 'The video is on' }).click();
    await page.getByRole('button', { name: 'Record these' }).click();
    await tick(page, 'Consent confirmed', 'Time-out');
    await page.getByRole('button', { name: /^Lozenge placed/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Record: placed/ })
      .click();
    await answerDoubts(page, typed);
    await expect(page.getByRole('region', { name: 'Session timeline' })).toBeVisible();
  },
  turn: async (page) => {
    await openMilestones(page);
    await page.getByRole('button', { name: /^Check-in call/ }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Lozenge taken out/ }).click();
  },
  stopped: 'Lozenge taken out',
  leaves: 'Staying with the sitter',
  prints: ['Ordered: 100 mg', '100 mg at once'],
};

export const routeWalks: readonly RouteWalk[] = [infusion, injection, devices, lozenge];
