import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './command-run.mjs';
import { projectEnvironment, projectNode } from './node-runtime.mjs';
import { projectRoot } from './project-root.mjs';
import { codeFiles, codeFolders } from './source-files.mjs';

/**
 * @typedef {object} BoundsReport what dependency-cruiser says, as far as we use it
 * @property {readonly { source: string }[]} modules
 * @property {{ violations: readonly BoundsViolation[] }} summary
 */

/** @typedef {{ rule: { name: string }, from: string, to: string, cycle?: readonly { name: string }[] }} BoundsViolation */

/** Fewer modules than this cannot be the whole product, whatever the folders hold. */
export const moduleFloor = 60;

/**
 * Reads every import below `root` by the rules of .dependency-cruiser.cjs.
 *
 * @param {string} root
 * @returns {Promise<BoundsReport>}
 */
export async function readImportBounds(root) {
  const scratch = mkdtempSync(join(tmpdir(), 'vigil-bounds-'));
  const reportPath = join(scratch, 'report.json');
  try {
    const program = join(projectRoot, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
    const config = join(projectRoot, '.dependency-cruiser.cjs');
    const folders = codeFolders.filter((folder) => existsSync(join(root, folder)));
    const end = await runCommand(
      projectNode(projectRoot),
      [program, '--config', config, '--output-type', 'json', '--output-to', reportPath, ...folders],
      { cwd: root, env: projectEnvironment(projectRoot), output: 'capture' },
    );
    // It exits with the number of violations, so only a missing report means that it failed.
    if (!existsSync(reportPath)) throw new Error(`dependency-cruiser failed (exit code ${end.exitCode}): ${end.output.trim()}`);
    return JSON.parse(readFileSync(reportPath, 'utf8'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/**
 * The violations, and the ways in which a report can be empty without anything being in order:
 * dependency-cruiser reads nothing under a TypeScript it does not know, and says so nowhere.
 *
 * @param {BoundsReport} report
 * @param {readonly string[]} sources every code file that it should have read
 * @param {number} [floor]
 * @returns {string[]} one line for each problem
 */
export function boundsProblems(report, sources, floor = moduleFloor) {
  const read = new Set(report.modules.map(({ source }) => source));
  const unread = sources.filter((path) => !read.has(path));
  return [
    ...report.summary.violations.map(sentenceFor),
    ...unread.map((path) => `not-read: ${path} was not looked at`),
    ...(sources.length < floor ? [`module-floor: only ${sources.length} modules found, expected at least ${floor}`] : []),
  ];
}

/** @param {BoundsViolation} violation */
function sentenceFor({ rule, from, to, cycle }) {
  const path = cycle === undefined ? [to] : cycle.map(({ name }) => name);
  return `${rule.name}: ${[from, ...path].join(' → ')}`;
}

/** @returns {Promise<string[]>} */
export async function importBoundsProblems() {
  const sources = codeFiles(projectRoot);
  return boundsProblems(await readImportBounds(projectRoot), sources);
}
