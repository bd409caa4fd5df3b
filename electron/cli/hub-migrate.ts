import { hubPlace } from '../service/sync/hub/hub-address.ts';
import { readHubSteps } from '../service/sync/hub/hub-steps.ts';
import { migrateHub } from '../service/sync/hub/migrate-hub.ts';
import { command } from './command.ts';
import { required, text } from './command-option.ts';
import { atHub, hubOptions, requiredHub, type HubEnvironment } from './hub-options.ts';

/** `vigil hub migrate`. */
export const hubMigrateCommand = command({
  name: 'hub migrate',
  does: 'makes a PostgreSQL database a hub, or brings it to this version',
  about: `Runs the numbered files of resources/hub that the database has not had yet, each whole or not at all, and writes the clinic's
name. Run again it changes nothing. The login needs the right to create roles, and schemas in this database; on a server of your
own that is whoever owns it. Two at once wait for each other.`,
  options: { clinic: required(text('NAME', 'the clinic whose rooms send here')), ...hubOptions },
  notes: `Output: one JSON object, "type":"migrated" or "refused". Exit 0 done, 1 a refusal.`,
  run: async ({ options }, io, env: HubEnvironment = process.env) => {
    const address = requiredHub(options, env);
    return atHub({ command: 'hub migrate', address, io }, async (connection) => {
      const { applied, version, clinicId } = await migrateHub(connection, readHubSteps(), options.clinic);
      io.stdout(JSON.stringify({ type: 'migrated', applied, version, clinic: options.clinic, clinicId }));
      io.stderr(`the hub at ${hubPlace(address)} is at version ${version}${applied.length === 0 ? ', as it was' : ''}`);
      return 0;
    });
  },
});
