import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles, textOf } from './tree.ts';

/** One use of a stylesheet: by which file, under which name. */
interface StyleUse {
  readonly file: string;
  readonly sheet: string;
  readonly name: string;
}

const parts = projectFiles.filter((path) => /^renderer\/.*\.tsx?$/.test(path));
const sheets = projectFiles.filter((path) => /^renderer\/.*\.module\.css$/.test(path));

function usesIn(file: string, source: string): readonly StyleUse[] {
  return [...source.matchAll(/^import (\w+) from '([^']*\.module\.css)';/gm)].map(([, name = '', path = '']) => ({
    file,
    sheet: posix.join(posix.dirname(file), path),
    name,
  }));
}

/** The classes that a stylesheet has; those of a library, marked as global, are not its own. */
function classesOf(css: string): ReadonlySet<string> {
  const own = css.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/:global\([^)]*\)/g, '');
  const selectors = [...own.matchAll(/([^{};]*)\{/g)].map(([, selector = '']) => selector);
  return new Set(selectors.flatMap((selector) => [...selector.matchAll(/\.([A-Za-z]\w*)/g)].map(([, name = '']) => name)));
}

function classesNamed(name: string, source: string): readonly string[] {
  return [...source.matchAll(new RegExp(String.raw`\b${name}\.(\w+)`, 'g'))].flatMap(([, one = '']) => (one === 'module' ? [] : [one]));
}

/** Named in a part, and in no stylesheet. */
function missingClasses(uses: readonly StyleUse[], text: (path: string) => string): readonly string[] {
  return uses.flatMap(({ file, sheet, name }) => {
    const has = classesOf(text(sheet));
    return [...new Set(classesNamed(name, text(file)))].filter((one) => !has.has(one)).map((one) => `${file} ${one}`);
  });
}

/** In a stylesheet, and named in no part. A sheet whose classes are looked up by a value may have more. */
function unusedClasses(uses: readonly StyleUse[], text: (path: string) => string): readonly string[] {
  return [...new Set(uses.map(({ sheet }) => sheet))].flatMap((sheet) => {
    const mine = uses.filter((use) => use.sheet === sheet);
    if (mine.some(({ file, name }) => text(file).includes(`${name}[`))) return [];
    const named = new Set(mine.flatMap(({ file, name }) => classesNamed(name, text(file))));
    return [...classesOf(text(sheet))].filter((one) => !named.has(one)).map((one) => `${sheet} ${one}`);
  });
}

test('ARCH-20 every class that a part names stands in its stylesheet, and every class of a stylesheet is named', () => {
  const uses = parts.flatMap((file) => usesIn(file, textOf(file)));
  expect(new Set(uses.map(({ sheet }) => sheet))).toEqual(new Set(sheets));
  expect(missingClasses(uses, textOf)).toEqual([]);
  expect(unusedClasses(uses, textOf)).toEqual([]);
});

test('ARCH-20 a class that is missing and one that is left over are found', () => {
  const tree: Readonly<Record<string, string>> = {
    'a/part.tsx': "import styles from './part.module.css';\nconst drawn = [styles.head, styles.gone];\n",
    'a/part.module.css': '/* .spoken { } */\n.head,\n.left:hover {\n  margin: 0.5px;\n}\n.head :global(.other) { color: red; }\n',
  };
  const text = (path: string): string => tree[path] ?? '';
  const uses = usesIn('a/part.tsx', text('a/part.tsx'));
  expect(missingClasses(uses, text)).toEqual(['a/part.tsx gone']);
  expect(unusedClasses(uses, text)).toEqual(['a/part.module.css left']);
});
