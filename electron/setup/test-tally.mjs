import { existsSync, readFileSync } from 'node:fs';

/**
 * What a test run came to, the same for both runners.
 *
 * @typedef {object} TestTally
 * @property {number} passed
 * @property {readonly string[]} [flaky] those of the passed that only passed when they were tried again
 * @property {readonly string[]} failed one line for each failed test, or for a file that could not be run
 * @property {readonly { title: string, reason: string }[]} skipped
 * @property {readonly { title: string, seconds: number, figures: readonly string[] }[]} [measured] slowest
 *   first, with the figures that a test gave; from Vitest only
 */

const noReason = 'no reason given';

/**
 * @param {string} path written by vitest-tally.mjs
 * @returns {TestTally | undefined} nothing, when the runner died before it could write
 */
export function readVitestTally(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/**
 * @param {string} path written by Playwright's JSON reporter
 * @returns {TestTally | undefined}
 */
export function readPlaywrightTally(path) {
  if (!existsSync(path)) return undefined;
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const results = report.suites.flatMap((/** @type {PlaywrightSuite} */ suite) => resultsIn(suite, ''));
  const withStatus = (/** @type {readonly string[]} */ ...statuses) =>
    results.filter((/** @type {PlaywrightResult} */ result) => statuses.includes(result.status));
  const fileErrors = report.errors.map((/** @type {{ message?: string }} */ error) => error.message ?? 'an error outside any test');
  return {
    // Tried again only on the gate, where a stall of the machine passes the second time and a fault fails twice.
    passed: withStatus('expected', 'flaky').length,
    flaky: withStatus('flaky').map((/** @type {PlaywrightResult} */ result) => result.title),
    failed: [...withStatus('unexpected').map((/** @type {PlaywrightResult} */ result) => result.title), ...fileErrors],
    skipped: withStatus('skipped').map((/** @type {PlaywrightResult} */ { title, reason }) => ({ title, reason })),
  };
}

/**
 * @typedef {{ status: string, projectName: string, annotations: readonly { type: string, description?: string }[] }} PlaywrightTest
 * @typedef {{ title: string, suites?: PlaywrightSuite[], specs?: { title: string, tests: PlaywrightTest[] }[] }} PlaywrightSuite
 * @typedef {{ status: string, title: string, reason: string }} PlaywrightResult
 */

/**
 * @param {PlaywrightSuite} suite
 * @param {string} above
 * @returns {PlaywrightResult[]}
 */
function resultsIn(suite, above) {
  const path = above === '' ? suite.title : `${above} › ${suite.title}`;
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map((test) => ({
      status: test.status,
      title: `${test.projectName === '' ? '' : `[${test.projectName}] `}${path} › ${spec.title}`,
      reason: test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? noReason,
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => resultsIn(inner, path))];
}

/**
 * A runner that ended badly without naming a test still counts as a failure.
 *
 * @param {string} runner
 * @param {number} exitCode
 * @param {TestTally | undefined} tally
 * @returns {TestTally}
 */
export function tallyOfRun(runner, exitCode, tally) {
  const counted = tally ?? { passed: 0, failed: [], skipped: [] };
  if (exitCode === 0 && tally === undefined) return { ...counted, failed: [`${runner} wrote no results`] };
  if (exitCode === 0 || counted.failed.length > 0) return counted;
  return { ...counted, failed: [`${runner} ended with exit code ${exitCode}`] };
}

/**
 * @param {readonly TestTally[]} tallies
 * @returns {string} the line that a run ends with
 */
export function closingLine(tallies) {
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed.length, 0);
  const skipped = tallies.reduce((sum, tally) => sum + tally.skipped.length, 0);
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
