import type { Migration } from './migration.ts';

/**
 * What an author's key is wrapped with beside their PIN, sealed under the room's data key, so that another data key needs
 * no author: it was the data key itself, which it still is where there is none.
 */
export const privatePeppers: Migration = {
  version: 30,
  name: 'private-peppers',
  sql: `
    ALTER TABLE author ADD COLUMN pepper BLOB;
    ALTER TABLE author_next ADD COLUMN pepper BLOB;
  `,
};
