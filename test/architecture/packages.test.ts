import { expect, test } from 'vitest';
import { projectFiles, textOf } from './tree.ts';

interface LockedPackage {
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifest: {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
} = JSON.parse(textOf('package.json'));
const locked: Readonly<Record<string, LockedPackage>> = JSON.parse(textOf('package-lock.json')).packages;
const decisions = projectFiles.filter((path) => /^docs\/decisions\/(?!README\.md$).*\.md$/.test(path));

test('ARCH-12 every package with an install script has been decided on, and none may run', () => {
  const withScript = Object.entries(locked)
    .filter(([, entry]) => entry.hasInstallScript)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(manifest.allowScripts).toEqual(Object.fromEntries(withScript.map((name) => [name, false])));
  expect(textOf('.npmrc')).toMatch(/^ignore-scripts=true$/m);
});

test('ARCH-13 every dependency has its reason in a decision record', () => {
  const words = new Set(decisions.flatMap((path) => [...textOf(path).matchAll(/`([^`\s]+)`/g)].map((match) => match[1])));
  const names = [manifest.dependencies, manifest.devDependencies, manifest.optionalDependencies].flatMap(Object.keys);
  expect(names.filter((name) => !words.has(name))).toEqual([]);
});

test('ARCH-14 decision records are numbered without a gap and fit on a page', () => {
  const numbers = decisions.map((path) => /\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1]);
  expect(numbers).toEqual(decisions.map((_, index) => String(index + 1).padStart(4, '0')));
  expect(decisions.filter((path) => textOf(path).split(/\s+/).length > 600)).toEqual([]);
});

test('ARCH-15 the packages outside the bundles are the native ones', () => {
  // electron-vite leaves out what stands in `dependencies` and inlines the rest.
  expect(Object.keys(manifest.dependencies).sort()).toEqual(['better-sqlite3', 'serialport']);
});

test('ARCH-16 the lockfile holds the binaries of every platform', () => {
  const absent = Object.entries(locked).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !isLocked(path, name))
      .map((name) => `${path} needs ${name}`),
  );
  expect(absent).toEqual([]);
  expect(isLocked('node_modules/vite', 'no-such-package')).toBe(false);
});

/** Node's own search: beside the package, then in every folder above it. */
function isLocked(path: string, name: string): boolean {
  const folders = path.split('/node_modules/').map((_, index, parts) => parts.slice(0, index + 1).join('/node_modules/'));
  return [...folders.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`].some((candidate) => candidate in locked);
}
