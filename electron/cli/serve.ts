import { parseArgs } from 'node:util';
import { serveHeadless } from '../service/entry/headless.ts';
import type { CommandIo } from './command-io.ts';
import { superviseRoom, supervisedBy, type Served } from './supervised-room.ts';

const help = `usage: vigil serve [options]
  --data DIR    the room's data folder; default: this account's own
  --port N      on 127.0.0.1; default: any free one
  --demo        a simulated patient on simulated monitors, in a data folder of its own
  --or-demo     the room if one is set up in the data folder, the demo otherwise
  --rate N      the demo's seconds per second once it has caught up; default 1
  --ports GLOB  serial ports that the system does not list, for example /dev/ttyV*; may be repeated
  --no-open     do not open a browser`;

interface ServeOptions {
  readonly data: string | null;
  readonly port: number;
  readonly mode: 'room' | 'demo' | 'room-or-demo';
  readonly rate: number;
  readonly extraPorts: readonly string[];
  readonly open: boolean;
}

/** Serves until it is told to stop, starting the room service again when it ends by itself; the first stdout line says where, once it answers. */
export async function runServe(argv: string[], io: CommandIo): Promise<number> {
  if (argv.includes('--help')) {
    io.stderr(help);
    return 0;
  }
  const options = readOptions(argv);
  if (typeof options === 'string') {
    io.stderr(`vigil serve: ${options}\n${help}`);
    return 2;
  }
  const secret = process.env[supervisedBy];
  if (secret === undefined) return superviseRoom(argv, io);
  try {
    const served = await serveHeadless({
      dataFolder: options.data,
      port: options.port,
      mode: options.mode,
      demoRate: options.rate,
      extraPorts: options.extraPorts,
      demoToken: secret,
    });
    process.send?.({ url: served.url, pid: process.pid } satisfies Served);
    if (options.open) served.openBrowser();
    await served.stopped;
    // The channel to the supervisor would keep this process alive.
    if (process.connected) process.disconnect();
    return 0;
  } catch (error) {
    io.stderr(`vigil serve: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

/** The options, or what is wrong with them. */
function readOptions(argv: string[]): ServeOptions | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: argv,
      options: {
        data: { type: 'string' },
        port: { type: 'string', default: '0' },
        demo: { type: 'boolean', default: false },
        'or-demo': { type: 'boolean', default: false },
        rate: { type: 'string', default: '1' },
        ports: { type: 'string', multiple: true, default: [] },
        'no-open': { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return `--port takes a number from 0 to 65535, not "${values.port}"`;
  const rate = Number(values.rate);
  if (!(rate > 0 && rate <= 600)) return `--rate takes a number above 0, up to 600, not "${values.rate}"`;
  if (values.data === '') return '--data names a folder';
  if (values.demo && values['or-demo']) return '--demo and --or-demo exclude each other';
  return {
    data: values.data ?? null,
    port,
    mode: values.demo ? 'demo' : values['or-demo'] ? 'room-or-demo' : 'room',
    rate,
    extraPorts: values.ports,
    open: !values['no-open'],
  };
}
