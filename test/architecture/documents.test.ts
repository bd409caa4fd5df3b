import { expect, test } from 'vitest';
import { projectFiles, textOf } from './tree.ts';

interface DecisionRecord {
  readonly number: number;
  readonly file: string;
  readonly title: string;
  /** The later records that it says it was changed by, in its own line below the title. */
  readonly amendedBy: readonly number[];
  /** The earlier records that it says it replaces in part. */
  readonly replaces: readonly number[];
}

function decisionRecord(file: string, text: string): DecisionRecord {
  const [, number, title] = /^# 0*(\d+)\.? (.+)$/m.exec(text) ?? [];
  const amended = /^Amended by decisions? ([\d and,]+):/m.exec(text)?.[1] ?? '';
  const replaced = /^Replaces .*$/m.exec(text)?.[0] ?? '';
  return {
    number: Number(number),
    file,
    title: title ?? '',
    amendedBy: [...amended.matchAll(/\d+/g)].map(([found]) => Number(found)),
    replaces: [...replaced.matchAll(/decision (\d+)/g)].map(([, found]) => Number(found)),
  };
}

function indexRow({ number, file, title, amendedBy }: DecisionRecord): string {
  return `[${number}](${file}) | ${title} | ${amendedBy.length === 0 ? 'in force' : `amended by ${amendedBy.join(' and ')}`}`;
}

/** What one record says of another that does not say it of itself. */
function onlySaidByTheLater(records: readonly DecisionRecord[]): readonly string[] {
  return records.flatMap(({ number, replaces }) =>
    replaces
      .filter((earlier) => records.find((record) => record.number === earlier)?.amendedBy.includes(number) !== true)
      .map((earlier) => `${earlier} does not say that it is amended by ${number}`),
  );
}

const folder = 'docs/decisions/';
const records = projectFiles
  .filter((path) => /^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/.test(path))
  .map((path) => decisionRecord(path.slice(folder.length), textOf(path)));

test('ARCH-21 the index of decisions has a row for each, with its title and its status', () => {
  const rows = textOf(`${folder}README.md`)
    .split('\n')
    .filter((line) => line.startsWith('| ['))
    .map((line) => line.replaceAll(/\s+/g, ' ').replace(/^\| (.*) \|$/, '$1'));
  expect(records.length).toBeGreaterThan(50);
  expect(rows).toEqual(records.map(indexRow));
});

test('ARCH-21 what a decision replaces of an earlier one stands below the title of that one, too', () => {
  expect(records.filter(({ replaces }) => replaces.length > 0).length).toBeGreaterThan(1);
  expect(onlySaidByTheLater(records)).toEqual([]);
  const earlier = decisionRecord('0001-a.md', '# 1. A\n\n**Decision.** Nothing is sent.\n');
  const later = decisionRecord('0002-b.md', '# 2. B\n\nReplaces decision 1 in what it says of sending.\n');
  expect(onlySaidByTheLater([earlier, later])).toEqual(['1 does not say that it is amended by 2']);
});

/** Written from the root, as the document does throughout; a folder may end in a slash. */
function namedPaths(text: string): readonly string[] {
  return [...text.matchAll(/`((?:electron|renderer|shared|test|resources)\/[\w./-]*)`/g)].map(([, path]) =>
    (path ?? '').replace(/\/$/, ''),
  );
}

test('ARCH-22 every path that docs/architecture.md names is in the repository', () => {
  const isThere = (path: string): boolean => projectFiles.some((file) => file === path || file.startsWith(`${path}/`));
  const named = namedPaths(textOf('docs/architecture.md'));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !isThere(path))).toEqual([]);
  expect(namedPaths('`shared/gone.ts` and `renderer/`').map(isThere)).toEqual([false, true]);
});
