import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decides, mutatedParts, pickParts } from './mutated-parts.ts';

const root = new URL('../..', import.meta.url).pathname;
const folders = ['shared/clinical', 'electron/service/staff', 'electron/service/session', 'electron/service/drivers'];

test('MUTATION-4 every source of the mutated folders is in one part and in no second', () => {
  const sources = pickParts(root, []).flatMap((part) => part.sources);
  expect(new Set(sources).size).toBe(sources.length);
  const found = folders.flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root }));
  expect(found.length).toBeGreaterThan(200);
  expect(found.filter((path) => !sources.includes(path))).toEqual([]);
});

test('MUTATION-4 a part that is picked from keeps its tests, and each pattern of a part finds files', () => {
  expect(pickParts(root, ['shared/clinical/dosing.ts'])).toEqual([
    { ...mutatedParts.find(({ name }) => name === 'dosing'), sources: ['shared/clinical/dosing.ts'] },
  ]);
  expect(pickParts(root, ['no/such/folder'])).toEqual([]);
  const patterns = mutatedParts.flatMap(({ sources, tests }) => [...sources, ...tests]);
  expect(patterns.filter((pattern) => globSync(pattern, { cwd: root }).length === 0)).toEqual([]);
});

test('MUTATION-3 what decides is known by its path', () => {
  const path = 'electron/service/';
  expect(['shared/clinical/dose-step.ts', `${path}session/decide/discharge.ts`, `${path}staff/roles.ts`].every(decides)).toBe(true);
  expect(['shared/clinical/text-pack.ts', `${path}session/questions/marks.ts`, `${path}drivers/nonin/simulator.ts`].some(decides)).toBe(
    false,
  );
});
