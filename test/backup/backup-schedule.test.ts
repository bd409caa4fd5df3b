import { expect, test } from 'vitest';
import { isBackupDue, isDrillDue, pauseAfter, type BackupFacts } from '../../electron/service/recorder/backup-schedule.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
// Noon in a room five hours west of UTC.
const noonMs = Date.UTC(2026, 10, 30, 17);
const facts = (changed: Partial<BackupFacts>): BackupFacts => ({
  nowMs: noonMs,
  offsetMin: -300,
  lastMs: noonMs - hourMs,
  sessionEndedMs: null,
  failures: 0,
  triedMs: null,
  ...changed,
});
const isDue = (changed: Partial<BackupFacts>): boolean => isBackupDue(facts(changed));

test('BACKUP-13 where there is none, after a session, and each night at three by the wall clock', () => {
  expect([isDue({}), isDue({ lastMs: null })]).toEqual([false, true]);
  expect([isDue({ sessionEndedMs: noonMs - 1 }), isDue({ sessionEndedMs: noonMs - 2 * hourMs })]).toEqual([true, false]);
  const threeMs = noonMs - 9 * hourMs;
  expect([isDue({ lastMs: threeMs }), isDue({ lastMs: threeMs - 1 })]).toEqual([false, true]);
  expect([isDue({ nowMs: threeMs - 1, lastMs: threeMs - hourMs }), isDue({ nowMs: threeMs, lastMs: threeMs - hourMs })]).toEqual([
    false,
    true,
  ]);
  // Of an hour that has not come yet: the clock was set back.
  expect(isDue({ lastMs: noonMs + 1 })).toBe(true);
});

test('BACKUP-13 after a failure it waits 5, 10, 20 … minutes, and no longer than six hours', () => {
  expect([1, 2, 3, 7, 8, 400].map((failures) => pauseAfter(failures) / minuteMs)).toEqual([5, 10, 20, 320, 360, 360]);
  const failed = { lastMs: null, failures: 2, triedMs: noonMs };
  expect([isDue({ ...failed, nowMs: noonMs + 10 * minuteMs - 1 }), isDue({ ...failed, nowMs: noonMs + 10 * minuteMs })]).toEqual([
    false,
    true,
  ]);
});

test('BACKUP-15 a drill is due once a week', () => {
  expect([isDrillDue(noonMs, null), isDrillDue(noonMs, noonMs - 7 * dayMs + 1), isDrillDue(noonMs, noonMs - 7 * dayMs)]).toEqual([
    true,
    false,
    true,
  ]);
});
