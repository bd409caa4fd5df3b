import { expect, test } from 'vitest';
import { projectFiles, textOf, writtenFiles } from './tree.ts';

const sourceFiles = projectFiles.filter((path) => /^(electron|renderer|shared)\/.*\.(ts|tsx|mjs|css)$/.test(path));

/** Each is a fault as a line of text, and a line beside it that is none. The pieces are joined here so that this file is innocent. */
const machinePath = new RegExp(String.raw`(?<![\w.}$-])/(${['work', 'tmp', 'root', 'farm'].join('|')})/`);
const registryHost = new RegExp(
  ['registry\\.' + 'npm', 'registry\\.' + 'yarn', 'deb\\.' + 'debian', 'npm' + 'mirror', 'pypi\\.' + 'org'].join('|'),
);
const networkAddress = /\b(https?|wss?):\/\/(?!www\.w3\.org\/)[a-z0-9]/i;
const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b|@ts-(${'ignore'}|${'nocheck'})`);
const silenced = new RegExp(`(oxlint|eslint)-${'disable'}(?!.* -- \\S)`);
const helperName = /(^|\/)(utils?|helpers?|common|misc|lib)(\/|\.|$)/i;
const kebabPath = /^([a-z0-9]+(-[a-z0-9]+)*[./])+[a-z0-9]+$/;

function linesWith(fault: RegExp, paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) =>
    textOf(path)
      .split('\n')
      .flatMap((line, index) => (fault.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
}

function lineCount(path: string): number {
  return textOf(path).replace(/\n$/, '').split('\n').length;
}

test('ARCH-6 no source file is longer than 400 lines', () => {
  expect(sourceFiles.length).toBeGreaterThan(50);
  expect(sourceFiles.filter((path) => lineCount(path) > 400).map((path) => `${path} ${lineCount(path)}`)).toEqual([]);
});

test('ARCH-6 main.ts is a start order', () => {
  expect(sourceFiles).toContain('electron/main/main.ts');
  expect(lineCount('electron/main/main.ts')).toBeLessThanOrEqual(80);
});

test('ARCH-7 no name is for helping', () => {
  expect(projectFiles.filter((path) => helperName.test(path))).toEqual([]);
  expect(['shared/utils.ts', 'renderer/lib/a.ts', 'test/helpers/b.ts', 'electron/common.mjs'].every((path) => helperName.test(path))).toBe(
    true,
  );
});

test('ARCH-7 code is named in kebab-case', () => {
  const named = projectFiles.filter((path) => /^(electron|renderer|shared|test)\/.*\.(ts|tsx|mjs|css)$/.test(path));
  expect(named.filter((path) => !kebabPath.test(path))).toEqual([]);
  expect(['renderer/SessionScreen.tsx', 'shared/two_words.ts'].some((path) => kebabPath.test(path))).toBe(false);
});

test('ARCH-8 no text names a path of a machine or the host of a registry', () => {
  expect(linesWith(machinePath, writtenFiles)).toEqual([]);
  expect(linesWith(registryHost, writtenFiles)).toEqual([]);
  expect(machinePath.test(`cd /${'work'}/vigil`)).toBe(true);
  expect(machinePath.test('./work/vigil')).toBe(false);
  expect(registryHost.test(`https://registry.${'npm'}js.org`)).toBe(true);
});

test('ARCH-18 whatever a text points to is here: no book that a clone does not have, and no page of docs that is not there', () => {
  const elsewhere = new RegExp(`${'hand'}${'book'}`, 'i');
  expect(linesWith(elsewhere, writtenFiles)).toEqual([]);
  const pages = writtenFiles.flatMap((path) => [...textOf(path).matchAll(/\bdocs\/[\w/-]+\.md\b/g)].map(([page]) => ({ path, page })));
  expect(pages.length).toBeGreaterThan(20);
  expect(pages.filter(({ page }) => !projectFiles.includes(page))).toEqual([]);
});

test('ARCH-19 each driver has its page', () => {
  const drivers = new Set(projectFiles.flatMap((path) => /^electron\/service\/drivers\/([^/]+)\/driver\.ts$/.exec(path)?.[1] ?? []));
  expect(drivers.size).toBeGreaterThanOrEqual(10);
  expect([...drivers].filter((name) => !projectFiles.includes(`docs/monitors/${name}.md`))).toEqual([]);
});

test('ARCH-9 the lockfile records no download address', () => {
  const locked: Readonly<Record<string, { readonly resolved?: string }>> = JSON.parse(textOf('package-lock.json')).packages;
  expect(Object.keys(locked).length).toBeGreaterThan(100);
  expect(Object.keys(locked).filter((path) => locked[path]?.resolved !== undefined)).toEqual([]);
});

test('ARCH-9 versions are exact', () => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(textOf('package.json'));
  const ranges = Object.entries<string>({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
    ([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+$/.test(version),
  );
  expect(ranges).toEqual([]);
});

test('ARCH-10 the page names no network address', () => {
  const page = writtenFiles.filter((path) => path.startsWith('renderer/'));
  expect(page.length).toBeGreaterThan(0);
  expect(linesWith(networkAddress, page)).toEqual([]);
  expect(networkAddress.test('fetch("https://example.org/font.woff2")')).toBe(true);
  expect(networkAddress.test('xmlns="http://www.w3.org/2000/svg"')).toBe(false);
  expect(networkAddress.test('`ws://${location.host}/live`')).toBe(false);
});

test('ARCH-11 a silenced lint rule says why, and nothing is left to do in a comment', () => {
  const code = writtenFiles.filter((path) => /\.(ts|tsx|mjs|cjs|css)$/.test(path));
  expect(linesWith(silenced, code)).toEqual([]);
  expect(linesWith(unfinished, code)).toEqual([]);
  expect(silenced.test(`// oxlint-${'disable'}-next-line no-console`)).toBe(true);
  expect(silenced.test(`// oxlint-${'disable'}-next-line no-console -- the command's own output`)).toBe(false);
});

test('KEYS-2 nothing but the layers of keys listens for keys of the window', () => {
  const listens = /\b(window|document)\.addEventListener\(\s*['"]key/;
  const inPage = sourceFiles.filter((path) => path.startsWith('renderer/') && path !== 'renderer/components/keys/key-layer.tsx');
  expect(inPage.length).toBeGreaterThan(100);
  expect(linesWith(listens, inPage)).toEqual([]);
  expect(listens.test("  window.addEventListener('keydown', listen, { capture: true });")).toBe(true);
});
