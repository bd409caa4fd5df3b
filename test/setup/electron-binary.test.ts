import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findElectron, findOrFetchElectron } from '../../electron/setup/electron-binary.mjs';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vigil-electron-'));
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

function putProgramInto(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'electron');
  writeFileSync(path, '');
  return path;
}

test('SETUP-7 the binary is found where the package keeps it', () => {
  expect(findElectron(root)).toBeUndefined();
  const path = putProgramInto(join(root, 'node_modules', 'electron', 'dist'));
  expect(findElectron(root)).toBe(path);
});

test('SETUP-7 a folder that was named is taken as it is', async () => {
  vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', join(root, 'elsewhere'));
  expect(await findOrFetchElectron(root)).toEqual({ missing: 'ELECTRON_OVERRIDE_DIST_PATH names a folder without electron' });
  const path = putProgramInto(join(root, 'elsewhere'));
  expect(await findOrFetchElectron(root)).toEqual({ path });
});

test('SETUP-7 without a display nothing is fetched', async (ctx) => {
  ctx.skip(process.platform !== 'linux', 'only Linux runs without a display');
  vi.stubEnv('DISPLAY', undefined);
  vi.stubEnv('WAYLAND_DISPLAY', undefined);
  expect(await findOrFetchElectron(root)).toEqual({ missing: 'there is no display' });
});
