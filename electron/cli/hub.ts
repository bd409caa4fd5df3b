import { commandGroup } from './command-group.ts';
import { hubDoctorCommand } from './hub-doctor.ts';
import { hubLoginAddCommand } from './hub-login.ts';
import { hubMigrateCommand } from './hub-migrate.ts';

/** `vigil hub`. */
export const hubCommand = commandGroup(
  {
    name: 'hub',
    does: "the clinic's PostgreSQL that the rooms send to: set up, examined, given logins",
    about: `A hub is a PostgreSQL database, 15 or newer, with the clinic's copy of its rooms' logs. See docs/sync.md.`,
  },
  [hubMigrateCommand, hubDoctorCommand, hubLoginAddCommand],
);
