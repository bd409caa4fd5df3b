import { describe, expect, test } from 'vitest';
import { completeness } from '../../electron/service/session/questions/completeness.ts';
import { dischargeFacts } from '../../electron/service/session/questions/discharge-facts.ts';
import { protocolExcursions } from '../../electron/service/session/questions/protocol-excursions.ts';
import { trendFullMs, trendSpanMaxMs } from '../../shared/clinical/measured-vitals.ts';
import { TrendSeries } from '../../electron/service/projection/trend-series.ts';
import { dosing, offsetMin, PlayedSession, startMs } from './played-session.ts';

const minuteMs = 60_000;
const pressure = (sys: number, dia: number) => ({ 'nibp-sys': sys, 'nibp-dia': dia });

/** Opened at −40, one SpO₂ of 91 % by hand at a minute, the baseline recorded at −10. */
function withBaseline(minute: number): PlayedSession {
  const session = new PlayedSession().openSession().at(-30);
  session.do({ type: 'enter-vitals', values: pressure(120, 76) });
  session.at(minute).do({ type: 'enter-vitals', values: { spo2: 91 } });
  session.at(-16).do({ type: 'enter-vitals', values: { 'pulse-rate': 70 } });
  session.at(-10).do({ type: 'reach-milestone', milestone: 'baseline_vitals' });
  return session.at(0);
}

const baselineOf = (session: PlayedSession) =>
  dischargeFacts(session.open, session.protocol, session.vitals, session.nowMs, () => null).baseline;
const itemsOf = (session: PlayedSession) => completeness(session.open, session.protocol, session.vitals, offsetMin);

describe('how far a figure reaches', () => {
  test('WINDOW-1 a value of the five minutes before the baseline is the baseline, an older one is none', () => {
    expect(baselineOf(withBaseline(-15)).spo2?.value).toBe(91);
    expect(baselineOf(withBaseline(-15.01)).spo2).toBeUndefined();
  });

  test('WINDOW-1 the check before signing goes by the same baseline', () => {
    // A share over the baseline is beyond only where there is one: 30 % over 70 is 91.
    const beyond = (minute: number): readonly string[] => {
      const session = new PlayedSession().openSession().at(minute);
      const limit = { parameter: 'pulse-rate', act: 'review', comparison: 'percent-above-baseline', value: 30, note: '' } as const;
      session.protocol = { ...session.protocol, limits: [limit] };
      session.do({ type: 'enter-vitals', values: { 'pulse-rate': 70 } });
      session.at(-10).do({ type: 'reach-milestone', milestone: 'baseline_vitals' });
      session.at(-9).prepare().at(0).do({ type: 'start-dose' });
      session.at(5).do({ type: 'enter-vitals', values: { 'pulse-rate': 91 } });
      return protocolExcursions(session.open, session.protocol, session.vitals, offsetMin).map(({ label }) => label);
    };
    expect([beyond(-15), beyond(-15.01)]).toEqual([['Pulse 91'], []]);
  });

  test('WINDOW-2 a cuff is the baseline for three minutes after somebody said so', () => {
    const cuffs = (minute: number) => {
      const session = withBaseline(-15);
      session.vitals = { cuffs: [{ atMs: startMs + minute * minuteMs, sys: 131, dia: 82, mean: null, byHand: false }], trend: null };
      return baselineOf(session)['nibp-sys']?.value;
    };
    expect([cuffs(-7), cuffs(-6.99)]).toEqual([131, 120]);
  });

  test('WINDOW-3 what was done about a value is looked for in the fifteen minutes after it', () => {
    const asks = (minute: number): string | undefined => {
      const session = dosing().at(20);
      session.do({ type: 'enter-vitals', values: pressure(162, 96) });
      session.at(minute).do({ type: 'reach-milestone', milestone: 'bp_review', told: 'Dr Demo', detail: 'repeat ordered' });
      return itemsOf(session).find(({ kind }) => kind === 'excursion')?.asks;
    };
    expect([asks(35), asks(35.01)]).toEqual(['nothing', 'what-was-done']);
  });

  test('WINDOW-4 a gap of a minute is listed before signing, a shorter one stands in the record alone', () => {
    const listed = (ms: number) => {
      const session = dosing().at(30);
      session.append([{ kind: 'recording-gap', body: { fromMs: session.nowMs - ms, toMs: session.nowMs, cause: 'restart' } }]);
      return itemsOf(session).filter(({ kind }) => kind === 'gap').length;
    };
    expect([listed(60_000), listed(59_999)]).toEqual([1, 0]);
  });

  test('WINDOW-5 vitals of the last hour are on the handover card, older ones are not', () => {
    const lines = (minute: number): readonly string[] => {
      const session = dosing().at(20);
      session.do({ type: 'enter-vitals', values: { 'pulse-rate': 72 } });
      session.at(minute).do({ type: 'hand-over' });
      return session.open.discharge.handovers.at(-1)?.card.find(({ heading }) => heading === 'Last vitals')?.lines ?? [];
    };
    expect([lines(80), lines(80.01)]).toEqual([['pulse 72 at 10:20'], ['none recorded']]);
  });

  test('WINDOW-6 a session that is left open draws seven days of its lines, to the second, and is full then', () => {
    const trend = new TrendSeries(startMs);
    trend.extendTo(startMs + trendSpanMaxMs - 1000);
    expect(trendFullMs(trend.columns)).toBeNull();
    trend.extendTo(startMs + trendSpanMaxMs + 3_600_000);
    expect(trend.columns.length).toBe(604_800);
    expect(trend.columns.columns.spo2).toHaveLength(604_800);
    expect(trendFullMs(trend.columns)).toBe(startMs + trendSpanMaxMs);
  });

  test('WINDOW-7 an arrival may be said for twelve hours before the session was opened', () => {
    const arrived = (hours: number) => {
      const session = new PlayedSession().openSession();
      const at = { utcMs: session.nowMs - hours * 3_600_000, reason: 'came early' };
      return session.try({ type: 'reach-milestone', milestone: 'arrived', at }).refusal?.code ?? null;
    };
    expect([arrived(12), arrived(12.001)]).toEqual([null, 'SESSION_TIME_IMPOSSIBLE']);
  });
});
