import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { sessionEventBodies } from '../../electron/service/session/events/session-event.ts';
import { recordHashes, storedRecords, type RecordHashes } from './record-hashes.ts';

const file = new URL('hashes.json', storedRecords);

test('EXPORT-39 the record of every stored session comes out byte for byte as it did, as JSON, as a table and in print', async () => {
  await expect(`${JSON.stringify(recordHashes(), null, 2)}\n`).toMatchFileSnapshot(fileURLToPath(file));
});

/** Kinds that came after the stored database was made: it is never made again. */
const later: readonly string[] = ['surroundings-changed'];

test('EXPORT-39 there is a stored session of every kind of event', () => {
  const stored = JSON.parse(readFileSync(file, 'utf8')) as Record<string, RecordHashes>;
  const kinds = Object.keys(sessionEventBodies).filter((kind) => !later.includes(kind));
  expect(kinds.filter((kind) => stored[`${kind}, holds`] === undefined)).toEqual([]);
  expect(new Set(Object.values(stored).map(({ json }) => json)).size).toBe(Object.keys(stored).length);
});
