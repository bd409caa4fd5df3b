import { expect, test, type Page } from '@playwright/test';
import { openGallery, type Gallery } from '../support/gallery.ts';
import { askAboutInjection, openMonitorStep, scenes, sizes, type Scene } from '../support/scenes.ts';

/**
 * Every screen and every sheet at every size that people have, measured by the boxes that the browser laid out. A
 * scene is opened once, at the size of the clinic's console, and then the window becomes what it is elsewhere.
 * VIGIL_SOAK=1 plays every scene in both themes and keeps a picture of each at each size; otherwise the scenes whose
 * layout is their own are measured, and a picture is kept of the smallest size and of what is wrong.
 */
const soak = process.env['VIGIL_SOAK'] !== undefined;
const themes = soak ? (['night', 'day'] as const) : (['night'] as const);
const pictured: readonly number[] = [384];

// What is wrong stands in words in the failure; a trace of a thousand boxes helps nobody.
test.use({ trace: 'off', screenshot: 'off' });

let gallery: Gallery;
test.beforeAll(async () => {
  gallery = await openGallery();
});
test.afterAll(() => gallery.close());

for (const place of new Set(scenes.map((scene) => scene.place))) {
  test(`SIZE-1, SIZE-2, SIZE-3, SIZE-4 ${place}: nothing blank, nothing printed over, no number cut, every act in reach`, async ({
    page,
  }) => {
    if (soak) test.setTimeout(1_200_000);
    const found: string[] = [];
    for (const scene of scenes.filter((one) => one.place === place && (soak || one.longForm !== true))) {
      for (const theme of themes) found.push(...(await faultsOf(page, scene, theme)));
    }
    expect(found).toEqual([]);
  });
}

test('SIZE-5 what is cut, printed over, squeezed or out of reach is found', async ({ page }) => {
  await page.goto(gallery.address({ state: 'full' }, '#/session'));
  await expect(page.getByRole('main', { name: 'Session' })).toBeVisible();
  expect(await measured(page)).toEqual([]);
  await page.addStyleTag({
    content: `header h1 { position: absolute; left: 400px; }
      [aria-label='Phases and dose'] { overflow: hidden; width: 700px; }
      aside { height: 60px; }
      footer { position: fixed; inset: auto 0 60px 0; height: 60px; background: black; }`,
  });
  const kinds = new Set((await measured(page)).map((fault) => fault.slice(0, fault.indexOf(':'))));
  expect([...kinds].toSorted()).toEqual(['covered', 'cut', 'overprinted', 'peephole']);
  await page.goto(gallery.address({ state: 'no-session' }, '#/home'));
  await page.setViewportSize({ width: 1280, height: 720 });
  await expect(page.getByText('Who may be the second person')).toBeAttached();
  expect(await measured(page)).toEqual([]);
  await page.addStyleTag({ content: 'section { overflow: visible !important; }' });
  expect((await measured(page)).filter((fault) => fault.startsWith('spilled'))).not.toEqual([]);
});

test('SIZE-20 in a low window the digits of a figure are small, and never over one another', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 625 });
  await page.goto(gallery.address({ state: 'stale' }, '#/session'));
  const pressure = page.getByRole('article', { name: /^Blood pressure \d+/ });
  await expect(pressure).toBeVisible();
  // A letter's own room is about half of its size; a tenth less of it is still a gap.
  const closest = await pressure.evaluate((tile) =>
    [...tile.querySelectorAll('[aria-hidden] span')].reduce((least, span) => {
      const { letterSpacing, fontSize } = getComputedStyle(span);
      return Math.min(least, (Number.parseFloat(letterSpacing) || 0) / Number.parseFloat(fontSize));
    }, 0),
  );
  expect(closest).toBeGreaterThanOrEqual(-0.06);
});

async function faultsOf(page: Page, scene: Scene, theme: string): Promise<readonly string[]> {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto('about:blank');
  await page.goto(gallery.address({ theme, ...scene.asked }, scene.hash));
  await scene.open(page);
  const found: string[] = [];
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    const faults = await measured(page);
    found.push(...faults.map((fault) => `${scene.place} ${scene.name} ${width}×${height}, ${fault}`));
    if (soak || faults.length > 0 || pictured.includes(height)) {
      const path = test.info().outputPath(`${scene.place}-${scene.name}-${theme}-${width}x${height}.png`);
      await page.screenshot({ path, animations: 'disabled' });
    }
  }
  return found;
}

/** After two frames: what measures itself has then drawn anew. */
function measured(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    () =>
      new Promise<readonly string[]>((resolve) => {
        const look = (): void => resolve((window.layoutFaults?.() ?? []).map(({ kind, what }) => `${kind}: ${what}`));
        requestAnimationFrame(() => requestAnimationFrame(look));
      }),
  );
}

test('SIZE-6 the whole PIN pad is in sight as soon as a second person is chosen', async ({ page }) => {
  await page.goto(gallery.address({ state: 'staffed' }, '#/session'));
  for (const [width, height] of [
    [1920, 1080],
    [1366, 768],
    [1366, 625],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.getByRole('main', { name: 'Session' }).press('m');
    await page.getByRole('button', { name: 'Hand over…' }).click();
    await page.getByText('Second nurse, nurse').click();
    const met = await page.getByRole('group', { name: /PIN pad/ }).evaluate((pad) =>
      [...pad.querySelectorAll('button')].flatMap((key) => {
        const { left, top, width: px, height: high } = key.getBoundingClientRect();
        const points = [2, high / 2, high - 2].map((y) => document.elementFromPoint(left + px / 2, top + y));
        return points.every((point) => point !== null && (point === key || key.contains(point))) ? [] : [key.innerText];
      }),
    );
    expect(met, `keys covered at ${width}×${height}`).toEqual([]);
    await page.keyboard.press('Escape');
  }
});

test('SIZE-7 the first reason that is asked for has the focus, and all of its field is in sight above the bar of its sheet', async ({
  page,
}) => {
  await page.goto(gallery.address({ state: 'im-ready', fake: 'error' }, '#/start'));
  for (const [width, height] of [
    [1920, 1080],
    [1366, 768],
    [1366, 625],
    [1280, 720],
    [683, 384],
  ] as const) {
    await page.setViewportSize({ width, height });
    await askAboutInjection(page);
    const reason = page.getByLabel('Reason, in words').first();
    await expect(reason).toBeFocused();
    const covered = await reason.evaluate((field) => {
      const { left, top, right, bottom } = field.getBoundingClientRect();
      const corners = [top + 1, bottom - 1].flatMap((y) => [left + 6, right - 6].map((x) => document.elementFromPoint(x, y)));
      return corners.filter((met) => met !== field).length;
    });
    expect(covered, `corners of the field that are covered at ${width}×${height}`).toBe(0);
    await page.keyboard.press('Escape');
  }
});

test('SIZE-8, SCREEN-50 the go/no-go shows every limit and both answers at once, and card 2 lists the same limits', async ({ page }) => {
  await page.goto(gallery.address({ state: 'preparing-ordered' }, '#/start'));
  const asked = page.getByRole('region', { name: 'Go / no-go' });
  for (const [width, height] of [
    [1920, 1080],
    [1366, 768],
    [1366, 625],
  ] as const) {
    await page.setViewportSize({ width, height });
    await asked.evaluate((row) => row.scrollIntoView({ block: 'end' }));
    for (const part of [...(await asked.getByRole('row').all()), ...(await asked.getByRole('button').all())]) {
      await expect(part, `at ${width}×${height}`).toBeInViewport({ ratio: 0.98 });
    }
  }
  const limits = await asked
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.map((row) => `${row.querySelector('th')?.innerText} ${row.querySelector('td:last-child')?.firstChild?.textContent}`),
    );
  expect(limits.length).toBeGreaterThan(5);
  const card = page.getByRole('region', { name: 'Protocol' });
  for (const limit of limits) await expect(card).toContainText(limit);
});

test('SCREEN-51 a monitor is chosen by its maker, then by its model, by keys alone', async ({ page }) => {
  await page.goto(gallery.address({ state: 'not-set-up' }, '#/setup'));
  await openMonitorStep(page);
  const card = page.getByRole('region', { name: 'Monitor 1' });
  await expect(card.getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(card.getByRole('group', { name: 'Model' })).toHaveCount(0);
  await card.getByRole('radio', { name: 'Masimo', exact: true }).focus();
  await page.keyboard.press('Space');
  await expect(card.getByRole('group', { name: 'Model' }).getByRole('radio', { checked: true })).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await expect(card.getByRole('radio', { name: 'Nonin', exact: true })).toBeChecked();
  await expect(card.getByRole('group', { name: 'Model' })).toContainText('Onyx, Xpod');
  await expect(card.getByRole('group', { name: 'Model' })).not.toContainText('Rad-8');
});

test('SIGN-10 the pad says that a PIN is being checked, and what is typed meanwhile is the beginning of the next one', async ({ page }) => {
  await page.goto(gallery.address({ state: 'full', fake: 'error' }, '#/session'));
  await page.getByRole('button', { name: /switch person/ }).click();
  await page.getByRole('button', { name: /^Nurse\b.*nurse/ }).click();
  await page.keyboard.type('222222');
  await page.keyboard.press('Enter');
  await expect(page.getByText('checking the PIN…')).toBeVisible();
  await page.keyboard.type('904');
  await expect(page.getByRole('alert')).toContainText('Five wrong PINs');
  await expect(page.getByText('checking the PIN…')).toHaveCount(0);
  await expect(page.getByRole('status', { name: '3 digits entered' })).toBeVisible();
});

test('SIGN-11 after a wrong PIN under questions, and in a sheet, the pad takes the keys again and says beside it what was wrong', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.goto(gallery.address({ state: 'staffed', fake: 'error' }, '#/session'));
  const sheet = page.getByRole('dialog');
  const pad = sheet.getByRole('group', { name: /PIN pad/ });
  const refusal = sheet.getByText('That is not the PIN of this person.');
  const signWrongly = async (name: string, record: string | RegExp): Promise<void> => {
    await sheet.getByText(name).click();
    await page.keyboard.type('222222');
    await sheet.getByRole('button', { name: record }).click();
    await expect(pad).toBeFocused();
    await expect(pad).toBeInViewport({ ratio: 0.9 });
    await expect(refusal).toBeInViewport();
    await page.keyboard.type('904');
    await expect(sheet.getByRole('status', { name: '3 digits entered' })).toBeVisible();
    await expect(refusal).toBeVisible();
  };
  await page.getByRole('button', { name: /^Rate changed/ }).click();
  await sheet.getByRole('textbox', { name: /^New rate/ }).fill('450');
  await sheet.getByRole('button', { name: /^Record/ }).click();
  for (const reason of await sheet.getByLabel('Reason, in words').all()) await reason.fill('as the prescriber ordered');
  await signWrongly('Prescriber, prescriber', /^Record with/);
  await expect(sheet.getByRole('list').getByRole('listitem')).not.toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('main', { name: 'Session' }).press('m');
  await page.getByRole('button', { name: 'Hand over…' }).click();
  await signWrongly('Second nurse, nurse', /^Hand over/);
});

test('SCREEN-31 a refusal of the set-up stands beside its button and goes to its field, also a step back', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 625 });
  await page.goto(gallery.address({ state: 'not-set-up', fake: 'error' }, '#/setup'));
  const next = page.getByRole('button', { name: 'Next' });
  await next.click();
  await expect(page.getByRole('alert')).toContainText('Type a name for the room.');
  await expect(page.getByLabel('Name of the room')).toBeFocused();
  await page.keyboard.type('Room 2');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await next.click();
  await page.getByLabel('Your name').fill('Nurse');
  const pin = page.getByLabel('PIN', { exact: true });
  await pin.fill('123456');
  await page.getByLabel('The same PIN again').fill('123456');
  await next.click();
  await expect(page.getByRole('alert')).toContainText('counts up or down');
  await expect(page.getByRole('alert')).toBeInViewport();
  await expect(pin).toBeFocused();
  await pin.fill('204816');
  await page.getByLabel('The same PIN again').fill('204816');
  await next.click();
  // The service refuses it for a reason of its own: back to the step and the field that it names.
  await page.getByRole('button', { name: 'Set up the room' }).click();
  await expect(page.getByRole('alert')).toContainText('A PIN that repeats its digits');
  await expect(pin).toBeFocused();
});

test('SCREEN-33 patient and protocol have the room until a session is open, and the start leads to what it waits for', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(gallery.address({ state: 'no-session' }, '#/start'));
  await expect(page.getByRole('button', { name: 'Open the session' })).toBeInViewport();
  await expect(page.getByRole('button', { name: /Infusion started|Injection given/ })).toHaveCount(0);
  const patients = page.getByRole('list', { name: 'Patient' }).getByRole('button');
  await expect(patients).toHaveCount(3);
  for (const patient of await patients.all()) await expect(patient).toBeInViewport({ ratio: 1 });
  await page.goto('about:blank');
  await page.goto(gallery.address({ state: 'im-opened' }, '#/start'));
  await page.getByRole('button', { name: 'Injection given… waits for the weight' }).click();
  await expect(page.getByRole('textbox', { name: 'Weight' })).toBeFocused();
});

test('SCREEN-39 without a figure of a monitor the start leads to the vitals by hand, from the row of the baseline and by v', async ({
  page,
}) => {
  await page.goto(gallery.address({ state: 'im-unmonitored' }, '#/start'));
  const sheet = page.getByRole('dialog', { name: 'Vitals by hand' });
  await page.getByRole('button', { name: 'Vitals by hand…' }).click();
  await expect(sheet.getByLabel('Systolic, mmHg')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('v');
  await expect(sheet).toBeVisible();
});

test('SCREEN-38 a birth year of two digits is told what it lacks', async ({ page }) => {
  await page.goto(gallery.address({ state: 'no-session' }, '#/start'));
  await page.getByRole('button', { name: 'Add a patient' }).click();
  await page.getByLabel(/^Birth date/).fill('4/3/79');
  await expect(page.getByText('Type the year with four digits.', { exact: true })).toBeVisible();
});

for (const name of [
  'Aoife O’Brien-D’Arcy',
  'نور الهدى عبد الرحمن',
  '佐藤 花子',
  'Wolfeschlegelsteinhausenbergerdorff-Anneliese-Charlotte-Maria',
]) {
  test(`SCREEN-36 ${name} tears no date and no time on any screen`, async ({ page }) => {
    const torn: string[] = [];
    for (const scene of scenes.filter(
      (one) => ['session', 'start', 'home', 'record', 'sign'].includes(one.place) && one.longForm !== true,
    )) {
      await page.setViewportSize({ width: 1920, height: 1080 });
      await page.goto('about:blank');
      await page.goto(gallery.address({ ...scene.asked, named: name }, scene.hash));
      await scene.open(page);
      for (const [width, height] of [
        [1920, 1080],
        [1366, 768],
      ] as const) {
        await page.setViewportSize({ width, height });
        torn.push(...(await page.evaluate(tornDates)).map((words) => `${scene.place} ${scene.name} ${width}: ${words}`));
        torn.push(
          ...(await measured(page))
            .filter((fault) => fault.startsWith('cut') || fault.startsWith('overprinted'))
            .map((fault) => `${scene.place} ${scene.name} ${width}: ${fault}`),
        );
      }
    }
    expect(torn).toEqual([]);
  });
}

/** Dates and times whose first figure does not stand left of their last, or in two pieces on one line. */
function tornDates(): readonly string[] {
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text) || node.parentElement?.checkVisibility() !== true) continue;
    for (const run of node.data.matchAll(/\d{1,2} [A-Z][a-z]{2} \d{4}|\d\d:\d\d/g)) {
      const range = document.createRange();
      range.setStart(node, run.index);
      range.setEnd(node, run.index + run[0].length);
      const boxes = [...range.getClientRects()].filter(({ width }) => width > 0.5).sort((one, other) => one.left - other.left);
      const apart = boxes.some((box, place) => boxes[place - 1]?.top === box.top && box.left - (boxes[place - 1]?.right ?? 0) > 2);
      const glyphs = Array.from(run[0], (_, place) => {
        range.setStart(node, run.index + place);
        range.setEnd(node, run.index + place + 1);
        return range.getBoundingClientRect();
      });
      const backwards = glyphs.some(
        (glyph, place) => place > 0 && glyph.top === glyphs[place - 1]?.top && glyph.left < (glyphs[place - 1]?.left ?? 0),
      );
      if (apart || backwards) found.push(`${run[0]} in "${node.data.trim().slice(0, 60)}"`);
    }
  }
  return found;
}

test('SCREEN-32 vitals, a weight and a chosen PIN are typed by touch alone', async ({ page }) => {
  const touch = async (digits: string): Promise<void> => {
    for (const digit of digits) await page.getByRole('button', { name: digit, exact: true }).click();
  };
  await page.goto(gallery.address({ state: 'full' }, '#/session'));
  await page.getByRole('main', { name: 'Session' }).press('v');
  await touch('12');
  await page.getByLabel('Diastolic, mmHg').click();
  await touch('78');
  await page.getByRole('button', { name: 'Erase' }).click();
  await expect(page.getByLabel('Systolic, mmHg')).toHaveValue('12');
  await expect(page.getByLabel('Diastolic, mmHg')).toHaveValue('7');
  await page.goto('about:blank');
  await page.goto(gallery.address({ state: 'preparing-opened' }, '#/start'));
  await page.getByRole('textbox', { name: 'Weight' }).click();
  await touch('8.5');
  await expect(page.getByRole('textbox', { name: 'Weight' })).toHaveValue('8.5');
  await page.goto('about:blank');
  await page.goto(gallery.address({ state: 'not-set-up' }, '#/setup'));
  await page.getByLabel('Name of the room').fill('Room 2');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('PIN', { exact: true }).click();
  await touch('20');
  await expect(page.getByLabel('PIN', { exact: true })).toHaveValue('20');
});

test('PAGE-25 the milestone buttons stand still when a way back opens or runs out and a reminder comes or goes', async ({ page }) => {
  const tops = async (state: string): Promise<readonly number[]> => {
    await page.goto('about:blank');
    await page.goto(gallery.address({ state }, '#/session'));
    const found: number[] = [];
    for (const [width, height] of [
      [1920, 1080],
      [1366, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const name of ['Infusion paused', 'Infusion complete']) {
        found.push(Math.round((await page.getByRole('button', { name }).boundingBox())?.y ?? -1));
      }
    }
    return found;
  };
  const oneWayBack = await tops('full');
  expect(oneWayBack).not.toContain(-1);
  expect(await tops('settled')).toEqual(oneWayBack);
  expect(await tops('crowded')).toEqual(oneWayBack);
});
