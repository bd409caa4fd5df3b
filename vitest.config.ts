import { defineConfig } from 'vitest/config';

const tally = process.env['VIGIL_VITEST_TALLY'];
const soak = process.env['VIGIL_SOAK'] !== undefined;

/** What is tested without a process, a port or a disk: rules, decoders, projections and what a page works out. */
const pure = ['session', 'clinical', 'renderer', 'projection', 'export', 'staff', 'formats', 'protocols', 'drivers', 'mutation'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

const limits = {
  testTimeout: soak ? 4 * 3_600_000 : 180_000,
  hookTimeout: 180_000,
  // As in playwright.config.ts: a stall of a shared machine passes the second time, a fault fails twice.
  retry: process.env['CI'] === undefined ? 0 : 1,
};

export default defineConfig({
  test: {
    pool: 'forks',
    // One more than the cores of the machine that all limits are set for: many tests wait for a process, a port or a disk.
    maxWorkers: 3,
    allowOnly: false,
    reporters: tally === undefined ? ['default'] : ['default', ['./electron/setup/vitest-tally.mjs', { outputFile: tally }]],
    projects: [
      // Files that share a process load each module once: a third of the processor time of these tests.
      { extends: true, test: { ...limits, name: 'pure', include: pure, isolate: false } },
      // These open native modules and kill processes: each file gets a process of its own.
      { extends: true, test: { ...limits, name: 'real', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**', ...pure] } },
    ],
  },
});
