import { expect, test } from 'vitest';
import { backupName, backupsAmong, takenMsOf, unfinishedAmong } from '../../electron/service/store/backup/backup-name.ts';
import { backupsToRemove } from '../../electron/service/store/backup/kept-backups.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
// A Sunday, 23:30 UTC.
const lastMs = Date.UTC(2026, 10, 29, 23, 30);
const at = (takenMs: number) => ({ name: new Date(takenMs).toISOString(), takenMs });
const daysOf = (backups: readonly { readonly name: string }[]): string[] => backups.map(({ name }) => name.slice(0, 13));

/** Three a day, in the morning, after the session and at night, for `days` days up to the last. */
const everyDay = (days: number) =>
  Array.from({ length: days }, (_, day) => [14, 8, 0].map((hours) => at(lastMs - day * dayMs - hours * hourMs)))
    .flat()
    .toSorted((a, b) => a.takenMs - b.takenMs);

test('BACKUP-3 the last of each of 7 days, 8 weeks and 24 months stays of three a day in three years', () => {
  const all = everyDay(1100);
  const gone = new Set(backupsToRemove(all).map(({ name }) => name));
  const kept = all.filter(({ name }) => !gone.has(name)).toReversed();
  const days = ['2026-11-29', '2026-11-28', '2026-11-27', '2026-11-26', '2026-11-25', '2026-11-24', '2026-11-23'];
  const weeks = ['2026-11-22', '2026-11-15', '2026-11-08', '2026-11-01', '2026-10-25', '2026-10-18', '2026-10-11'];
  // Of November the last one is there already, and of October none of the Sundays was its last.
  const months = ['2026-10-31', '2026-09-30', '2026-08-31', '2026-07-31', '2026-06-30'];
  expect(daysOf(kept).slice(0, 19).toSorted()).toEqual([...days, ...weeks, ...months].map((day) => `${day}T23`).toSorted());
  expect(kept).toHaveLength(7 + 7 + 23);
  expect(kept.at(-1)?.name).toMatch(/^2024-12-31T23/);
});

test('BACKUP-3 what counts are days with a backup: a room that was closed for a year loses none, and a lone one stays', () => {
  const before = [400, 399, 398].map((days) => at(lastMs - days * dayMs));
  expect(backupsToRemove([...before, at(lastMs)])).toEqual([]);
  expect(backupsToRemove([])).toEqual([]);
  expect(backupsToRemove([at(lastMs)], { days: 0, weeks: 0, months: 0 })).toEqual([]);
  expect(daysOf(backupsToRemove([...before, at(lastMs)], { days: 1, weeks: 0, months: 0 }))).toEqual(daysOf(before));
});

test('BACKUP-3 names sort by time, say whose they are, and nothing else is taken for a backup', () => {
  const [room, other] = ['0193a000-0000-7000-8000-3f9a2c81d0b4', '0193a000-0000-7000-8000-3f9a2c81d0b5'];
  const [early, late] = [backupName(room, lastMs), backupName(room, lastMs + 1000)];
  expect(early).toBe('vigil-3f9a2c81d0b4-20261129T233000Z');
  expect([late, early].toSorted()).toEqual([early, late]);
  expect(takenMsOf(late)).toBe(lastMs + 1000);
  const others = [
    backupName(other, lastMs),
    `${early}.part`,
    'vigil-3f9a2c81d0b4-20261399T233000Z',
    'holiday pictures',
    early.toLowerCase(),
  ];
  expect(backupsAmong([late, ...others, early], room).map(({ name }) => name)).toEqual([early, late]);
  expect(unfinishedAmong([late, ...others, `${backupName(other, lastMs)}.part`], room)).toEqual([`${early}.part`]);
});
