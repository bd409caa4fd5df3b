import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deliveredUg } from '../../shared/clinical/dosing.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import { sessionCommandSchema, type SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { decideSession } from '../../electron/service/session/decide/decide-session.ts';
import { entryContent } from '../../electron/service/session/events/event-words.ts';
import { reach } from '../support/reach-milestone.ts';
import { infusionInSteps, injectionInSteps, withoutSteps } from '../support/stepped-protocol.ts';
import { PlayedSession, startMs, withoutFigures } from './played-session.ts';

const standingOrder = true as const;
const orderIv = { type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder } as const;
const orderIm = { type: 'order-injection', mgPerKg: 1, mgPerMl: 50, secondMgPerKg: 0.5, standingOrder } as const;
const injection = { type: 'give-injection', site: 'deltoid', side: 'left', lot: 'K-114' } as const;

function weighed(protocol: Protocol, value: number, unit: 'kg' | 'lb' = 'kg'): PlayedSession {
  const session = new PlayedSession();
  session.protocol = protocol;
  session.openSession().at(-10);
  session.do({ type: 'record-weight', value, unit, again: { value, unit } });
  return session;
}

function started(protocol: Protocol, order: SessionCommandInput, value: number, unit: 'kg' | 'lb' = 'kg'): PlayedSession {
  const session = weighed(protocol, value, unit);
  session.do(order);
  session.do({ type: 'enter-vitals', values: { 'nibp-sys': 122, 'nibp-dia': 78 } });
  for (const { milestone, beforeDose } of session.protocol.milestones) if (beforeDose) session.do(reach(milestone));
  session.at(0).do(protocol.route === 'iv' ? { type: 'start-dose' } : injection);
  return session;
}

/** What would be asked about this, without recording it. */
function asked(session: PlayedSession, input: SessionCommandInput): readonly (readonly [string, string])[] {
  const decision = decideSession(session.state, sessionCommandSchema.parse(input), { ...session.context(), answers: [withoutFigures] });
  if (!('refusal' in decision)) return [];
  if (decision.refusal.doubts === undefined) throw new Error(decision.refusal.message);
  return decision.refusal.doubts.map(({ key, words }) => [key, words] as const);
}

const keysOf = (session: PlayedSession, input: SessionCommandInput): readonly string[] => asked(session, input).map(([key]) => key);
const mgAt = (session: PlayedSession, minutes: number): number =>
  deliveredUg(session.open.dose.timeline, startMs + minutes * 60_000) / 1000;

describe('an order in steps', () => {
  test('DRAW-9 81.3 kg × 0.5 mg/kg is ordered as 41 mg in 41 mL at 61.5 mL/h, and keeps the 40.65 mg', () => {
    const event = weighed(infusionInSteps(), 81.3).do(orderIv);
    expect(event.body).toMatchObject({
      ugPerKg: 500,
      weightGrams: 81_300,
      doseUg: 41_000,
      bag: { ug: 41_000, ul: 41_000 },
      minutes: 40,
      rateUlPerHour: 61_500,
      exact: { doseUg: 40_650, volumeUl: 40_650, rateUlPerHour: 60_975 },
      steps: { doseUg: 1000, drawUl: 20, bagUl: 1000, rateUlPerHour: 100 },
    });
    expect(entryContent(event)).toContain('0.5 mg/kg at 81.3 kg, 40.65 mg drawn as 41 mg (0.504 mg/kg)');
  });

  test('DRAW-9 180 lb by muscle are 82 mg in 1.64 mL, and a second injection 41 mg in 0.82 mL', () => {
    const event = weighed(injectionInSteps(), 180, 'lb').do(orderIm);
    expect(event.body).toMatchObject({
      doseUg: 82_000,
      volumeUl: 1640,
      second: { doseUg: 41_000, volumeUl: 820, exact: { doseUg: 40_824, volumeUl: 816 } },
      exact: { doseUg: 81_647, volumeUl: 1633 },
      steps: { doseUg: 1000, drawUl: 20 },
    });
    expect(entryContent(event)).toContain('81.647 mg drawn as 82 mg (1.004 mg/kg)');
    expect(entryContent(event)).toContain('second injection 0.5 mg/kg, 40.824 mg drawn as 41 mg (0.502 mg/kg), 0.82 mL');
  });

  test('DRAW-13 without steps it is ordered to the microgram and says nothing of steps', () => {
    const event = weighed(withoutSteps('iv'), 81.3).do(orderIv);
    expect(event.body).toMatchObject({ doseUg: 40_650, rateUlPerHour: 60_975 });
    expect(Object.keys(event.body)).not.toContain('steps');
    expect(Object.keys(event.body)).not.toContain('exact');
    expect(entryContent(event)).toContain('0.5 mg/kg at 81.3 kg · 40.65 mg in 40.65 mL over 40 min, 60.975 mL/h');
    const injected = weighed(withoutSteps('im'), 180, 'lb').do(orderIm);
    expect(injected.body).toMatchObject({ doseUg: 81_647, volumeUl: 1633 });
    expect(entryContent(injected)).not.toContain('drawn');
  });

  test('DRAW-10 what is within the limits as typed is within them as drawn, and what is beyond is asked about by what is drawn', () => {
    expect(asked(weighed(infusionInSteps(), 81.6), { ...orderIv, mgPerKg: 1 })).toEqual([]);
    expect(asked(weighed(infusionInSteps(), 81.3), { ...orderIv, mgPerKg: 1.2 })).toEqual([
      ['dose-outside-protocol', '1.205 mg/kg is outside 0.3 to 1 mg/kg of "IV ketamine 0.5 mg/kg over 40 min"'],
    ]);
    expect(keysOf(weighed(injectionInSteps(), 81.647), { ...orderIm, secondMgPerKg: 1 })).toEqual([]);
    // What would be given is 81 mg, 0.996 mg/kg.
    expect(asked(weighed(infusionInSteps(), 81.3), { ...orderIv, mgPerKg: 1.001 })).toEqual([]);
  });

  test('DRAW-10 a dose that its steps make more than a twentieth larger or smaller asks why', () => {
    const coarse = infusionInSteps({ mg: 5 });
    expect(asked(weighed(coarse, 34), { ...orderIv, mgPerKg: 0.5 })).toEqual([
      ['rounded-far', '17 mg can only be drawn as 15 mg, 0.441 mg/kg'],
    ]);
    expect(asked(weighed(coarse, 80), orderIv)).toEqual([]);
    const syringe = injectionInSteps({ ml: 0.1 });
    expect(keysOf(weighed(syringe, 45), { ...orderIm, secondMgPerKg: 0.3 })).toEqual(['second-rounded-far']);
  });

  test('DRAW-10 what went in today elsewhere counts with what is drawn', () => {
    const session = weighed(infusionInSteps(), 81.3);
    session.todayElsewhereUg = 40_500;
    expect(keysOf(session, orderIv)).toEqual(['day-total-above-limit']);
    session.todayElsewhereUg = 40_300;
    expect(keysOf(session, orderIv)).toEqual([]);
  });

  test('DRAW-10 whatever is ordered and accepted without a question is given within the limits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 1500 }),
        fc.integer({ min: 100, max: 1100 }),
        fc.constantFrom(0.5, 1, 5),
        fc.constantFrom(0.01, 0.02, 0.1),
        (tenthsKg, thousandthMgPerKg, mg, ml) => {
          const protocol = infusionInSteps({ mg, ml });
          const session = weighed(protocol, tenthsKg / 10);
          const order = { ...orderIv, mgPerKg: thousandthMgPerKg / 1000 };
          if (asked(session, order).length > 0) return;
          const { body } = session.do(order) as { readonly body: { readonly doseUg: number } };
          expect(body.doseUg).toBeLessThanOrEqual(protocol.dose.mgPerKgRange[1] * tenthsKg * 100);
          expect(body.doseUg).toBeGreaterThanOrEqual(Math.floor(protocol.dose.mgPerKgRange[0] * tenthsKg * 100));
        },
      ),
      { seed: 59, numRuns: 60 },
    );
  });
});

describe('a dose in steps', () => {
  test('DRAW-12 41 mg go in over 40 minutes, 20.5 at the half, and nothing more', () => {
    const session = started(infusionInSteps(), orderIv, 81.3);
    expect([10, 20, 40, 60].map((minutes) => mgAt(session, minutes))).toEqual([10.25, 20.5, 41, 41]);
    const coarse = started(infusionInSteps({ mlPerHour: 1 }), orderIv, 81.3);
    expect(mgAt(coarse, 30)).toBe(31);
    expect(coarse.open.dose.predictedEndMs).toBe(startMs + Math.ceil((41 / 62) * 3_600_000));
  });

  test('DRAW-12 both injections are counted as they were drawn', () => {
    const session = started(injectionInSteps(), orderIm, 180, 'lb');
    session.at(15).do({ ...injection, side: 'right' });
    expect([mgAt(session, 5), mgAt(session, 20)]).toEqual([82, 123]);
    expect(session.log.at(-1)?.body).toMatchObject({ ug: 41_000, ul: 820 });
  });

  test('DRAW-11 a rate between two steps of the pump is asked about with the nearest two, and recorded as it was typed', () => {
    const session = started(infusionInSteps(), orderIv, 81.3).at(5);
    expect(asked(session, { type: 'change-rate', rateMlPerHour: 60.975 })).toEqual([
      ['rate-not-settable', '60.975 mL/h lies between steps of 0.1 mL/h: the nearest are 60.9 and 61 mL/h'],
    ]);
    expect(asked(session, { type: 'change-rate', rateMlPerHour: 60.9 })).toEqual([]);
    expect(session.insist({ type: 'change-rate', rateMlPerHour: 60.975 }).body).toMatchObject({ rateUlPerHour: 60_975 });
    session.at(6).do({ type: 'pause-dose', reason: 'patient-asked' });
    expect(keysOf(session.at(7), { type: 'resume-dose', rateMlPerHour: 45.55 })).toEqual(['rate-not-settable']);
  });

  test('DRAW-11 a bolus and a new bag between two steps are asked about', () => {
    const session = started(infusionInSteps(), orderIv, 81.3).at(5);
    expect(asked(session, { type: 'give-bolus', mg: 2.5 })).toContainEqual([
      'amount-not-drawable',
      '2.5 mg lies between steps of 1 mg: the nearest are 2 and 3 mg',
    ]);
    expect(asked(session, { type: 'give-bolus', mg: 0.5 })).toContainEqual([
      'amount-not-drawable',
      '0.5 mg lies between steps of 1 mg: the nearest is 1 mg',
    ]);
    expect(keysOf(session, { type: 'change-bag', mg: 35.9, ml: 35.9, rateMlPerHour: 61.55 })).toEqual([
      'rate-not-settable',
      'amount-not-drawable',
      'volume-not-fillable',
    ]);
    expect(keysOf(session, { type: 'change-bag', mg: 36, ml: 36, rateMlPerHour: 61.5 })).toEqual([]);
  });

  test('DRAW-11 an injected amount between two marks of the syringe is asked about, also when it is corrected', () => {
    const session = weighed(injectionInSteps(), 180, 'lb');
    session.do({ ...orderIm, secondMgPerKg: undefined });
    session.at(0);
    expect(asked(session, { ...injection, mg: 81.647 })).toContainEqual([
      'amount-not-drawable',
      "81.647 mg are 1.633 mL, between the syringe's steps of 0.02 mL: the nearest are 81 mg in 1.62 mL and 82 mg in 1.64 mL",
    ]);
    expect(keysOf(session, { ...injection, mg: 80 })).not.toContain('amount-not-drawable');
    const given = session.insist(injection);
    expect(given.body).toMatchObject({ ug: 82_000, ul: 1640 });
    const correct = { type: 'correct-administration', eventId: given.eventId, reason: 'the syringe held less' } as const;
    expect(keysOf(session, { ...correct, mg: 80 })).toEqual(['amount-not-ordered']);
    expect(keysOf(session, { ...correct, mg: 80.3 })).toEqual(['amount-not-ordered', 'amount-not-drawable']);
  });

  test('DRAW-13 without steps no figure is between two of them', () => {
    const session = started(withoutSteps('iv'), orderIv, 81.3).at(5);
    expect(asked(session, { type: 'change-rate', rateMlPerHour: 60.975 })).toEqual([]);
    expect(keysOf(session, { type: 'give-bolus', mg: 2.5 })).toEqual(['bolus-not-in-protocol']);
  });
});
