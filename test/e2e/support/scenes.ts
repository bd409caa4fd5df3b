import { expect, type Page } from '@playwright/test';
import { fixtureId } from '../../fixtures/boards/golden-times.ts';

/** A laptop, a tablet, a browser's window with its bars, and text at twice its size, beside the clinic's console. */
export const sizes = [
  [1920, 1080],
  [1920, 937],
  [1536, 730],
  [1366, 768],
  [1366, 625],
  [1280, 720],
  [1093, 614],
  [1024, 768],
  [820, 1180],
  [683, 384],
] as const;

export interface Scene {
  readonly place: string;
  readonly name: string;
  /** What the gallery is asked for. */
  readonly asked: Readonly<Record<string, string>>;
  readonly hash?: string;
  /** Shows no layout that the others do not: played in the long form. */
  readonly longForm?: boolean;
  /** Brings what is meant onto the screen, and waits until it is there. */
  readonly open: (page: Page) => Promise<void>;
}

const record = fixtureId(8, 1);

function session(name: string, state: string, open: Scene['open'] = async () => undefined): Scene {
  return {
    place: 'session',
    name,
    asked: { state },
    hash: '#/session',
    open: async (page) => {
      await expect(page.getByRole('main', { name: 'Session' })).toBeVisible();
      await open(page);
    },
  };
}

function sheet(name: string, act: (page: Page) => Promise<void>, state = 'full'): Scene {
  return {
    ...session(name, state, async (page) => {
      await act(page);
      await expect(page.getByRole('dialog')).toBeVisible();
    }),
    place: 'sheets',
  };
}

const key = (one: string) => (page: Page) => page.keyboard.press(one);
const press = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click();

function place(at: string, name: string, asked: Readonly<Record<string, string>>, shows: string | RegExp, hash = `#/${at}`): Scene {
  return {
    place: at,
    name,
    asked,
    hash,
    open: async (page) => {
      await expect(page.getByText(shows).first()).toBeAttached();
    },
  };
}

/** Behind the list of milestones. */
function inMilestones(name: string | RegExp): (page: Page) => Promise<void> {
  return async (page) => {
    await key('m')(page);
    await page.getByRole('dialog').getByRole('button', { name }).first().click();
  };
}

function onHome(name: string, button: RegExp, person = 'nurse'): Scene {
  const home = place('home', name, { state: 'no-session', person }, 'Sessions today');
  return {
    ...home,
    open: async (page) => {
      await home.open(page);
      await press(button)(page);
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  };
}

/** A dose that raises doubts, asked about in its sheet. */
export async function askAboutInjection(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Injection given/ }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Deltoid' }).click();
  await sheet.getByRole('button', { name: 'Left' }).click();
  await sheet.getByLabel('Lot number').fill('A123');
  await sheet.getByRole('button', { name: 'Record the injection' }).click();
  await expect(sheet.getByRole('alert')).toBeVisible();
}

/** Whoever is signed in, and what a PIN that is typed leads to. */
function atSignIn(pin: string, shows: string | RegExp): (page: Page) => Promise<void> {
  return async (page) => {
    await press(/switch person/)(page);
    await page
      .getByRole('button', { name: /^Second person, beside/ })
      .or(page.getByText(/^Second person, beside/))
      .first()
      .click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Second nurse/ })
      .click();
    await page.keyboard.type(pin);
    await key('Enter')(page);
    await expect(page.getByText(shows).first()).toBeVisible();
  };
}

/** From the first step of the set-up to a monitor that is chosen by hand. */
export async function openMonitorStep(page: Page): Promise<void> {
  await page.getByLabel('Name of the room').fill('Room 2');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Your name').fill('Nurse');
  for (const field of ['PIN', 'The same PIN again']) await page.getByLabel(field, { exact: true }).fill('204816');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'Add a monitor' }).click();
  await expect(page.getByRole('region', { name: 'Monitor 1' })).toBeVisible();
}

/** The private side as its author has it, a long note on the line, and what is done with it. */
function privately(name: string, act?: (page: Page) => Promise<void>): Scene {
  const scene = session(name, 'full', async (page) => {
    await press('private')(page);
    await expect(page.getByRole('group', { name: /PIN of / })).toBeFocused();
    await page.keyboard.type('204816');
    await key('Enter')(page);
    const line = page.getByRole('textbox', { name: /^Private note/ });
    await expect(line).toBeFocused();
    await line.fill('Comes back to the first session, to the door that would not open, and says that today it stood ajar. '.repeat(3));
    if (act === undefined) return;
    await act(page);
    await expect(page.getByRole('dialog')).toBeVisible();
  });
  return { ...scene, asked: { ...scene.asked, person: 'therapist' } };
}

const inLongForm = (scene: Scene): Scene => ({ ...scene, longForm: true });

export const scenes: readonly Scene[] = [
  session('running', 'full'),
  session('crowded', 'crowded'),
  session('stale', 'stale'),
  inLongForm(session('pump', 'pump')),
  inLongForm(session('paused', 'paused')),
  session('long', 'long'),
  inLongForm(session('two-here', 'staffed', atSignIn('204816', /^with$|^and$/))),
  inLongForm(session('by-hand', 'by-hand')),
  privately('private-line'),
  privately('private-notes', press(/notes of mine$/)),
  session('im', 'im-running'),
  session('no-monitor', 'typed'),
  inLongForm(session('nothing-typed', 'nothing-typed')),
  inLongForm(session('intranasal', 'intranasal-running')),
  inLongForm(session('sublingual', 'sublingual-running')),
  sheet('milestones', key('m')),
  sheet('vitals', key('v')),
  sheet('rating', key('r'), 'rating'),
  inLongForm(sheet('ratings', key('Shift+R'))),
  sheet('adverse-event', key('a')),
  inLongForm(sheet('drug', key('g'))),
  sheet('drawn', key('w')),
  inLongForm(sheet('keys', key('?'))),
  inLongForm(sheet('sign-in', press(/switch person/))),
  inLongForm(sheet('first-pin', atSignIn('604813', 'Choose your own PIN.'), 'staffed')),
  inLongForm(sheet('missed', press(/^missed…/), 'typed')),
  inLongForm(sheet('correct', inMilestones(/correct/i))),
  inLongForm(sheet('discharge', inMilestones(/^(Discharge|Criteria|Going home)/))),
  inLongForm(sheet('hand-over', inMilestones('Hand over…'), 'staffed')),
  inLongForm(onHome('people', /^Add or change people$/)),
  inLongForm({
    ...onHome('add-person', /^Add or change people$/),
    open: async (page) => {
      await press(/^Add or change people$/)(page);
      await page.getByRole('dialog').getByRole('button', { name: 'Add a person' }).click();
      await expect(page.getByLabel('The same PIN again')).toBeVisible();
    },
  }),
  inLongForm({
    ...onHome('new-pin', /^Add or change people$/),
    open: async (page) => {
      await press(/^Add or change people$/)(page);
      const sheet = page.getByRole('dialog');
      await sheet.getByRole('button', { name: /^Change .*Therapist/ }).click();
      await sheet.getByRole('button', { name: 'Give a new first PIN' }).click();
      await expect(page.getByLabel('The same PIN again')).toBeVisible();
    },
  }),
  inLongForm(onHome('text-packs', /^Rating wording…$/)),
  inLongForm({
    ...place('home', 'second-persons', { state: 'no-session' }, 'Sessions today'),
    open: (page) => page.getByText('Who may be the second person').first().click(),
  }),
  inLongForm(place('session', 'covered', { state: 'covered', person: 'nobody' }, 'A session is open in this room', '#/session')),
  inLongForm(onHome('drug-log', /^Open the drug log$/)),
  inLongForm(onHome('who-looked', /^Show who looked$/, 'prescriber')),
  inLongForm(sheet('observations', key('o'))),
  sheet('observation', key('d')),
  sheet('rate', press(/^Rate changed/)),
  inLongForm(sheet('pause', press(/^Infusion paused/))),
  sheet('stop', press(/^Stopped early/)),
  place('start', 'no-session', { state: 'no-session' }, 'Start a session'),
  inLongForm(place('start', 'opened', { state: 'preparing-opened' }, 'Start a session')),
  place('start', 'ordered', { state: 'preparing-ordered' }, 'Start a session'),
  inLongForm(place('start', 'all', { state: 'preparing-all' }, 'Start a session')),
  inLongForm(place('start', 'im-opened', { state: 'im-opened' }, 'Start a session')),
  inLongForm(place('start', 'im-ordered', { state: 'im-ordered' }, 'Start a session')),
  place('start', 'im-ready', { state: 'im-ready' }, 'Start a session'),
  inLongForm(place('start', 'intranasal-ready', { state: 'intranasal-ready' }, 'Start a session')),
  place('start', 'sublingual-ready', { state: 'sublingual-ready' }, 'Start a session'),
  inLongForm({
    ...place('start', 'doubts', { state: 'im-ready', fake: 'error' }, 'Start a session'),
    open: askAboutInjection,
  }),
  place('home', 'busy', { state: 'full' }, 'Sessions today'),
  inLongForm(place('home', 'nothing', { state: 'no-session', fake: 'empty' }, 'Sessions today')),
  place('record', 'finished', { state: 'finished' }, 'What was recorded', `#/record/${record}`),
  place('sign', 'open-points', { state: 'finished', signing: 'finished' }, 'IV removed', `#/sign/${record}`),
  place('sign', 'to-sign', { state: 'finished', signing: 'complete' }, 'IV removed', `#/sign/${record}`),
  place('sign', 'signed', { state: 'finished', signing: 'signed' }, /authored/, `#/sign/${record}`),
  place('protocols', 'read', { state: 'no-session' }, 'Protocols'),
  place('monitors', 'live', { state: 'full' }, 'Monitors'),
  place('setup', 'first', { state: 'not-set-up' }, 'Name of the room'),
  {
    ...place('setup', 'person', { state: 'not-set-up' }, 'Name of the room', '#/setup'),
    open: async (page) => {
      await page.getByLabel('Name of the room').fill('Room 2');
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByLabel('The same PIN again')).toBeVisible();
    },
  },
  {
    ...place('setup', 'monitor', { state: 'not-set-up' }, 'Name of the room', '#/setup'),
    open: openMonitorStep,
  },
];
