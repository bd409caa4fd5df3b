import { join, resolve, sep } from 'node:path';
import { expect, it } from 'vitest';
import { shellOptions } from '../../electron/main/shell-options.ts';
import { accountDataFolder } from '../../shared/boot/account-data-folder.ts';

const account = join(sep, 'account', 'room');
const options = (...args: string[]): ReturnType<typeof shellOptions> => shellOptions(['electron', '.', ...args], account);

it('SHELL-15 opens the account’s own room', () => {
  expect(options()).toEqual({
    dataFolder: account,
    demoFolder: `${account}-demo`,
    mode: 'room',
    demoRate: 1,
    extraPorts: [],
    kiosk: false,
    keyInFile: false,
    sealKey: false,
  });
});

it('SHELL-15 takes the switches of vigil serve, and its own', () => {
  expect(
    options(
      '--data',
      'x',
      '--or-demo',
      '--rate',
      '10',
      '--ports',
      '/dev/ttyV*',
      '--ports=/dev/x',
      '--kiosk',
      '--key-in-file',
      '--seal-key',
    ),
  ).toEqual({
    dataFolder: resolve('x'),
    demoFolder: `${resolve('x')}-demo`,
    mode: 'room-or-demo',
    demoRate: 10,
    extraPorts: ['/dev/ttyV*', '/dev/x'],
    kiosk: true,
    keyInFile: true,
    sealKey: true,
  });
  expect(options('--demo', '--data', '/x')).toMatchObject({ mode: 'demo', demoFolder: '/x' });
});

it('SHELL-15 leaves the switches of Electron and Chromium alone', () => {
  expect(options('--inspect=0', '--no-sandbox', '--remote-debugging-port=0', '--lang', 'de')).toEqual(options());
});

it.each([['--data'], ['--data='], ['--data', '--demo'], ['--rate', '0'], ['--rate', 'fast'], ['--rate=601'], ['--ports']])(
  'SHELL-15 does not start with a switch that says nothing: %s %s',
  (...args) => {
    expect(() => options(...args)).toThrow(/^--(data|rate|ports) needs/);
  },
);

it('SHELL-20 names one folder for an account, on every system', () => {
  const parts = (platform: string, environment: Record<string, string> = {}): string =>
    accountDataFolder({ platform, environment, homeFolder: '~' }).join('/');
  expect(parts('linux')).toBe('~/.local/share/vigil/room');
  expect(parts('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/vigil/room');
  expect(parts('darwin')).toBe('~/Library/Application Support/Vigil/room');
  expect(parts('win32')).toBe('~/AppData/Local/Vigil/room');
  expect(parts('win32', { LOCALAPPDATA: 'C:\\Local', APPDATA: 'C:\\Roaming' })).toBe('C:\\Local/Vigil/room');
});
