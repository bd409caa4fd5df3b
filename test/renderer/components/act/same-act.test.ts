import { describe, expect, test } from 'vitest';
import { isSameAct, whileSameAct } from '../../../../renderer/components/act/use-act.ts';

const nowMs = Date.parse('2026-11-23T10:00:00-05:00');
const injection = { type: 'give-injection', site: 'deltoid', side: 'left', lot: 'K-114', mg: 77 } as const;

describe('what was asked about one command', () => {
  test('DOUBT-7 is asked anew for another amount, site or lot', () => {
    expect(isSameAct(injection, { ...injection })).toBe(true);
    expect(isSameAct(injection, { ...injection, mg: 770 })).toBe(false);
    expect(isSameAct(injection, { ...injection, side: 'right' })).toBe(false);
    expect(isSameAct(injection, { ...injection, lot: 'K-115' })).toBe(false);
    expect(isSameAct({ type: 'start-dose' }, { type: 'complete-dose' })).toBe(false);
  });

  test('DOUBT-7 stands while a stated time only moves with the clock, and not for another time', () => {
    const at = (utcMs: number) => ({ ...injection, at: { utcMs } });
    expect(isSameAct(at(nowMs), at(nowMs + 59_000))).toBe(true);
    expect(isSameAct(at(nowMs), at(nowMs - 120_000))).toBe(false);
    expect(isSameAct(injection, at(nowMs))).toBe(false);
  });

  test('DOUBT-7 is gone for good once the form asked for something else, also when the amount comes back', () => {
    const asked = { command: { ...injection, mg: 390 }, basis: null };
    const through = (...amounts: (number | null)[]) =>
      amounts.reduce<typeof asked | null>((kept, mg) => whileSameAct(kept, mg === null ? null : { ...injection, mg }, null), asked);
    expect(through(390, 390)).toBe(asked);
    expect(through(39, 390)).toBeNull();
    expect(through(null, 390)).toBeNull();
    expect(whileSameAct(asked, asked.command, 'the start waits for something else')).toBeNull();
  });
});
