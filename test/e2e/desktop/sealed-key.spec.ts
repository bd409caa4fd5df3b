import { expect, test } from '@playwright/test';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { desktopArguments, fakeElectron, launchDesktop } from '../support/desktop-shell.ts';

test.describe('the sealed key, over the fake of Electron: that main and the service use it; not what a key store does', () => {
  let folder: string;
  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vigil-desktop-'));
    test.skip(fakeElectron.missing !== null, `${fakeElectron.missing}`);
  });
  test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const inRoom = (name: string): boolean => existsSync(join(folder, 'room', name));
  const storeNamed = (name: string) => ({ VIGIL_FAKE_KEY_STORE: name });

  test('SHELL-14 opens the record with the sealed key, time after time, and no other key store', async () => {
    for (const _time of ['first', 'second']) {
      const shell = await launchDesktop({ program: fakeElectron, folder, environment: storeNamed('gnome_libsecret') });
      await expect(shell.page.getByRole('heading').first()).toBeVisible();
      await expect(shell.page.getByRole('alertdialog')).toHaveCount(0);
      await shell.close();
    }
    expect(inRoom('vigil.db')).toBe(true);
    expect(inRoom('key.sealed')).toBe(true);
    expect(inRoom('key')).toBe(false);

    const { exitCode, said } = await start(storeNamed('kwallet6'));
    expect(exitCode).toBe(1);
    expect(said).toContain('Vigil cannot start: The key of this room was sealed by the key store "gnome_libsecret"');
    expect(said).toContain('this computer now offers "kwallet6"');
  });

  test('SHELL-22, SHELL-23 puts no key in a file unasked, and seals it there when a key store has come', async () => {
    const open = async (name: string, rest: Readonly<{ keyInFile?: boolean; args?: readonly string[] }>) =>
      launchDesktop({ program: fakeElectron, folder, environment: storeNamed(name), ...rest });
    let shell = await open('basic_text', { keyInFile: false });
    await expect(shell.page.getByText(/no key store that keeps its key secret/)).toBeVisible();
    await shell.close();
    expect([inRoom('key'), inRoom('key.sealed'), inRoom('vigil.db')]).toEqual([false, false, false]);
    shell = await open('basic_text', {});
    await expect(shell.page.getByRole('heading').first()).toBeVisible();
    await shell.close();
    expect([inRoom('key'), inRoom('key.sealed'), inRoom('vigil.db')]).toEqual([true, false, true]);
    shell = await open('gnome_libsecret', { args: ['--seal-key'] });
    await expect.poll(() => [inRoom('key'), inRoom('key.sealed')]).toEqual([false, true]);
    await shell.close();
    shell = await open('gnome_libsecret', {});
    await expect(shell.page.getByRole('heading').first()).toBeVisible();
    await expect(shell.page.getByRole('alertdialog')).toHaveCount(0);
    await shell.close();
  });

  test('SHELL-15 says what is wrong with a switch, and does not start', async () => {
    const { exitCode, said } = await start({}, ['--rate', 'fast']);
    expect(exitCode).toBe(1);
    expect(said).toContain('Vigil cannot start: --rate needs a number');
    expect(existsSync(join(folder, 'room'))).toBe(false);
  });

  function start(
    environment: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ): Promise<{ exitCode: unknown; said: string }> {
    const child = spawn(fakeElectron.path, [...desktopArguments({ folder, args })], { env: { ...process.env, ...environment } });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, said })));
  }
});
