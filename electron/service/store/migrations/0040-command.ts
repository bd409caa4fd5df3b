import type { Migration } from './migration.ts';

/**
 * What each command asked for, as a SHA-256 over its procedure, its person and its whole content but its PINs. A call
 * that comes again under the same id is answered from the log only where it is that call. Written in the transaction
 * of the command's events; those from before this step have none, and their ids are used up.
 */
export const command: Migration = {
  version: 40,
  name: 'command',
  sql: `
    CREATE TABLE command (
      command_id BLOB PRIMARY KEY CHECK (length(command_id) = 16),
      digest BLOB NOT NULL CHECK (length(digest) = 32)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER command_kept BEFORE DELETE ON command BEGIN SELECT RAISE(ABORT, 'a command is never removed'); END;
    CREATE TRIGGER command_fixed BEFORE UPDATE ON command BEGIN SELECT RAISE(ABORT, 'a command is never changed'); END;
  `,
};
