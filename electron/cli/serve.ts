import { command } from './command.ts';
import { flag, number, otherwise, text, texts, UsageError } from './command-option.ts';
import { superviseRoom, supervisedBy, type Served } from './supervised-room.ts';

/** Serves until it is told to stop, starting the room service again when it ends by itself; the first stdout line says where, once it answers. */
export const serveCommand = command({
  name: 'serve',
  does: 'the room in a browser, on 127.0.0.1',
  forms: ['[options]'],
  about: 'Serves until it is told to stop; the first line says where.',
  options: {
    data: text('DIR', "the room's data folder; default: this account's own"),
    port: otherwise(number('N', 'on 127.0.0.1; default: any free one', { from: 0, to: 65_535, isWhole: true }), 0),
    demo: flag('a simulated patient on simulated monitors, in a data folder of its own'),
    'or-demo': flag('the room if one is set up in the data folder, the demo otherwise'),
    rate: otherwise(number('N', "the demo's seconds per second once it has caught up; default 1", { above: 0, to: 600 }), 1),
    ports: texts('GLOB', 'serial ports that the system does not list, for example /dev/ttyV*; may be repeated'),
    'backup-to': text('DIR', 'backups of the room by itself, after each session and each night, into this folder'),
    'no-open': flag('do not open a browser'),
  },
  run: async ({ options, argv }, io) => {
    const { data, port, demo, rate, ports } = options;
    if (demo && options['or-demo']) throw new UsageError('--demo and --or-demo exclude each other');
    if (demo && options['backup-to'] !== null) throw new UsageError('the demo makes no backups');
    const secret = process.env[supervisedBy];
    if (secret === undefined) return superviseRoom(argv, io);
    try {
      // The whole room is loaded by the one who serves it.
      const { serveHeadless } = await import('../service/entry/headless.ts');
      const served = await serveHeadless({
        dataFolder: data,
        port,
        mode: demo ? 'demo' : options['or-demo'] ? 'room-or-demo' : 'room',
        demoRate: rate,
        extraPorts: ports,
        backupTo: options['backup-to'],
        demoToken: secret,
      });
      process.send?.({ url: served.url, pid: process.pid } satisfies Served);
      if (!options['no-open']) served.openBrowser();
      await served.stopped;
      // The channel to the supervisor would keep this process alive.
      if (process.connected) process.disconnect();
      return 0;
    } catch (error) {
      io.stderr(`vigil serve: ${error instanceof Error ? error.message : String(error)}`);
      return 1;
    }
  },
});
