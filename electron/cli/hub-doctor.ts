import { examineHub } from '../service/sync/hub/hub-doctor.ts';
import { hubPlace } from '../service/sync/hub/hub-address.ts';
import { readHubSteps } from '../service/sync/hub/hub-steps.ts';
import { command } from './command.ts';
import { flag } from './command-option.ts';
import { atHub, hubOptions, requiredHub, type HubEnvironment } from './hub-options.ts';

/** `vigil hub doctor`. */
export const hubDoctorCommand = command({
  name: 'hub doctor',
  does: 'looks whether a hub is as it was made, and says what to mend',
  about: `Compares the steps, functions, rights and logins of a hub with what this Vigil makes, and looks whether the server keeps what it
acknowledges. Changes nothing. With --records the server works out the hash of every event anew and names those that do not fit.`,
  options: { records: flag('also work out every hash anew: some minutes for a large clinic'), ...hubOptions },
  notes: `Output: one JSON object for each finding and each room, then one with "type":"examined". Exit 0 nothing found, 1 a finding or a refusal.`,
  run: async ({ options }, io, env: HubEnvironment = process.env) => {
    const address = requiredHub(options, env);
    return atHub({ command: 'hub doctor', address, io }, async (connection) => {
      const { server, findings, rooms } = await examineHub(connection, readHubSteps(), { records: options.records });
      for (const finding of findings) io.stdout(JSON.stringify({ type: 'finding', ...finding }));
      for (const room of rooms) io.stdout(JSON.stringify({ type: 'room', ...room }));
      const encrypted = address.tls !== null;
      io.stdout(JSON.stringify({ type: 'examined', server, encrypted, rooms: rooms.length, findings: findings.length }));
      for (const { what, mend } of findings) io.stderr(`${what}. Mend: ${mend}`);
      if (findings.length === 0) io.stderr(`the hub at ${hubPlace(address)} is as it was made, with ${rooms.length} rooms`);
      return findings.length === 0 ? 0 : 1;
    });
  },
});
