import { decides } from './mutated-parts.ts';

/** Of 100 mutants that tests could find where a number or a right is decided, so many have to be found. */
export const scoreLimit = 90;

/** A change of one place of the code, and what the tests said to it. Lines and columns count from 1. */
export interface TriedMutant {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  /** What stood there, and what stood there instead. */
  readonly original: string;
  readonly replacement: string;
  readonly outcome: 'killed' | 'timed-out' | 'survived' | 'not-reached' | 'not-run';
}

export interface FileScore {
  readonly path: string;
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  readonly notReached: number;
  /** In code that runs once, when a module is loaded; and what does not compile. They count in no score. */
  readonly notRun: number;
  /** Percent; null where nothing could be found, because nothing was run. */
  readonly score: number | null;
}

/** By file, in the order of their names. A mutant that ends in an endless loop is found; one that no test reaches is not. */
export function fileScores(mutants: readonly TriedMutant[]): readonly FileScore[] {
  const byFile = Map.groupBy(mutants, ({ path }) => path);
  return [...byFile.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([path, own]) => scoreOf(path, own));
}

function scoreOf(path: string, mutants: readonly TriedMutant[]): FileScore {
  const count = (wanted: TriedMutant['outcome']): number => mutants.filter(({ outcome }) => outcome === wanted).length;
  const [killed, timedOut, survived, notReached] = [count('killed'), count('timed-out'), count('survived'), count('not-reached')];
  const valid = killed + timedOut + survived + notReached;
  const score = valid === 0 ? null : ((killed + timedOut) / valid) * 100;
  return { path, killed, timedOut, survived, notReached, notRun: count('not-run'), score };
}

/** Files that decide and are below the limit. One of which nothing was run is not above it. */
export function filesBelowLimit(scores: readonly FileScore[]): readonly FileScore[] {
  return scores.filter(({ path, score, notRun }) => decides(path) && (score === null ? notRun > 0 : score < scoreLimit));
}

/** The table and, below it, each mutant that no test noticed, with its place. Ends with a line feed. */
export function scoreReport(mutants: readonly TriedMutant[]): string {
  const scores = fileScores(mutants);
  const all = scoreOf('all', mutants);
  const below = new Set(filesBelowLimit(scores).map(({ path }) => path));
  const rows = [...scores, all].map((row) => [
    below.has(row.path) ? `${row.path}  BELOW ${scoreLimit} %` : row.path,
    // Cut, not rounded: 89.96 is below 90.
    row.score === null ? 'none' : `${(Math.floor(row.score * 10) / 10).toFixed(1)} %`,
    ...[row.killed, row.timedOut, row.survived, row.notReached, row.notRun].map(String),
  ]);
  const table = aligned([['file', 'score', 'killed', 'timed out', 'survived', 'not reached', 'not run'], ...rows]);
  const unnoticed = mutants.filter(({ outcome }) => outcome === 'survived' || outcome === 'not-reached');
  return `${[...table, '', ...unnoticed.map(placeOf)].join('\n')}\n`;
}

function placeOf({ path, line, column, original, replacement, outcome }: TriedMutant): string {
  const oneLine = (code: string): string => code.replaceAll(/\s+/g, ' ').slice(0, 120);
  return `${outcome}  ${path}:${line}:${column}  ${oneLine(original)}  →  ${oneLine(replacement)}`;
}

/** Columns of one width: the first to the left, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '));
}
