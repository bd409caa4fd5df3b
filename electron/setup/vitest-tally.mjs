import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A Vitest reporter that writes a `TestTally`. Vitest's own JSON leaves out why a test was skipped, and a
 * skip without its reason is a test that quietly stopped running.
 */
export default class VitestTally {
  /** @param {{ outputFile: string }} options */
  constructor({ outputFile }) {
    this.outputFile = outputFile;
  }

  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly { message?: string }[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const withState = (/** @type {string} */ state) => tests.filter((test) => test.result().state === state);
    const tally = {
      passed: withState('passed').length,
      failed: [
        ...withState('failed').map(titleOf),
        ...modules.flatMap((module) => module.errors().map((error) => `${module.relativeModuleId}: ${error.message}`)),
        ...unhandledErrors.map((error) => `outside any test: ${error.message ?? 'unknown error'}`),
      ],
      skipped: withState('skipped').map((test) => ({ title: titleOf(test), reason: reasonOf(test) })),
      measured: tests.map(measurementOf).sort((a, b) => b.seconds - a.seconds),
    };
    mkdirSync(dirname(this.outputFile), { recursive: true });
    writeFileSync(this.outputFile, JSON.stringify(tally));
  }
}

/** @param {import('vitest/node').TestCase} test */
function titleOf(test) {
  return `${test.module.relativeModuleId} › ${test.fullName}`;
}

/** @param {import('vitest/node').TestCase} test */
function reasonOf(test) {
  const result = test.result();
  return (result.state === 'skipped' ? result.note : undefined) ?? 'no reason given';
}

/**
 * A test gives its figures with `annotate('1,000 kills, 0 acknowledged events lost')`.
 *
 * @param {import('vitest/node').TestCase} test
 */
function measurementOf(test) {
  return {
    title: test.fullName,
    seconds: (test.diagnostic()?.duration ?? 0) / 1000,
    figures: test.annotations().map(({ message }) => message),
  };
}
