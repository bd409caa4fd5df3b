import { defineConfig } from 'vitest/config';

/** The tests of the part that is being mutated: Stryker asks for a configuration by its path and passes no arguments on. */
const include = (process.env['VIGIL_MUTATION_TESTS'] ?? '').split(' ');

export default defineConfig({
  test: {
    include,
    // As the same tests run in ../../vitest.config.ts, for each mutant a process of its own; but for what is loaded anew.
    isolate: process.env['VIGIL_MUTATION_LOADS_ANEW'] === '1',
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
