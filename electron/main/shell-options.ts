import { app } from 'electron';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export interface ShellOptions {
  readonly dataFolder: string;
  readonly demoFolder: string;
  readonly mode: 'room' | 'demo' | 'room-or-demo';
  readonly demoRate: number;
  readonly extraPorts: readonly string[];
  /** The window fills the screen and cannot be left without the keyboard shortcut of IT. */
  readonly kiosk: boolean;
}

/**
 * What the shell was started with. Electron and Chromium add switches of their own, so unknown ones are left alone
 * here; `vigil serve` is the strict one.
 */
export function shellOptions(argv: readonly string[]): ShellOptions {
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
    },
  });
  const dataFolder = typeof values.data === 'string' ? values.data : join(app.getPath('userData'), 'room');
  const rate = Number(values.rate ?? 1);
  return {
    dataFolder,
    demoFolder: `${dataFolder}-demo`,
    mode: values.demo === true ? 'demo' : values['or-demo'] === true ? 'room-or-demo' : 'room',
    demoRate: rate > 0 && rate <= 600 ? rate : 1,
    extraPorts: (values.ports ?? []).filter((glob) => typeof glob === 'string'),
    kiosk: values.kiosk === true,
  };
}
