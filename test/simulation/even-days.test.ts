import { expect, test } from 'vitest';
import { sessionCommandSchema } from '../../shared/contract/session-commands.ts';
import { dayTimeoutMs, isReplay, playClinicDays, seedsOf } from './clinic-days.ts';

test(
  'SIMULATION-1, SIMULATION-2, SIMULATION-3, SIMULATION-4, SIMULATION-5, SIMULATION-6, SIMULATION-8 the days of even seeds',
  { timeout: dayTimeoutMs },
  async ({ annotate }) => {
    const seeds = seedsOf(1, 2);
    const { counts, sessions, summary } = await playClinicDays(seeds);
    for (const line of summary) await annotate(line);
    if (isReplay) return;
    expect(sessions).toBeGreaterThan(seeds.length * 7);
    const met = [
      ...sessionCommandSchema.options.map((option) => option.shape.type.value),
      'kill',
      'cable pulled',
      'private note',
      'moved to the shared side',
    ];
    expect(met.filter((what) => (counts.get(what) ?? 0) === 0)).toEqual([]);
  },
);
