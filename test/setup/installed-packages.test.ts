import { expect, test } from 'vitest';
import { packagesMatchLockfile, recordMatches } from '../../electron/setup/installed-packages.mjs';
import { projectRoot } from '../../electron/setup/project-root.mjs';

const locked = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/for-another-platform': { version: '1.0.0', integrity: 'sha512-b', optional: true },
};
const a = locked['node_modules/a'];

test('SETUP-1 an optional package for another platform may be missing', () => {
  expect(recordMatches(locked, { 'node_modules/a': a })).toBe(true);
});

test.each([
  ['a package is missing', {}],
  ['a version differs', { 'node_modules/a': { ...a, version: '1.0.1' } }],
  ['the contents differ', { 'node_modules/a': { ...a, integrity: 'sha512-z' } }],
  ['a package is left over', { 'node_modules/a': a, 'node_modules/old': a }],
])('SETUP-1 %s: install again', (_, installed) => {
  expect(recordMatches(locked, installed)).toBe(false);
});

test('SETUP-1 the packages these tests run on match, and a folder without packages does not', () => {
  expect(packagesMatchLockfile(projectRoot)).toBe(true);
  expect(packagesMatchLockfile(`${projectRoot}/test`)).toBe(false);
});
