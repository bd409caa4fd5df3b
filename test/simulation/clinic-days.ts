import { playClinicDay } from './clinic-day.ts';
import type { DayTold } from './day-told.ts';

/** What many days came to. */
export interface DaysTold {
  readonly counts: ReadonlyMap<string, number>;
  readonly sessions: number;
  readonly summary: readonly string[];
}

const asked = process.env['VIGIL_SEED'];
const soak = process.env['VIGIL_SOAK'] !== undefined;
export const dayTimeoutMs = soak ? 12 * 3_600_000 : 1_200_000;
/** One day that was asked for; nothing is to be said of what it did not happen to contain. */
export const isReplay = asked !== undefined;

/** The seeds of one of `shares` test files, which run beside each other: 30 in all, 1,000 in a soak. */
export function seedsOf(share: number, shares: number): readonly number[] {
  const all = isReplay ? [Number(asked)] : Array.from({ length: soak ? 1000 : 30 }, (_, index) => index + 1);
  return all.filter((_, index) => index % shares === share);
}

export async function playClinicDays(seeds: readonly number[]): Promise<DaysTold> {
  const counts = new Map<string, number>();
  const sum = { sessions: 0, simulatedMs: 0, acknowledged: 0, refused: 0 };
  for (const seed of seeds) {
    const told = await playOrSay(seed);
    sum.sessions += told.sessions;
    sum.simulatedMs += told.simulatedMs;
    sum.acknowledged += told.acknowledged.length;
    sum.refused += told.refused.length;
    for (const [what, times] of told.counts) counts.set(what, (counts.get(what) ?? 0) + times);
  }
  const { sessions, simulatedMs, acknowledged, refused } = sum;
  return {
    counts,
    sessions,
    summary: [
      `${seeds.length} days, ${sessions} sessions, ${Math.round(simulatedMs / 3_600_000)} simulated hours`,
      `${acknowledged} commands acknowledged, ${refused} refused`,
      `${counts.get('kill') ?? 0} kills, ${counts.get('cable pulled') ?? 0} cables pulled`,
    ],
  };
}

async function playOrSay(seed: number): Promise<DayTold> {
  try {
    return await playClinicDay(seed);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`clinic day ${seed}: ${why}\nTo replay it alone: VIGIL_SEED=${seed} npm test -- test/simulation`, { cause: error });
  }
}
