import { describe, expect, test } from 'vitest';
import { findProtocol } from '../../shared/clinical/protocol-directory.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { completeness } from '../../electron/service/session/questions/completeness.ts';
import { noVitals } from '../../electron/service/session/questions/session-vitals.ts';
import { goldenTrend, materialOf } from '../export/golden-material.ts';
import { dosing, offsetMin, PlayedSession, startMs } from './played-session.ts';

const left = {
  type: 'leave-against-advice',
  prescriber: { notReached: 'called twice, nobody answered' },
  risksExplained: true,
  escort: null,
  condition: 'awake, steady, wanted a cigarette',
} as const;

/** Thirty minutes after the end of an infusion of 20 min. */
function recovering(): PlayedSession {
  const session = dosing().at(20);
  session.insist({ type: 'stop-dose-early', reason: 'patient-asked' });
  return session.at(50);
}

const pointsOf = (session: PlayedSession) => completeness(session.open, session.protocol, noVitals, offsetMin);

describe('left against advice', () => {
  test('STEP-30 a nurse alone says it, at once, with nobody’s PIN and no criterion answered', () => {
    const session = recovering();
    session.witness = null;
    expect(session.try({ type: 'reach-milestone', milestone: 'discharged' }).refusal?.doubts?.length).toBeGreaterThan(0);
    const event = session.do(left);
    expect(event.kind).toBe('left-against-advice');
    expect(session.open.milestones.at(-1)).toMatchObject({ milestone: 'left_against_advice' });
    expect(session.open.milestones.some(({ milestone }) => milestone === 'criteria_met' || milestone === 'discharged')).toBe(false);
    expect(session.open.discharge.assessed).toBeNull();
  });

  test('STEP-30 it is a fact while the pump runs, too, and the end of the infusion stays to be recorded', () => {
    const session = dosing().at(10);
    expect(session.do(left).kind).toBe('left-against-advice');
    expect(session.try({ type: 'end-session', reason: 'the patient is gone' }).refusal?.code).toBe('SESSION_WRONG_STATE');
  });

  test('STEP-30 once: not after another way out or criteria that were recorded as met, and nobody is discharged after it', () => {
    const session = recovering();
    session.do(left);
    expect(session.try(left).refusal?.message).toContain('"Left against advice" is already recorded at 10:50');
    expect(session.try({ type: 'reach-milestone', milestone: 'discharged' }).refusal?.code).toBe('SESSION_WRONG_STATE');
    const met = recovering();
    met.append([{ kind: 'discharge-assessed', body: { lines: [], overridden: [] } }]);
    expect(met.at(51).try(left).refusal?.code).toBe('SESSION_WRONG_STATE');
    expect(recovering().try({ type: 'reach-milestone', milestone: 'left_against_advice' }).refusal?.code).toBe('SESSION_REASON_REQUIRED');
  });

  test('STEP-30 before the criteria were recorded as met it can be entered late; from then on it is refused, with their time', () => {
    const assessed = (): PlayedSession => {
      const session = recovering();
      session.append([{ kind: 'discharge-assessed', body: { lines: [], overridden: [] } }]);
      return session.at(60);
    };
    const late = (minutes: number) => assessed().try({ ...left, at: { utcMs: startMs + minutes * 60_000, reason: 'hands were full' } });
    expect(late(49).refusal).toBeNull();
    expect(late(50).refusal?.message).toContain('recorded as met at 10:50');
    expect(late(61).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
  });

  test('STEP-30 nobody was told of it in the future or before the session', () => {
    for (const minutes of [55, -41]) {
      const prescriber = { told: 'Dr Demo', atMs: startMs + minutes * 60_000 };
      expect(recovering().try({ ...left, prescriber }).refusal).toMatchObject({ code: 'SESSION_TIME_IMPOSSIBLE', subject: 'prescriber' });
    }
  });

  test('STEP-31 record and check before signing name what was short, and do not ask again for what the leaving answers', () => {
    const session = recovering();
    session.do({ ...left, prescriber: { told: 'Dr Demo', atMs: startMs + 48 * 60_000 }, escort: 'Alex' });
    const points = pointsOf(session);
    const short = points.filter(({ key }) => key.startsWith('short:'));
    expect(short.length).toBeGreaterThan(2);
    expect(short.every(({ asks }) => asks === 'nothing')).toBe(true);
    expect(short.map(({ label }) => label).join()).toContain('Leaving without');
    const missing = points.filter(({ kind }) => kind === 'missing').map(({ key }) => key);
    expect(missing).not.toContain('milestone:discharged');
    expect(missing).not.toContain('milestone:criteria_met');
    expect(missing).toContain('milestone:instructions');
    const { againstAdvice } = recordDocument(materialOf(session)).discharge;
    expect(againstAdvice).toMatchObject({
      by: 'Nora Nurse',
      words: 'told Dr Demo at 10:48 · risks explained · with Alex · awake, steady, wanted a cigarette',
    });
    expect(againstAdvice?.short).toEqual(short.map(({ label }) => label));
  });

  test('STEP-31 a point of many words is kept by as many as an entry holds', () => {
    const session = recovering();
    const [first, ...others] = session.protocol.discharge.criteria;
    if (first === undefined) throw new Error('the protocol has no criterion');
    const discharge = { ...session.protocol.discharge, criteria: [{ ...first, label: 'x'.repeat(600) }, ...others] };
    session.protocol = { ...session.protocol, discharge };
    const { body } = session.do(left);
    expect('short' in body ? body.short.map(({ length }) => length).toSorted((a, b) => b - a)[0] : null).toBe(400);
  });

  test('STEP-31 what is due ends with the leaving', () => {
    const session = recovering();
    session.do(left);
    session.at(120).do({ type: 'end-session', reason: 'left at 10:50' });
    const { schedule } = recordDocument(materialOf(session));
    expect(schedule.filter(({ due, end }) => Date.parse(due.iso) > startMs + 50 * 60_000 && end === 'open')).toEqual([]);
  });

  test('STEP-32 the monitoring form says that the two hours were short, how, and who was told', () => {
    const session = new PlayedSession();
    session.protocol = findProtocol('intranasal-esketamine-rems') ?? session.protocol;
    session.at(-30).openSession();
    session.append([{ kind: 'devices-ordered', body: { doseUg: 28_000, deviceUg: 28_000, devices: 1 } }]);
    session.at(0).append([{ kind: 'device-given', body: { number: 1, of: 1, ug: 28_000, lot: 'LOT1' } }]);
    session.at(47).do(left);
    const form = recordDocument({ ...materialOf(session, { trend: goldenTrend(), cuffs: [] }), protocol: session.protocol }).rems;
    const answerOf = (key: string) => form?.fields.find((field) => field.key === key)?.answer;
    expect(answerOf('monitored-minutes')?.value).toBe(
      '47 (less than 120; left against advice: prescriber not reached: called twice, nobody answered · risks explained · alone · awake, steady, wanted a cigarette)',
    );
    expect(answerOf('ready-minute')?.value).toBeNull();
  });
});
