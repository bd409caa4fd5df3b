import { rounded } from './verdicts.ts';

/** The alcohol calendar (`tlfb`) as counts of days. */
export interface DayCounts {
  readonly days: number;
  readonly abstinent: number;
  /** Days nobody could account for. */
  readonly missing: number;
}

/** Percentages with two places. */
export interface DaysAbstinent {
  /** Abstinent days of those assessed; null where none was. */
  readonly pda: number | null;
  /** How much of the calendar was assessed. */
  readonly coverage: number;
  /** The same with every missing day counted as a drinking day: shown second. */
  readonly pdaMissingAsDrinking: number;
}

/** Throws `RangeError` in one sentence for counts that cannot be. */
export function daysAbstinent({ days, abstinent, missing }: DayCounts): DaysAbstinent {
  for (const [name, value] of Object.entries({ days, abstinent, missing })) {
    if (!Number.isInteger(value) || value < 0) throw new RangeError(`${name} is not a whole number of days`);
  }
  if (days === 0) throw new RangeError('a calendar has at least one day');
  if (abstinent + missing > days) throw new RangeError(`${abstinent} abstinent and ${missing} missing days are more than ${days}`);
  const assessed = days - missing;
  return {
    pda: assessed === 0 ? null : rounded((abstinent / assessed) * 100, 2),
    coverage: rounded((assessed / days) * 100, 2),
    pdaMissingAsDrinking: rounded((abstinent / days) * 100, 2),
  };
}
