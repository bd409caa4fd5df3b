import { describe, expect, test } from 'vitest';
import { deliveredUg } from '../../shared/clinical/dosing.ts';
import { dosing, PlayedSession, startMs } from './played-session.ts';
import { withoutSteps } from '../support/stepped-protocol.ts';
import { reach } from '../support/reach-milestone.ts';

const ms = (minutes: number): number => startMs + Math.round(minutes * 60_000);
const ready = (): PlayedSession => new PlayedSession().at(-15).openSession().at(-10).prepare().at(0);

describe('weight and order', () => {
  test('RULE-1 a weight outside the protocol is stopped, in either unit, until a reason is given', () => {
    const session = new PlayedSession().openSession();
    for (const [value, unit] of [
      [24.9, 'kg'],
      [251, 'kg'],
      [54, 'lb'],
      [552, 'lb'],
    ] as const) {
      expect(session.try({ type: 'record-weight', value, unit, again: { value, unit } }).refusal).toMatchObject({
        code: 'WEIGHT_IMPLAUSIBLE',
        subject: 'value',
      });
    }
    expect(
      session.insist({ type: 'record-weight', value: 262, unit: 'kg', again: { value: 262, unit: 'kg' } }, 'weighed twice').body,
    ).toMatchObject({
      grams: 262_000,
      answered: [{ key: 'weight-outside-protocol', reason: 'weighed twice' }],
    });
    expect(session.try({ type: 'record-weight', value: 0.0001, unit: 'kg', again: { value: 0.0001, unit: 'kg' } }).refusal?.code).toBe(
      'WEIGHT_IMPLAUSIBLE',
    );
  });

  test('RULE-2 pounds typed as kilograms are stopped by the last visit', () => {
    const session = new PlayedSession().openSession();
    session.lastVisitGrams = 80_000;
    const { refusal } = session.try({ type: 'record-weight', value: 176, unit: 'kg', again: { value: 176, unit: 'kg' } });
    expect(refusal?.code).toBe('WEIGHT_IMPLAUSIBLE');
    expect(refusal?.message).toContain('more than 10 % away from 80.0 kg');
    expect(session.do({ type: 'record-weight', value: 176, unit: 'lb', again: { value: 176, unit: 'lb' } }).body).toEqual({
      grams: 79_832,
      entered: { value: 176, unit: 'lb' },
      again: { value: 176, unit: 'lb' },
    });
  });

  test('RULE-2 on a first visit 176 kg are stopped by the range, until a reason stands with them', () => {
    const session = new PlayedSession().openSession();
    expect(session.try({ type: 'record-weight', value: 176, unit: 'kg', again: { value: 176, unit: 'kg' } }).refusal?.code).toBe(
      'WEIGHT_IMPLAUSIBLE',
    );
    session.insist({ type: 'record-weight', value: 176, unit: 'kg', again: { value: 176, unit: 'kg' } }, 'weighed twice');
  });

  test('RULE-2 exactly ten percent is still taken', () => {
    const session = new PlayedSession().openSession();
    session.lastVisitGrams = 80_000;
    session.do({ type: 'record-weight', value: 88, unit: 'kg', again: { value: 88, unit: 'kg' } });
    session.do({ type: 'record-weight', value: 72, unit: 'kg', again: { value: 72, unit: 'kg' } });
    expect(session.try({ type: 'record-weight', value: 88.001, unit: 'kg', again: { value: 88.001, unit: 'kg' } }).refusal?.code).toBe(
      'WEIGHT_IMPLAUSIBLE',
    );
  });

  test.each([
    ['mgPerKg', { mgPerKg: 0.29, minutes: 40, mgPerMl: 1 }],
    ['mgPerKg', { mgPerKg: 5, minutes: 40, mgPerMl: 1 }],
    ['minutes', { mgPerKg: 0.5, minutes: 19, mgPerMl: 1 }],
    ['minutes', { mgPerKg: 0.5, minutes: 121, mgPerMl: 1 }],
    ['mgPerMl', { mgPerKg: 0.5, minutes: 40, mgPerMl: 50 }],
  ])('RULE-3 an order with %s outside the protocol needs a reason', (subject, order) => {
    const session = new PlayedSession().openSession();
    session.do({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
    expect(session.try({ type: 'order-dose', ...order, standingOrder: true }).refusal).toMatchObject({
      code: 'DOSE_OUTSIDE_PROTOCOL',
      subject,
    });
    expect(session.insist({ type: 'order-dose', ...order, standingOrder: true }, 'as agreed').body).toMatchObject({
      answered: expect.arrayContaining([expect.objectContaining({ reason: 'as agreed' })]),
    });
  });

  test('RULE-3 an order that comes to nothing is refused even with a reason', () => {
    const session = new PlayedSession().openSession();
    session.do({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
    const order = { type: 'order-dose', mgPerKg: 0.000_000_1, minutes: 40, mgPerMl: 1, standingOrder: true } as const;
    expect(session.try(order).refusal?.code).toBe('DOSE_OUTSIDE_PROTOCOL');
    expect(session.try({ ...order, mgPerKg: 0.5, mgPerMl: 0.000_000_1 }).refusal?.code).toBe('DOSE_OUTSIDE_PROTOCOL');
  });

  test('RULE-4 an odd strength is kept exactly: 36.25 mg in 100 mL', () => {
    const session = new PlayedSession();
    session.protocol = withoutSteps('iv');
    session.openSession();
    session.do({ type: 'record-weight', value: 72.5, unit: 'kg', again: { value: 72.5, unit: 'kg' } });
    expect(session.do({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 0.3625, standingOrder: true }).body).toMatchObject({
      doseUg: 36_250,
      bag: { ug: 36_250, ul: 100_000 },
      rateUlPerHour: 150_000,
    });
  });
});

describe('starting', () => {
  test('RULE-5 the open points of the checklist are named, and a reason opens the way', () => {
    const session = new PlayedSession().openSession();
    session.do({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
    expect(session.try({ type: 'start-dose' }).refusal?.code).toBe('DOSE_NOT_ORDERED');
    session.do({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true });
    session.do(reach('identity'));
    session.do({ type: 'reach-milestone', milestone: 'timeout' });
    const { refusal } = session.try({ type: 'start-dose' });
    expect(refusal?.code).toBe('SESSION_CHECKLIST_OPEN');
    expect(refusal?.doubts?.map(({ key }) => key)).toEqual(['not-done:consent', 'not-done:double_check', 'not-done:bedside_alarms_on']);
    for (const label of ['Consent confirmed', 'Medication double-check', 'Bedside alarms are on'])
      expect(refusal?.message).toContain(label);
    expect(session.insist({ type: 'start-dose' }, 'on paper').body).toMatchObject({
      answered: [{ reason: 'on paper' }, { reason: 'on paper' }, { reason: 'on paper' }, { key: 'hold-figure-missing' }],
    });
  });

  test('RULE-6 without a live monitor a start needs a reason', () => {
    const session = ready();
    session.monitorLive = false;
    expect(session.try({ type: 'start-dose' }).refusal?.code).toBe('SESSION_MONITOR_NOT_LIVE');
    expect(session.insist({ type: 'start-dose' }, 'monitor without port').body).toMatchObject({
      answered: [{ key: 'monitor-not-live', reason: 'monitor without port' }, { key: 'hold-figure-missing' }],
    });
  });

  test('RULE-7 a weight recorded after the order asks for the order again, whatever the reason', () => {
    const session = ready();
    session.do({ type: 'record-weight', value: 79, unit: 'kg', again: { value: 79, unit: 'kg' } });
    const { refusal } = session.try({ type: 'start-dose' });
    expect(refusal).toMatchObject({ code: 'DOSE_NOT_ORDERED' });
    expect(refusal?.message).toContain('ordered for 80 kg, the weight is now 79 kg');
    session.do({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true });
    session.do(reach('double_check'));
    expect(session.do({ type: 'start-dose' }).body).toMatchObject({ bag: { ug: 40_000, ul: 40_000 }, rateUlPerHour: 60_000 });
  });

  test('RULE-8 a second start is refused, and points to the undo', () => {
    const { refusal } = dosing().at(5).try({ type: 'start-dose' });
    expect(refusal?.code).toBe('DOSE_ALREADY_STARTED');
    expect(refusal?.message).toContain('undo it first');
  });
});

describe('times', () => {
  test('RULE-9 up to five minutes back needs no reason, more does', () => {
    const session = ready().at(8);
    expect(session.try({ type: 'start-dose', at: { utcMs: ms(3) - 1 } }).refusal?.code).toBe('SESSION_REASON_REQUIRED');
    expect(session.do({ type: 'start-dose', at: { utcMs: ms(3) } }).occurred.utcMs).toBe(ms(3));
    expect(session.open.dose.startedMs).toBe(ms(3));
  });

  test('RULE-10 nothing happens in the future or before the session', () => {
    const session = ready();
    expect(session.try({ type: 'start-dose', at: { utcMs: ms(0) + 2001 } }).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
    expect(session.try({ type: 'start-dose', at: { utcMs: ms(-16), reason: 'said why' } }).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
    expect(session.try({ type: 'start-dose', at: { utcMs: 0, reason: 'clock set back' } }).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
    // A page whose clock runs a second ahead means now.
    expect(session.do({ type: 'start-dose', at: { utcMs: ms(0) + 900 } }).occurred.utcMs).toBe(ms(0));
  });

  test('RULE-11 an arrival may lie before the opening, and then the session begins there', () => {
    const session = new PlayedSession().at(-15).openSession();
    const arrived = { type: 'reach-milestone', milestone: 'arrived', at: { utcMs: ms(-40), reason: 'seen at the desk' } } as const;
    expect(session.try(reach('identity', { utcMs: ms(-38), reason: 'desk' })).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
    session.do(arrived);
    session.do(reach('identity', { utcMs: ms(-38), reason: 'desk' }));
    expect(session.open.phases).toEqual([{ phase: 'prepare', fromMs: ms(-40) }]);
    const dayBefore = { ...arrived, at: { utcMs: ms(-24 * 60), reason: 'said why' } };
    expect(new PlayedSession().at(-15).openSession().try(dayBefore).refusal?.code).toBe('SESSION_TIME_IMPOSSIBLE');
  });
});

describe('running', () => {
  test('RULE-12 a rate at which the bag would run outside the protocol needs a reason', () => {
    const session = dosing().at(5);
    const tenfold = session.try({ type: 'change-rate', rateMlPerHour: 600 });
    expect(tenfold.refusal).toMatchObject({ code: 'DOSE_OUTSIDE_PROTOCOL', subject: 'rateMlPerHour' });
    expect(tenfold.refusal?.message).toContain('the whole bag would take 4 min');
    expect(session.try({ type: 'change-rate', rateMlPerHour: 19 }).refusal?.code).toBe('DOSE_OUTSIDE_PROTOCOL');
    expect(session.try({ type: 'change-rate', rateMlPerHour: 0.0001 }).refusal?.code).toBe('DOSE_OUTSIDE_PROTOCOL');
    session.do({ type: 'change-rate', rateMlPerHour: 120 });
    session.do({ type: 'change-rate', rateMlPerHour: 20 });
    session.insist({ type: 'change-rate', rateMlPerHour: 150 });
  });

  test('RULE-13 a resume without a rate goes back to the last one', () => {
    const session = dosing().at(5);
    session.do({ type: 'change-rate', rateMlPerHour: 45 });
    session.at(10).do({ type: 'pause-dose', reason: 'blood-pressure' });
    expect(session.open.dose).toMatchObject({ status: 'paused', pausedSinceMs: ms(10), predictedEndMs: null });
    expect(session.at(12).do({ type: 'resume-dose' }).body).toEqual({ rateUlPerHour: 45_000 });
  });

  test('RULE-14 a bolus needs a reason under this protocol, and cannot be more than the bag holds', () => {
    const session = dosing().at(10);
    expect(session.try({ type: 'give-bolus', mg: 5 }).refusal?.code).toBe('DOSE_OUTSIDE_PROTOCOL');
    const { refusal } = session.try({ type: 'give-bolus', mg: 30.001 });
    expect(refusal?.code).toBe('DOSE_BAG_EXCEEDED');
    expect(refusal?.message).toContain('30 mg were left in the bag at 10:10');
    session.insist({ type: 'give-bolus', mg: 30 });
    expect(deliveredUg(session.open.dose.timeline, ms(10))).toBe(40_000);
  });

  test('RULE-15 an empty bag does not complete the dose by itself; a person does, and the computed amount is kept', () => {
    const session = dosing().at(50);
    expect(session.open.dose).toMatchObject({ status: 'running', predictedEndMs: ms(40) });
    expect(deliveredUg(session.open.dose.timeline, ms(50))).toBe(40_000);
    expect(session.do({ type: 'complete-dose' }).body).toEqual({ deliveredUg: 40_000 });
    const early = dosing().at(39.5);
    expect(early.do({ type: 'complete-dose' }).body).toEqual({ deliveredUg: 39_500 });
  });

  test('RULE-16 an early stop keeps the computed waste beside the volume a person read', () => {
    const session = new PlayedSession().at(-15).openSession();
    session.do({ type: 'record-weight', value: 70, unit: 'kg', again: { value: 70, unit: 'kg' } });
    session.do({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 0.5, standingOrder: true });
    session.at(0).insist({ type: 'start-dose' });
    session.at(25);
    expect(session.try({ type: 'stop-dose-early', reason: 'other', volumeLeftMl: 71 }).refusal?.code).toBe('DOSE_BAG_EXCEEDED');
    expect(session.do({ type: 'stop-dose-early', reason: 'adverse-event', volumeLeftMl: 26 }).body).toEqual({
      reason: 'adverse-event',
      deliveredUg: 21_875,
      wasteUg: 13_125,
      wasteUl: 26_250,
      volumeLeftUl: 26_000,
    });
  });

  test('RULE-17 a late entry must fit between its neighbours', () => {
    const session = dosing().at(10);
    session.do({ type: 'pause-dose', reason: 'patient-asked' });
    session.at(14).do({ type: 'resume-dose' });
    // At 10:12 it was paused already, and a stop at 10:12 would leave the resume of 10:14 without its ground.
    expect(session.at(16).try({ type: 'pause-dose', reason: 'other', at: { utcMs: ms(12) } }).refusal?.code).toBe('DOSE_NOT_RUNNING');
    const { refusal } = session.try({ type: 'complete-dose', at: { utcMs: ms(12) } });
    expect(refusal).toMatchObject({ code: 'DOSE_FINISHED' });
    expect(refusal?.message).toContain('"Resumed 10:14" would no longer fit');
    session.do({ type: 'change-rate', rateMlPerHour: 45, at: { utcMs: ms(15) } });
    expect(deliveredUg(session.open.dose.timeline, ms(16))).toBe(11_750);
  });
});

describe('milestones of the dose', () => {
  test('RULE-18 onset and peak need a start before them; leaving needs the end of the dose', () => {
    const session = dosing().at(4);
    expect(session.try({ type: 'reach-milestone', milestone: 'onset', at: { utcMs: ms(-0.5) } }).refusal?.code).toBe(
      'SESSION_TIME_IMPOSSIBLE',
    );
    expect(session.try({ type: 'reach-milestone', milestone: 'discharged' }).refusal?.code).toBe('SESSION_WRONG_STATE');
    session.at(40).do({ type: 'complete-dose' });
    expect(session.at(41).try({ type: 'reach-milestone', milestone: 'return_to_baseline', at: { utcMs: ms(39) } }).refusal?.code).toBe(
      'SESSION_TIME_IMPOSSIBLE',
    );
    session.do({ type: 'reach-milestone', milestone: 'return_to_baseline' });
    const never = new PlayedSession().openSession();
    expect(never.do({ type: 'reach-milestone', milestone: 'discharged' }).kind).toBe('milestone-reached');
  });

  test('RULE-19 a milestone is recorded once, unless it may come again', () => {
    const session = dosing().at(6);
    session.do({ type: 'reach-milestone', milestone: 'onset' });
    const { refusal } = session.at(8).try({ type: 'reach-milestone', milestone: 'onset' });
    expect(refusal?.code).toBe('SESSION_WRONG_STATE');
    expect(refusal?.message).toContain('already recorded at 10:06');
    session.do({ type: 'reach-milestone', milestone: 'bp_review', told: 'Dr Demo', detail: '162/98, repeat ordered' });
    session.do({ type: 'reach-milestone', milestone: 'bp_review', told: 'Dr Demo', detail: 'repeated, 158/97' });
    expect(session.open.milestones.filter((entry) => entry.milestone === 'bp_review')).toHaveLength(2);
  });
});
