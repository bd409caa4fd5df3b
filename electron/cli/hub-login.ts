import { addLogin } from '../service/sync/hub/hub-logins.ts';
import type { Ids } from '../service/platform/platform.ts';
import { createSystemClock } from '../service/platform/system-clock.ts';
import { createSystemIds } from '../service/platform/system-ids.ts';
import { createPrivateFile, removeFile } from '../service/store/data-folder.ts';
import { StoreError } from '../service/store/store-error.ts';
import { command } from './command.ts';
import { figure, text, UsageError } from './command-option.ts';
import { atHub, hubOptions, requiredHub, type HubEnvironment } from './hub-options.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const passwordBytes = 24;

/** `vigil hub login add`. */
export const hubLoginAddCommand = command({
  name: 'hub login add',
  does: 'a login at the hub, for a room or for whoever reads',
  about: `Makes a login on the server and says whose it is: of one room (--room), or of somebody who reads the clinic's records (without
--room). Its password is made here and written to the file that --password-to names; the server is given what checks it, and never
the password itself. Where the login exists already, it is taken as it is: leave out --password-to.`,
  options: {
    room: figure('ID', 'the room whose login it is, as "vigil sync --status" prints it', {
      is: 'the id of a room',
      read: (typed) => (uuid.test(typed) ? typed.toLowerCase() : null),
    }),
    'room-name': text('TEXT', "the room's name, as the clinic calls it"),
    clinic: text('NAME', 'whose it is, where the hub has several clinics'),
    'password-to': text('FILE', 'where the password is written; it must not exist yet'),
    ...hubOptions,
  },
  argument: { value: 'NAME', noun: 'login' },
  notes: `Output: one JSON object, "type":"login-added" or "refused". Exit 0 done, 1 a refusal.`,
  run: async (
    { options, argument },
    io,
    env: HubEnvironment = process.env,
    ids: Pick<Ids, 'randomBytes'> = createSystemIds(createSystemClock()),
  ) => {
    const { room: roomId, 'room-name': name, 'password-to': to, clinic } = options;
    if (roomId !== null && name === null) throw new UsageError('--room-name is missing: what the clinic calls the room');
    if (roomId === null && name !== null) throw new UsageError('--room is missing: "vigil sync --data DIR --status" prints the id');
    const address = requiredHub(options, env);
    const password = Buffer.from(ids.randomBytes(passwordBytes)).toString('base64url');
    // The file first: a login whose password nobody has would have to be taken away again.
    try {
      if (to !== null) createPrivateFile(to, Buffer.from(`${password}\n`));
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      io.stdout(JSON.stringify({ type: 'refused', code: error.code, message: error.message, detail: null }));
      io.stderr(`vigil hub login add: ${error.message}`);
      return 1;
    }
    const exitCode = await atHub({ command: 'hub login add', address, io }, async (connection) => {
      const room = roomId === null || name === null ? null : { roomId, name };
      const secret = to === null ? null : { password, salt: ids.randomBytes(16) };
      await addLogin(connection, { login: argument, room, clinic, secret });
      io.stdout(
        JSON.stringify({ type: 'login-added', login: argument, kind: room === null ? 'reader' : 'room', roomId, passwordFile: to }),
      );
      io.stderr(
        `${argument} is ${room === null ? 'a reader' : `the login of ${room.name}`}${to === null ? '' : `; its password is in ${to}`}`,
      );
      return 0;
    });
    if (exitCode !== 0 && to !== null) removeFile(to);
    return exitCode;
  },
});
