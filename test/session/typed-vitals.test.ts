import { describe, expect, test } from 'vitest';
import { nothingTyped, enteredVitals } from '../../renderer/sheets/vitals/entered-vitals.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { dosing } from './played-session.ts';

type Values = Extract<SessionCommandInput, { type: 'enter-vitals' }>['values'];
const asked = (values: Values): readonly string[] =>
  (dosing().at(5).try({ type: 'enter-vitals', values }).refusal?.doubts ?? []).map(({ key }) => key);

describe('typed vitals', () => {
  test('AMOUNT-7 pulse 8 is asked about and passes with its own reason; two slips have two', () => {
    const session = dosing().at(5);
    const slip = { type: 'enter-vitals', values: { 'pulse-rate': 8, spo2: 9 } } as const;
    const { refusal } = session.try(slip);
    expect(refusal?.doubts?.map(({ key, words, needs }) => [key, words, needs])).toEqual([
      ['implausible-vital:pulse-rate', 'pulse 8: check the figure', 'reason'],
      ['implausible-vital:spo2', 'SpO₂ 9: check the figure', 'reason'],
    ]);
    const one = [{ key: 'implausible-vital:pulse-rate', reason: 'counted by hand' }];
    expect(session.try(slip, one).refusal?.doubts).toHaveLength(1);
    expect(session.try(slip, [...one, { key: 'implausible-vital:spo2', reason: 'as the probe says' }]).refusal).toBeNull();
  });

  test('AMOUNT-7 each figure has its range, both ends of which are taken', () => {
    for (const [metric, low, high] of [
      ['pulse-rate', 30, 200],
      ['resp-rate', 4, 50],
      ['temp', 33, 42],
    ] as const) {
      expect([metric, asked({ [metric]: low }), asked({ [metric]: high })]).toEqual([metric, [], []]);
      expect(asked({ [metric]: low - 1 })).toEqual([`implausible-vital:${metric}`]);
      expect(asked({ [metric]: high + 1 })).toEqual([`implausible-vital:${metric}`]);
    }
    expect([asked({ spo2: 60 }), asked({ spo2: 59 })]).toEqual([[], ['implausible-vital:spo2']]);
    expect([asked({ 'nibp-sys': 250, 'nibp-dia': 150 }), asked({ 'nibp-sys': 60, 'nibp-dia': 30 })]).toEqual([[], []]);
    expect(asked({ 'nibp-sys': 251, 'nibp-dia': 151 })).toEqual(['implausible-vital:nibp-sys', 'implausible-vital:nibp-dia']);
    expect(asked({ 'nibp-sys': 59, 'nibp-dia': 29 })).toEqual(['implausible-vital:nibp-sys', 'implausible-vital:nibp-dia']);
  });

  test('AMOUNT-7 beyond the protocol’s lines nothing is asked: it is recorded as read', () => {
    expect(asked({ 'nibp-sys': 192, 'nibp-dia': 118, 'pulse-rate': 150, spo2: 85, 'resp-rate': 6 })).toEqual([]);
  });

  test('AMOUNT-8 152/94 in one field is both numbers, and nothing where the other field says something', () => {
    const typed = (sys: string, dia = '') => enteredVitals({ ...nothingTyped, 'nibp-sys': sys, 'nibp-dia': dia }, 'Cel');
    for (const said of ['152/94', ' 152 / 94 ', '152/ 94']) {
      expect(typed(said)).toEqual({ values: { 'nibp-sys': 152, 'nibp-dia': 94 }, problems: {}, ready: true });
    }
    expect(typed('152/94', '90').ready).toBe(false);
    expect(typed('152/').ready).toBe(false);
    expect(typed('152').ready).toBe(false);
  });
});
