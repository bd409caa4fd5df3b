import { afterEach, expect, test, vi } from 'vitest';
import { ensureSystemTools, findTool } from '../../electron/setup/system-tools.mjs';

afterEach(() => {
  vi.unstubAllEnvs();
});

test('SETUP-4 a tool is found on the path', () => {
  expect(findTool('node')).toMatch(/node$/);
  expect(findTool('no-such-tool')).toBeUndefined();
});

test('SETUP-4 nothing is done when every tool is there', async () => {
  await expect(ensureSystemTools(['node'])).resolves.toBeUndefined();
});

test('SETUP-4 without a package manager the missing tools are named', async () => {
  vi.stubEnv('PATH', '');
  vi.stubEnv('VIGIL_CHROMIUM', undefined);
  await expect(ensureSystemTools(['chromium', 'socat'])).rejects.toThrow(/the tests need chromium socat; install them/);
});
