import { expect, test, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notRecordingText } from '../../../renderer/text/page.ts';
import { desktopArguments, fakeElectron, launchDesktop, realElectron, type DesktopShell } from '../support/desktop-shell.ts';
import { demoPlayed } from '../support/played-demo.ts';
import { signIn } from '../support/session-acts.ts';
import { addKnownPerson } from '../../support/known-person.ts';
import { openTestRoom, testPin, testRoomKey } from '../../support/test-room.ts';

for (const program of [fakeElectron, realElectron]) {
  test.describe(`the desktop shell, ${program.shows}`, () => {
    let folder: string;
    let shell: DesktopShell | null = null;

    test.beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'vigil-desktop-'));
      test.skip(program.missing !== null, `${program.missing}`);
    });
    test.afterEach(async () => {
      await shell?.close();
      shell = null;
      rmSync(folder, { recursive: true, force: true });
    });

    /** A room that nobody has set up: a demo would play whole days beside what these tests look at. */
    async function launchRoom(args: readonly string[] = []): Promise<DesktopShell> {
      shell = await launchDesktop({ program, folder, args });
      await expectLive(shell.page);
      return shell;
    }

    async function launchDemo(): Promise<DesktopShell> {
      shell = await launchDesktop({ program, folder, args: ['--demo'] });
      await demoPlayed(shell.page);
      return shell;
    }

    test('SHELL-1 shows the live board of the demo room', async () => {
      const { page, servicePid } = await launchDemo();
      expect(await servicePid()).not.toBeNull();
      // A second later it says another time: the board is fed, not only shown once.
      const clock = page.getByText(/^\d\d:\d\d:\d\d$/).first();
      const before = await clock.innerText();
      await expect(clock).not.toHaveText(before);
    });

    test('SHELL-2 gives the page nothing but window.vigilShell', async () => {
      const { page } = await launchRoom();
      const found = await page.evaluate(() => {
        const frame = document.createElement('iframe');
        document.body.append(frame);
        const plain = new Set(Object.getOwnPropertyNames(frame.contentWindow ?? {}));
        const own = Object.getOwnPropertyNames(window).filter((name) => !plain.has(name) && !/^\d+$/.test(name));
        frame.remove();
        const types = ['require', 'process', 'module', 'Buffer', 'electron'].map((name) => typeof Reflect.get(window, name));
        return { own, types, shell: Object.keys(Reflect.get(window, 'vigilShell')).toSorted() };
      });
      expect(found.types).toEqual(Array(5).fill('undefined'));
      expect(found.own.filter((name) => /shell|electron|node|ipc|bridge|fake/i.test(name))).toEqual(['vigilShell']);
      expect(found.shell).toEqual(['isKiosk', 'kind', 'onRoomLost', 'onRoomRefused', 'print', 'requestRoomPort']);
    });

    test('SHELL-3 runs no inline script, evaluates no text and loads no foreign image', async () => {
      const { page } = await launchRoom();
      const seen = await page.evaluate(async () => {
        const violated: string[] = [];
        document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective));
        const tryTo = (task: () => unknown): void => {
          try {
            task();
          } catch {
            // Trusted types refuse by an error, and report it as well.
          }
        };
        tryTo(() => {
          const script = document.createElement('script');
          script.append('window.ran = "inline script"');
          document.body.append(script);
        });
        tryTo(() => document.body.setAttribute('onclick', 'window.ran = "attribute"'));
        tryTo(() => document.body.click());
        tryTo(() => Reflect.apply(setTimeout, window, ['window.ran = "text"']));
        tryTo(() => (window.location.href = 'javascript:window.ran = "address"'));
        tryTo(() => (new Image().src = 'https://example.test/x.png'));
        await fetch('https://example.test/').catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 300));
        return { violated: [...new Set(violated)].toSorted(), ran: String(Reflect.get(window, 'ran')) };
      });
      expect(seen).toEqual({ violated: ['connect-src', 'img-src', 'require-trusted-types-for', 'script-src-elem'], ran: 'undefined' });
    });

    test('SHELL-4 serves the page and nothing beside it', async () => {
      const { page } = await launchRoom();
      const status = (path: string): Promise<number> => page.evaluate(async (url) => (await fetch(url)).status, path);
      expect(await status('/index.html')).toBe(200);
      for (const path of ['/../../package.json', '/..%2f..%2fpackage.json', '/%2e%2e/%2e%2e/package.json', '/..%5c..%5cpackage.json']) {
        expect(await status(path), path).toBe(404);
      }
      expect(await status('/../main/main.js')).toBe(404);
      expect(await status('/..%2fmain%2fmain.js')).toBe(404);
    });

    test('SHELL-5 hands over to the first instance', async () => {
      const { app } = await launchRoom();
      await app.evaluate(({ BrowserWindow }) => {
        const shown = Reflect.get(globalThis, 'process') as { shown?: number };
        BrowserWindow.getAllWindows()[0]?.on('focus', () => (shown.shown = (shown.shown ?? 0) + 1));
      });
      const second = spawn(program.path, [...desktopArguments({ folder })], { stdio: 'ignore' });
      const exitCode = await new Promise((resolve) => second.on('exit', resolve));
      expect(exitCode).toBe(0);
      const shown = (): Promise<number> => app.evaluate(() => (Reflect.get(globalThis, 'process') as { shown?: number }).shown ?? 0);
      await expect.poll(shown).toBe(1);
      expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    });

    test('SHELL-6 says within 2 s that nothing is recorded when the service dies, and is live again by itself within 3 s', async () => {
      const { page, servicePid } = await launchRoom();
      const first = await servicePid();
      process.kill(first ?? 0, 'SIGKILL');
      const killedMs = performance.now();
      await expect(page.getByText(notRecordingText.lost.title)).toBeVisible({ timeout: 2000 });
      const saidMs = performance.now() - killedMs;
      await expect(page.getByText(notRecordingText.lost.title)).toBeHidden();
      await expectLive(page);
      const liveMs = performance.now() - killedMs;
      test
        .info()
        .annotations.push({ type: 'figures', description: `said after ${Math.round(saidMs)} ms, live after ${Math.round(liveMs)} ms` });
      expect(liveMs).toBeLessThan(3000);
      expect(await servicePid()).not.toBe(first);
    });

    test('SHELL-8 tells the page why the service cannot run', async () => {
      // A data folder with somebody else's database in it.
      mkdirSync(join(folder, 'room'), { mode: 0o700 });
      writeFileSync(join(folder, 'room', 'vigil.db'), 'not a database', { mode: 0o600 });
      shell = await launchDesktop({ program, folder });
      await expect(shell.page.getByText(notRecordingText.refused.title)).toBeVisible();
      await expect.poll(() => shell?.servicePid()).toBeNull();
    });

    test('SHELL-13 leaves the page for no other address', async () => {
      const { app, page } = await launchRoom();
      await page.evaluate(() => {
        window.location.href = 'https://example.test/';
        window.open('https://example.test/');
      });
      await page.waitForTimeout(500);
      await expectLive(page);
      expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    });

    test('SHELL-16 brings the page back after a crash, and the service never noticed', async () => {
      const { app, page, servicePid } = await launchDemo();
      const before = await servicePid();
      const crashed = page.waitForEvent('crash');
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
      await crashed;
      // A driver gives a crashed page up for good, so main is asked what the window shows now.
      const text = (): Promise<string> =>
        app
          .evaluate(async ({ BrowserWindow }) => {
            const shown: unknown = await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText');
            return String(shown);
          })
          .catch(() => 'nothing');
      await expect.poll(text, { intervals: [50] }).toContain('Demo Patient');
      expect(await servicePid()).toBe(before);
    });

    test('SHELL-18 keeps a kiosk window open, and saves nothing, until somebody of IT leaves it with their PIN', async () => {
      await roomWithIt(folder);
      shell = await launchDesktop({ program, folder, args: ['--kiosk'] });
      const { app, page } = shell;
      const open = page.getByRole('button', { name: 'Leave the kiosk…' });
      const closeWindow = (): Promise<unknown> => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
      await closeWindow();
      await expect(open.or(page.getByText('Your PIN, to leave the kiosk'))).toBeVisible();
      await signIn(page, 'Ida', testPin);
      await page.getByRole('button', { name: 'Show who looked' }).click();
      const looks = page.getByRole('dialog', { name: 'Who looked' });
      await looks.getByRole('button', { name: 'Save as CSV' }).click();
      await expect(looks.getByText('Not saved: this workstation is a kiosk')).toBeVisible();
      await looks.getByRole('button', { name: 'Close' }).click();
      await open.click();
      await expect(page.getByText('Your PIN, to leave the kiosk')).toBeVisible();
      await page.keyboard.type('918273');
      await page.keyboard.press('Enter');
      await expect(page.getByText('That is not the PIN of this person.')).toBeVisible();
      await closeWindow();
      await expect(open.or(page.getByText('Your PIN, to leave the kiosk'))).toBeVisible();
      const ended = new Promise((resolve) => app.process().once('exit', resolve));
      await page.keyboard.type(testPin);
      await page.keyboard.press('Enter');
      await expect(page.getByText('Your PIN, to leave the kiosk')).toHaveCount(0);
      await closeWindow();
      await ended;
      shell = null;
    });

    test('SHELL-19 closes the service in order before it ends', async () => {
      shell = await launchDesktop({ program, folder });
      const { app, page } = shell;
      // SQLite's own trace of a database that is open, or that nobody closed.
      const unclosed = join(folder, 'room', 'vigil.db-wal');
      await expect.poll(() => existsSync(unclosed)).toBe(true);
      // The file is there while the room is still being opened.
      await expectLive(page);
      const ended = new Promise<number | null>((resolve) => app.process().once('exit', resolve));
      await app.close();
      shell = null;
      expect(await ended).toBe(0);
      expect(existsSync(unclosed)).toBe(false);
      expect(existsSync(join(folder, 'room', 'vigil.db'))).toBe(true);
    });
  });
}

/** The room speaks to the page: it asks to be set up. */
async function expectLive(page: Page): Promise<void> {
  await expect(page.getByLabel('Name of the room')).toBeVisible();
  await expect(page.getByRole('alertdialog')).toHaveCount(0);
}

/** A room with somebody of clinic IT, as it lies on the disk. */
async function roomWithIt(folder: string): Promise<void> {
  const room = openTestRoom({ base: folder });
  addKnownPerson(room.room, { name: 'Ida', role: 'it', pin: testPin });
  room.room.looks.note({ what: 'room-verified', from: 'command', personId: null, account: 'vigil' });
  writeFileSync(join(room.folder, 'key'), `${Buffer.from(testRoomKey).toString('hex')}\n`, { mode: 0o600 });
  await room.close();
}
