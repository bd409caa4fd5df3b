import { findTool } from './system-tools.mjs';
import { runCommand } from './command-run.mjs';

/**
 * The hour and the place in which tests run. A test that passes at the hour of whoever wrote it can fail at night, so
 * each run picks an odd one by itself and says which, and the long form goes through all of them.
 *
 * The room service, its commands, the simulators and the tests themselves run by libfaketime. Chromium does not live
 * under it: the browser keeps the computer's clock, in the same zone. A page takes its time from the room service.
 *
 * @typedef {object} TestClock
 * @property {string} zone of the tz database
 * @property {string} start the local time at which a run begins, `2026-03-07 23:59:00`
 */

/**
 * Just after midnight, before and at ten (where an hour gets its second digit), noon, over midnight; and over both
 * changes of a clock.
 *
 * @type {readonly TestClock[]}
 */
export const testClocks = [
  ...['America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'].flatMap((zone) =>
    ['00:05:00', '06:00:00', '09:59:00', '12:30:00', '23:59:00'].map((time) => ({ zone, start: `2026-06-10 ${time}` })),
  ),
  { zone: 'America/New_York', start: '2026-03-08 01:59:00' },
  { zone: 'America/New_York', start: '2026-11-01 00:59:00' },
  { zone: 'America/New_York', start: '2026-11-01 01:59:00' },
];

/**
 * The one that the environment names, or one of the list.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {() => number} random from 0 to below 1
 * @returns {TestClock | null} null: `VIGIL_TEST_CLOCK=now` asks for the computer's own
 */
export function chosenClock(env, random) {
  const { VIGIL_TEST_CLOCK: start, VIGIL_TEST_ZONE: zone } = env;
  if (start === 'now') return null;
  const picked = testClocks[Math.floor(random() * testClocks.length)] ?? { zone: 'UTC', start: '2026-06-10 00:05:00' };
  return { zone: zone ?? picked.zone, start: start ?? picked.start };
}

/**
 * What a run has to be given so that it begins at that time.
 *
 * @param {TestClock} clock
 * @param {number} [nowMs] by the computer's own clock
 * @returns {Promise<Readonly<Record<string, string>>>}
 */
export async function clockEnvironment({ zone, start }, nowMs = Date.now()) {
  // Up, so that no run begins in the second before.
  const aheadSeconds = Math.ceil((localToUtcMs(zone, start) - nowMs) / 1000);
  const library = await fakeTimeLibrary();
  if (library === undefined) return { TZ: zone };
  return {
    TZ: zone,
    LD_PRELOAD: library,
    // Relative, so that every process of the run has the same time.
    FAKETIME: `${aheadSeconds < 0 ? '' : '+'}${aheadSeconds}s`,
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    FAKETIME_DISABLE_SHM: '1',
    // Which sources are newer than their bundles is a question of the computer's own clock.
    NO_FAKE_STAT: '1',
  };
}

/**
 * For a program that does not live under a faked clock.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {Record<string, string>}
 */
export function ownClock(env) {
  const { LD_PRELOAD: _library, FAKETIME: _ahead, ...rest } = env;
  return Object.fromEntries(Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/**
 * @param {TestClock} clock
 * @returns {string} how a run says its time, and how to have it again
 */
export function clockWords({ zone, start }) {
  return `vigil: the tests begin at ${start} in ${zone}; again: VIGIL_TEST_CLOCK='${start}' VIGIL_TEST_ZONE=${zone} npm test`;
}

/**
 * @param {string} zone
 * @param {string} local `2026-03-08 01:59:00`
 */
export function localToUtcMs(zone, local) {
  const wantedMs = Date.parse(`${local.replace(' ', 'T')}Z`);
  if (Number.isNaN(wantedMs)) throw new RangeError(`VIGIL_TEST_CLOCK takes a time like "2026-03-08 23:59:00", not "${local}"`);
  // Of an hour that comes twice this finds the first one.
  let utcMs = wantedMs - offsetMs(zone, wantedMs - 86_400_000);
  if (utcMs + offsetMs(zone, utcMs) !== wantedMs) utcMs = wantedMs - offsetMs(zone, utcMs);
  return utcMs;
}

/**
 * @param {string} zone
 * @param {number} utcMs
 */
function offsetMs(zone, utcMs) {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(utcMs);
  /** @param {Intl.DateTimeFormatPartTypes} type */
  const of = (type) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(utcMs / 1000) * 1000;
}

/** Where the wrapper of the Debian package has it; nothing on other systems, where the zone alone is set. */
async function fakeTimeLibrary() {
  if (findTool('faketime') === undefined) return undefined;
  const { exitCode, output } = await runCommand('faketime', ['-m', '-f', '+0s', 'printenv', 'LD_PRELOAD'], { output: 'capture' });
  return exitCode === 0 ? output.trim() : undefined;
}
