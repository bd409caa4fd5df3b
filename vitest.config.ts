import { defineConfig } from 'vitest/config';

const tally = process.env['VIGIL_VITEST_TALLY'];
const soak = process.env['VIGIL_SOAK'] !== undefined;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    // Tests open native modules and kill processes: each file gets a process of its own.
    pool: 'forks',
    // One more than the cores of the machine that all limits are set for: many tests wait for a process, a port or a disk.
    maxWorkers: 3,
    testTimeout: soak ? 4 * 3_600_000 : 180_000,
    // As in playwright.config.ts: a stall of a shared machine passes the second time, a fault fails twice.
    retry: process.env['CI'] === undefined ? 0 : 1,
    hookTimeout: 180_000,
    allowOnly: false,
    reporters: tally === undefined ? ['default'] : ['default', ['./electron/setup/vitest-tally.mjs', { outputFile: tally }]],
  },
});
