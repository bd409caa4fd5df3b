import { Stryker } from '@stryker-mutator/core';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pickParts, type MutatedPart } from './mutated-parts.ts';
import { fileScores, filesBelowLimit, scoreReport, type TriedMutant } from './mutation-score.ts';

/**
 * Changes the code in one place at a time and runs the tests that reach it: what no test notices, no test holds.
 * Arguments are files or folders, by how their path begins; without one it is everything, which takes hours. What an
 * earlier run found is taken over where neither the place nor the tests that reach it changed; `--again` asks for all of
 * it, because a change of code that both only import is not seen.
 * Exit code 1 where a file that decides a number or a right is below the limit.
 */
const root = process.cwd();
/** Outside the repository: nothing that collects tests or sources may find a changed copy. */
const scratch = join(tmpdir(), 'vigil-mutation');
const reportFolder = join(root, 'test-results', 'mutation');

type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

const outcomes: Readonly<Record<MutantResult['status'], TriedMutant['outcome']>> = {
  Killed: 'killed',
  Timeout: 'timed-out',
  Survived: 'survived',
  NoCoverage: 'not-reached',
  Ignored: 'not-run',
  CompileError: 'not-run',
  RuntimeError: 'not-run',
  Pending: 'not-run',
};

const again = process.argv.includes('--again');
const picked = process.argv.slice(2).filter((argument) => argument !== '--again');
const parts = pickParts(root, picked);
if (parts.length === 0) {
  console.error(`mutation: nothing that is mutated begins with ${picked.join(' or ')}`);
  process.exit(2);
}
mkdirSync(reportFolder, { recursive: true });
const tried: TriedMutant[] = [];
for (const part of parts) {
  // Asked after every part: a run that is ended leaves what it found.
  tried.push(...(await tryPart(part)));
  writeFileSync(join(reportFolder, 'score.txt'), scoreReport(tried));
}
console.log(scoreReport(tried));
process.exitCode = filesBelowLimit(fileScores(tried)).length > 0 ? 1 : 0;

async function tryPart({ name, sources, tests, isQuick, isTables }: MutatedPart): Promise<readonly TriedMutant[]> {
  process.env['VIGIL_MUTATION_LOADS_ANEW'] = isTables === true ? '1' : '';
  process.env['VIGIL_MUTATION_TESTS'] = globSync([...tests], { cwd: root }).join(' ');
  const results = await new Stryker({
    mutate: [...sources],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    // A thread may not set the mask of new files, as the store does.
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: false, pool: isQuick === true ? 'threads' : 'forks' },
    coverageAnalysis: 'perTest',
    ignoreStatic: isQuick !== true,
    // Words are not numbers: who may change them is held by other tests, and their mutants would hide the rest.
    mutator: { excludedMutations: ['StringLiteral'] },
    disableTypeChecks: false,
    concurrency: Number(process.env['VIGIL_MUTATION_WORKERS'] ?? 1),
    // An endless loop is found by counting. Time is for what stands still, and a busy machine must not look like that.
    timeoutMS: 60_000,
    dryRunTimeoutMinutes: 60,
    incremental: true,
    incrementalFile: join(scratch, `${name}.json`),
    force: again,
    tempDirName: join(scratch, 'sandbox'),
    ignorePatterns: ['docs', 'out', 'dist', 'test-results', 'test/gallery', 'test/e2e'],
    reporters: ['progress'],
  }).runMutationTest();
  const textOf = new Map(sources.map((path) => [path, readFileSync(join(root, path), 'utf8').split('\n')]));
  return results.map((result) => triedMutant(result, textOf));
}

function triedMutant(result: MutantResult, textOf: ReadonlyMap<string, readonly string[]>): TriedMutant {
  const { start, end } = result.location;
  const path = relative(root, resolve(root, result.fileName)).replaceAll('\\', '/');
  const lines = (textOf.get(path) ?? []).slice(start.line - 1, end.line);
  const last = lines.pop() ?? '';
  const original = [...lines, last.slice(0, end.column - 1)].join('\n').slice(start.column - 1);
  return {
    path,
    line: start.line,
    column: start.column,
    original,
    replacement: result.replacement ?? '',
    outcome: outcomes[result.status],
  };
}
