import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { chosenClock, clockEnvironment, clockWords, localToUtcMs, ownClock, testClocks } from '../../electron/setup/test-clock.mjs';
import { findTool } from '../../electron/setup/system-tools.mjs';

test('SETUP-8 a run picks a clock by itself and says how to have it again; what was said gives that clock', () => {
  const clock = chosenClock({}, () => 0.4);
  expect(clock).not.toBeNull();
  const [, start, zone] =
    /VIGIL_TEST_CLOCK='([^']+)' VIGIL_TEST_ZONE=(\S+) npm test$/.exec(clockWords(clock ?? { zone: '', start: '' })) ?? [];
  expect(chosenClock({ VIGIL_TEST_CLOCK: start, VIGIL_TEST_ZONE: zone }, () => 0.9)).toEqual(clock);
  expect(chosenClock({ VIGIL_TEST_CLOCK: 'now' }, () => 0)).toBeNull();
});

test('SETUP-8 the clocks are those at which tests have failed: midnight, six, ten, noon, over midnight, and both clock changes', () => {
  const hours = (zone: string) => testClocks.filter((clock) => clock.zone === zone).map(({ start }) => start.slice(5, 16));
  for (const zone of ['America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']) {
    expect(hours(zone)).toEqual(expect.arrayContaining(['06-10 00:05', '06-10 06:00', '06-10 09:59', '06-10 12:30', '06-10 23:59']));
  }
  expect(hours('America/New_York')).toEqual(expect.arrayContaining(['03-08 01:59', '11-01 00:59', '11-01 01:59']));
});

test.each([
  ['America/New_York', '2026-06-10 00:05:00', '2026-06-10T04:05:00Z'],
  ['America/New_York', '2026-03-08 01:59:00', '2026-03-08T06:59:00Z'],
  ['America/New_York', '2026-11-01 00:59:00', '2026-11-01T04:59:00Z'],
  // An hour that comes twice: the first time.
  ['America/New_York', '2026-11-01 01:59:00', '2026-11-01T05:59:00Z'],
  ['Asia/Kolkata', '2026-06-10 09:59:00', '2026-06-10T04:29:00Z'],
  ['Pacific/Auckland', '2026-06-10 23:59:00', '2026-06-10T11:59:00Z'],
])('SETUP-8 in %s %s is %s', (zone, local, utc) => {
  expect(new Date(localToUtcMs(zone, local)).toISOString()).toBe(utc.replace('Z', '.000Z'));
});

test('SETUP-8 a program of the run sees that hour in that zone, and time goes on for it at its own pace', async (ctx) => {
  ctx.skip(findTool('faketime') === undefined, 'faketime is not here');
  // This test may itself run by such a clock.
  const own = ownClock(process.env);
  const nowMs = Number(spawnSync(process.execPath, ['-p', 'Date.now()'], { env: own, encoding: 'utf8' }).stdout);
  const env = { ...own, ...(await clockEnvironment({ zone: 'Asia/Kolkata', start: '2026-06-10 23:59:00' }, nowMs)) };
  const script = 'const a = performance.now(); setTimeout(() => console.log(new Date().toString(), performance.now() - a > 90), 100)';
  const { stdout } = spawnSync(process.execPath, ['-e', script], { env, encoding: 'utf8' });
  expect(stdout).toMatch(/^Wed Jun 10 2026 23:59:\d\d GMT\+0530 .* true\n$|^Thu Jun 11 2026 00:00:/);
  expect(ownClock(env)['LD_PRELOAD']).toBeUndefined();
});

test.for([0, 1, 499, 500, 999])(
  'SETUP-8 %i ms into a second of the computer’s clock a run begins at its time or within a second of it',
  async (ms) => {
    const clock = { zone: 'Asia/Kolkata', start: '2026-06-10 23:59:00' };
    const nowMs = Date.UTC(2026, 5, 1, 12) + ms;
    const { FAKETIME: ahead } = await clockEnvironment(clock, nowMs);
    const lateMs = nowMs + Number.parseInt(ahead ?? '', 10) * 1000 - localToUtcMs(clock.zone, clock.start);
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(1000);
  },
);
