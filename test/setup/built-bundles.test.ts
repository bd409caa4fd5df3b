import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceFingerprint } from '../../electron/setup/built-bundles.mjs';

let root = '';

beforeEach(() => {
  root = `${mkdtempSync(join(tmpdir(), 'vigil-sources-'))}${sep}`;
  mkdirSync(join(root, 'shared'));
  mkdirSync(join(root, 'test'));
  writeFileSync(join(root, 'shared', 'a.ts'), 'export const a = 1;');
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test('SETUP-3 a new time on the same contents builds nothing', () => {
  const before = sourceFingerprint(root);
  utimesSync(join(root, 'shared', 'a.ts'), 1, 1);
  writeFileSync(join(root, 'test', 'a.test.ts'), '');
  expect(sourceFingerprint(root)).toBe(before);
});

test.each([
  ['a changed file', 'shared/a.ts', 'export const a = 2;'],
  ['a new file', 'shared/b.ts', ''],
  ['a changed configuration', 'package.json', '{}'],
])('SETUP-3 %s builds again', (_, path, contents) => {
  const before = sourceFingerprint(root);
  writeFileSync(join(root, path), contents);
  expect(sourceFingerprint(root)).not.toBe(before);
});
