import { describe, expect, test } from 'vitest';
import { fileScores, filesBelowLimit, scoreReport, type TriedMutant } from './mutation-score.ts';

const dosing = 'shared/clinical/dosing.ts';
const words = 'shared/clinical/ordered-words.ts';

function mutant(path: string, outcome: TriedMutant['outcome'], changes: Partial<TriedMutant> = {}): TriedMutant {
  return { path, line: 3, column: 7, original: 'a > b', replacement: 'a >= b', outcome, ...changes };
}

const times = (count: number, path: string, outcome: TriedMutant['outcome']): TriedMutant[] =>
  Array.from({ length: count }, () => mutant(path, outcome));

describe('the score of a file', () => {
  test('MUTATION-1 an endless loop is found, what no test reaches is not, and what was not run counts for nothing', () => {
    const mutants = (['killed', 'killed', 'timed-out', 'survived', 'not-reached', 'not-run', 'not-run'] as const).map((outcome) =>
      mutant(dosing, outcome),
    );
    expect(fileScores(mutants)).toEqual([{ path: dosing, killed: 2, timedOut: 1, survived: 1, notReached: 1, notRun: 2, score: 60 }]);
  });

  test('MUTATION-1 files stand by their names, each with its own', () => {
    const scores = fileScores([mutant(words, 'survived'), mutant(dosing, 'killed'), mutant(words, 'killed')]);
    expect(scores.map(({ path, score }) => [path, score])).toEqual([
      [dosing, 100],
      [words, 50],
    ]);
  });

  test('MUTATION-1 a file of which nothing was run has no score, which is not 0', () => {
    expect(fileScores([mutant(dosing, 'not-run')])[0]?.score).toBeNull();
  });

  test('MUTATION-3 nine of ten are enough where a number is decided, fewer are not, and words have no limit', () => {
    const below = (...mutants: TriedMutant[]): readonly string[] => filesBelowLimit(fileScores(mutants)).map(({ path }) => path);
    expect(below(...times(9, dosing, 'killed'), mutant(dosing, 'survived'))).toEqual([]);
    expect(below(...times(8, dosing, 'killed'), mutant(dosing, 'survived'))).toEqual([dosing]);
    expect(below(mutant(words, 'survived'))).toEqual([]);
    expect(below(mutant(dosing, 'not-run'))).toEqual([dosing]);
  });
});

describe('the report', () => {
  test('MUTATION-2 names what nobody noticed, on one line, and not what was found', () => {
    const report = scoreReport([
      mutant(dosing, 'killed', { line: 1 }),
      mutant(dosing, 'survived', { line: 12, original: '{\n    left();\n  }', replacement: '{}' }),
      mutant(dosing, 'not-reached', { line: 40 }),
      mutant(dosing, 'not-run', { line: 50 }),
    ]);
    expect(report.split('\n').slice(-3)).toEqual([
      `survived  ${dosing}:12:7  { left(); }  →  {}`,
      `not-reached  ${dosing}:40:7  a > b  →  a >= b`,
      '',
    ]);
  });

  test('MUTATION-3 a score just below the limit is not shown as the limit, and the file is marked', () => {
    const report = scoreReport([...times(8996, dosing, 'killed'), ...times(1004, dosing, 'survived')]);
    expect(report.split('\n')[1]).toMatch(/^shared\/clinical\/dosing\.ts {2}BELOW 90 % +89\.9 % +8996 +0 +1004 +0 +0$/);
  });

  test('MUTATION-1 a file without a score says none', () => {
    expect(scoreReport([mutant(words, 'not-run')]).split('\n')[1]).toMatch(/ordered-words\.ts +none +0 +0 +0 +0 +1$/);
  });
});
