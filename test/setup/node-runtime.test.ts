import { expect, test } from 'vitest';
import { projectEnvironment, projectNode, runtimeIsEnough } from '../../electron/setup/node-runtime.mjs';
import { projectRoot } from '../../electron/setup/project-root.mjs';

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

test('SETUP-2 children find the same Node first, and the folder stands there once', () => {
  const { PATH = '' } = projectEnvironment(projectRoot);
  expect(PATH.split(':')[0]).toMatch(/node_modules\/\.bin$/);
  expect(
    PATH.split(':')
      .slice(0, 2)
      .filter((folder) => folder.endsWith('node_modules/.bin')),
  ).toHaveLength(1);
});
