import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface ShellOptions {
  readonly dataFolder: string;
  readonly demoFolder: string;
  readonly mode: 'room' | 'demo' | 'room-or-demo';
  readonly demoRate: number;
  readonly extraPorts: readonly string[];
  /** The window fills the screen and cannot be closed, until somebody of clinic IT leaves the kiosk with their PIN. */
  readonly kiosk: boolean;
  /** Where there is no key store, the key of a room that is set up may lie in a file. */
  readonly keyInFile: boolean;
  /** A key that lies in a file comes under the key store. */
  readonly sealKey: boolean;
}

/**
 * What the shell was started with. Electron and Chromium have switches of their own, so unknown ones are left alone
 * here; `vigil serve` is the strict one. A switch of ours that says nothing sensible throws: a room that records into
 * another folder than the one that was meant is worse than a room that does not start.
 */
export function shellOptions(argv: readonly string[], accountFolder: string): ShellOptions {
  const { values } = parseArgs({
    args: argv.slice(1),
    strict: false,
    options: {
      data: { type: 'string' },
      demo: { type: 'boolean' },
      'or-demo': { type: 'boolean' },
      rate: { type: 'string' },
      ports: { type: 'string', multiple: true },
      kiosk: { type: 'boolean' },
      'key-in-file': { type: 'boolean' },
      'seal-key': { type: 'boolean' },
    },
  });
  const named = values.data === undefined ? null : folderOf(values.data);
  const dataFolder = named ?? accountFolder;
  const mode = values.demo === true ? 'demo' : values['or-demo'] === true ? 'room-or-demo' : 'room';
  return {
    dataFolder,
    // The same folders as `vigil serve` uses with the same switches.
    demoFolder: named !== null && mode === 'demo' ? named : `${dataFolder}-demo`,
    mode,
    demoRate: rateOf(values.rate ?? '1'),
    extraPorts: (values.ports ?? []).map(globOf),
    kiosk: values.kiosk === true,
    keyInFile: values['key-in-file'] === true,
    sealKey: values['seal-key'] === true,
  };
}

function folderOf(value: string | boolean): string {
  if (typeof value !== 'string' || value === '' || value.startsWith('-')) throw new Error('--data needs a folder: --data DIR');
  return isAbsolute(value) ? value : resolve(value);
}

function rateOf(value: string | boolean): number {
  const rate = Number(value);
  if (typeof value !== 'string' || !(rate > 0 && rate <= 600)) throw new Error('--rate needs a number above 0 and up to 600: --rate 10');
  return rate;
}

function globOf(value: string | boolean): string {
  if (typeof value !== 'string' || value === '') throw new Error('--ports needs a path: --ports "/dev/ttyV*"');
  return value;
}
