import { delimiter, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { projectEnvironment, projectNode, runtimeIsEnough } from '../../electron/setup/node-runtime.mjs';
import { projectRoot } from '../../electron/setup/project-root.mjs';

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['20.20.2', '9', false],
  ['22.13.1', '9', false],
  ['22.14.0', '10', true],
  ['22.20.0', '9', false],
  ['24.21.0', '10', true],
])('SETUP-2 Node %s with Node-API %s is enough: %s', (node, napi, enough) => {
  expect(runtimeIsEnough({ ...process.versions, node, napi } as NodeJS.ProcessVersions)).toBe(enough);
});

test('SETUP-2 these tests run on a Node that is enough', () => {
  expect(projectNode(projectRoot)).toBe(process.execPath);
});

test('SETUP-2 children find the same Node first, and its folder stands there once', () => {
  const own = join(projectRoot, 'node_modules', '.bin');
  const once = projectEnvironment(projectRoot).PATH ?? '';
  expect(once.split(delimiter)[0]).toBe(own);
  vi.stubEnv('PATH', once);
  expect(projectEnvironment(projectRoot).PATH).toBe(once);
  vi.stubEnv('PATH', '');
  expect(projectEnvironment(projectRoot).PATH?.split(delimiter)[0]).toBe(own);
});
