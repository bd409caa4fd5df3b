import { describe, expect, test } from 'vitest';
import { deliveredUg, doseCurve, remainingInBag } from '../../shared/clinical/dosing.ts';
import { eventLabel } from '../../electron/service/session/events/event-words.ts';
import { routeDose } from '../../electron/service/projection/session-dosing.ts';
import infusion from '../fixtures/clinical/infusion.json' with { type: 'json' };
import { reach } from '../support/reach-milestone.ts';
import { dosing, PlayedSession, startMs } from './played-session.ts';
import { protocolOf, ready, remoteFacts } from './ready-session.ts';

const ms = (minutes: number): number => startMs + Math.round(minutes * 60_000);

const injection = { type: 'give-injection', site: 'deltoid', side: 'left', lot: 'K-114' } as const;
const other = { ...injection, side: 'right' } as const;

function mgAt(session: PlayedSession, minutes: number): number {
  return deliveredUg(session.open.dose.timeline, ms(minutes)) / 1000;
}

describe('an injection', () => {
  const found = infusion.find((one) => one.id === 'im');

  test('ROUTE-1 two injections are steps of the worked case, with mg/kg of both and the volume of the first', () => {
    const session = ready('im');
    const first = session.do(injection);
    expect(first.body).toMatchObject({ number: 1, ug: 68_000, ul: (found?.volumeMlAt50 ?? 0) * 1000 });
    expect(session.at(15).do({ ...injection, side: 'right' }).body).toMatchObject({ number: 2, ug: (found?.secondMg ?? 0) * 1000 });
    for (const point of found?.cumulative ?? []) expect(mgAt(session, point.tMin)).toBe(point.mg);
    expect([mgAt(session, -0.01), mgAt(session, 14.99), mgAt(session, 200)]).toEqual([0, 68, 102]);
    expect(mgAt(session, 15) / 68).toBe(found?.mgPerKg);
    const steps = doseCurve(session.open.dose.timeline, ms(20)).map((point) => [(point.atMs - startMs) / 60_000, point.ug]);
    expect(steps).toEqual([
      [0, 0],
      [0, 68_000],
      [15, 68_000],
      [15, 102_000],
      [20, 102_000],
    ]);
    expect(session.open.problems).toEqual([]);
  });

  test('ROUTE-1 at 100 mg/mL the same dose is half the volume', () => {
    const session = ready('im');
    session.do({ type: 'order-injection', mgPerKg: 1, mgPerMl: 100, standingOrder: true });
    expect(session.open.routeOrder).toMatchObject({ volumeUl: (found?.volumeMlAt100 ?? 0) * 1000, second: null });
  });

  test('ROUTE-2 a second injection outside its window, another amount or too much in all is asked about', () => {
    for (const at of [9, 21]) {
      const session = ready('im');
      session.do(injection);
      session.at(at);
      expect(session.try(other).refusal?.doubts?.map(({ key }) => key)).toEqual(['second-outside-window']);
      session.insist(other);
    }
    const session = ready('im');
    expect(session.try({ ...injection, mg: 60 }).refusal?.message).toContain('not the 68 mg that were ordered');
    session.do(injection);
    session.at(15);
    // 68 + 68 mg are the 2 mg/kg that the protocol has for both; a little more is too much in all.
    expect(session.try({ ...other, mg: 68 }).refusal?.doubts?.map(({ key }) => key)).toEqual(['amount-not-ordered']);
    const tooMuch = session.try({ ...other, mg: 68.002 }).refusal;
    expect(tooMuch?.doubts?.map(({ key, needs }) => [key, needs])).toEqual([
      ['amount-not-ordered', 'reason'],
      ['total-above-limit', 'prescriber'],
    ]);
    expect(tooMuch?.message).toContain('136.002 mg, 2 mg/kg in all in this session is more than 2 mg/kg');
    session.insist({ ...other, mg: 80 });
    expect(session.at(18).try({ ...injection, mg: 10 }).refusal?.code).toBe('DOSE_FINISHED');
  });

  test('ROUTE-3 nothing of it can be paused, turned or topped up, and nothing of that is offered; a second one can be left out', () => {
    const session = ready('im');
    session.do(injection);
    session.at(5);
    expect(session.try({ type: 'pause-dose', reason: 'patient-asked' }).refusal).not.toBeNull();
    expect(session.try({ type: 'give-bolus', mg: 5 }).refusal?.message).toContain('as an injection');
    const types = session.offered().map(({ action }) => action.type);
    expect(types.filter((type) => type !== 'milestone' && type !== 'tap')).toEqual(['give-injection', 'stop-dose-early', 'end-session']);
  });

  test('ROUTE-4 the phase is “in effect” until a person sees it go, though the dose is in', () => {
    const session = ready('im');
    session.do(injection);
    expect(session.at(20).open.phase).toBe('infusing');
    session.at(70).do({ type: 'reach-milestone', milestone: 'emerging' });
    expect(session.open.phase).toBe('recovery');
  });

  test('ROUTE-5 undoing the first injection is refused while a second stands, and both can be undone in turn', () => {
    const session = ready('im');
    const first = session.do(injection);
    const second = session.at(15).do(other);
    expect(session.try({ type: 'undo', eventId: first.eventId }).refusal?.subject).toBe(second.eventId);
    session.do({ type: 'undo', eventId: second.eventId });
    session.do({ type: 'undo', eventId: first.eventId });
    expect(session.open.dose).toMatchObject({ status: 'none', startedMs: null, administrations: [] });
  });

  test('ROUTE-6 correcting the time of the first moves the start and shows that it was amended', () => {
    const session = ready('im');
    const first = session.do(injection);
    session.at(4).do({ type: 'correct-time', eventId: first.eventId, utcMs: ms(1), reason: 'wall clock' });
    expect(session.open.dose.startedMs).toBe(ms(1));
    expect([mgAt(session, 0.5), mgAt(session, 1)]).toEqual([0, 68]);
    expect(session.open.history.find(({ event }) => event.eventId === first.eventId)?.amendedFromMs).toBe(ms(0));
  });
});

describe('nasal devices', () => {
  const device = { type: 'give-device', lot: 'L-1' } as const;

  test('ROUTE-7 three devices are 28 mg each, the last one ends the dose, and both readings of +40 are kept', () => {
    const session = ready('intranasal');
    session.do(device);
    expect(session.open.dose.status).toBe('running');
    session.at(5).do({ ...device, lot: 'L-2' });
    session.at(10).do({ ...device, lot: 'L-3' });
    expect([mgAt(session, 0), mgAt(session, 5), mgAt(session, 10)]).toEqual([28, 56, 84]);
    expect(session.open.dose).toMatchObject({ status: 'completed', startedMs: ms(0), endedMs: ms(10) });
    const view = routeDose(session.open, session.protocol);
    expect(view.monitoring).toEqual({ firstMs: ms(0), lastMs: ms(10), anchor: 'first-device', minutesMin: 120 });
    expect(view.administrations.map(({ lot }) => lot)).toEqual(['L-1', 'L-2', 'L-3']);
    expect(session.at(15).try(device).refusal).toMatchObject({ code: 'DOSE_OUTSIDE_PROTOCOL' });
  });

  test('ROUTE-40 a device beyond the order waits for a prescriber, counts in the dose and is named as what it is', () => {
    const session = ready('intranasal');
    for (const [index, minute] of [0, 5, 10].entries()) session.at(minute).do({ ...device, lot: `L-${index + 1}` });
    const offered = session.offered().map(({ label }) => label);
    expect(offered).toContain('Another device…');
    expect(offered.slice(0, 4)).not.toContain('Another device…');
    const fourth = { ...device, lot: 'L-4' };
    const { refusal } = session.at(16).try(fourth);
    expect(refusal?.doubts).toContainEqual(
      expect.objectContaining({
        key: 'device-not-ordered',
        needs: 'prescriber',
        words: 'Device 4 was not ordered: the order is for 3 devices',
      }),
    );
    const given = session.insist(fourth);
    expect(eventLabel(given)).toBe('Device 4, beyond the 3 ordered');
    expect([mgAt(session, 16), session.open.dose.status, session.open.dose.endedMs]).toEqual([112, 'completed', ms(16)]);
    expect(routeDose(session.open, session.protocol).monitoring).toMatchObject({ firstMs: ms(0), lastMs: ms(16) });
  });

  test('ROUTE-40 after “no further device” none is offered until that is undone', () => {
    const session = ready('intranasal');
    session.do(device);
    session.at(6).do({ type: 'stop-dose-early', reason: 'patient-asked' });
    expect(session.offered().map(({ label }) => label)).not.toContain('Another device…');
    expect(session.at(12).try(device).refusal?.code).toBe('DOSE_FINISHED');
  });

  test('ROUTE-8 a device too soon after the last asks for a reason', () => {
    const session = ready('intranasal');
    session.do(device);
    expect(session.at(3).try(device).refusal).toMatchObject({ code: 'DOSE_OUTSIDE_PROTOCOL', subject: 'at' });
    session.insist(device, 'spray ran out');
  });

  test('ROUTE-9 fewer devices than ordered end with a reason, and 60 mg is no dose of them', () => {
    const session = ready('intranasal');
    session.do(device);
    session.at(6).do({ type: 'stop-dose-early', reason: 'patient-asked' });
    expect(session.open.dose).toMatchObject({ status: 'stopped', endedMs: ms(6) });
    expect(mgAt(session, 60)).toBe(28);
    const other = ready('intranasal');
    expect(other.try({ type: 'order-devices', mg: 60, standingOrder: true }).refusal?.message).toContain('no whole number');
    expect(other.try({ type: 'order-devices', mg: 112, standingOrder: true }).refusal?.message).toContain('28 or 56 or 84 mg');
  });

  test('ROUTE-10 a weight plays no part in a nasal dose', () => {
    const session = new PlayedSession();
    session.protocol = protocolOf('intranasal');
    session.openSession();
    session.do({ type: 'order-devices', mg: 56, standingOrder: true });
    expect(session.try(device).refusal?.code).toBe('SESSION_CHECKLIST_OPEN');
  });
});

describe('lozenges at home', () => {
  test('ROUTE-11 placed and expelled: the dose is a step, and it ends when it leaves the mouth', () => {
    const session = ready('sublingual', { kg: 80 });
    session.do({ type: 'place-lozenge' });
    expect(session.open.dose.status).toBe('running');
    session.at(15).do({ type: 'expel-lozenge' });
    expect([mgAt(session, 0), mgAt(session, 15)]).toEqual([150, 150]);
    expect(session.open.dose).toMatchObject({ status: 'completed', endedMs: ms(15) });
    expect(session.try({ type: 'expel-lozenge' }).refusal?.code).toBe('DOSE_FINISHED');
  });

  test('ROUTE-12 address, contact, sitter, number and video have to be on record, whatever the reason', () => {
    const session = new PlayedSession();
    session.protocol = protocolOf('sublingual');
    session.openSession();
    session.do({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
    session.do({ type: 'order-lozenges', lozenges: 1, standingOrder: true });
    const place = { type: 'place-lozenge' } as const;
    expect(session.try(place).refusal?.message).toContain('the emergency contact');
    session.do({ ...remoteFacts, videoOn: false });
    expect(session.try(place).refusal?.message).toContain('that the video is on');
    session.do(remoteFacts);
    session.insist(place);
  });

  test('ROUTE-13 a dose too large for a small person asks for a reason', () => {
    const session = ready('sublingual', { kg: 40 });
    expect(session.try({ type: 'order-lozenges', lozenges: 2, standingOrder: true }).refusal?.message).toContain('5 mg/kg is outside');
  });
});

describe('a new bag', () => {
  test('ROUTE-14 runs at its own strength, and what the old one held stays behind as waste', () => {
    const session = dosing().at(20);
    const changed = session.do({ type: 'change-bag', mg: 20, ml: 40, rateMlPerHour: 60, volumeLeftMl: 19.5 });
    expect(changed.body).toMatchObject({ oldLeftUg: 20_000, oldLeftUl: 20_000, volumeLeftUl: 19_500 });
    expect([mgAt(session, 20), mgAt(session, 30), mgAt(session, 60), mgAt(session, 90)]).toEqual([20, 25, 40, 40]);
    expect(session.open.dose.predictedEndMs).toBe(ms(60));
  });

  test('ROUTE-15 a bag of the same content is a bag of its own', () => {
    const session = dosing().at(20);
    session.do({ type: 'change-bag', mg: 40, ml: 40, rateMlPerHour: 60 });
    session.at(25).do({ type: 'pause-dose', reason: 'line-problem' });
    session.at(30).do({ type: 'resume-dose' });
    expect(mgAt(session, 90)).toBe(60);
    expect(session.open.dose.predictedEndMs).toBe(ms(65));
  });

  test('ROUTE-15 a bolus comes from the bag that runs then, and none from one that was taken down', () => {
    const session = dosing().at(20);
    session.do({ type: 'change-bag', mg: 20, ml: 40, rateMlPerHour: 60 });
    session.at(25).insist({ type: 'give-bolus', mg: 3 });
    // Of the second bag's 20 mg 2.5 have run in and 3 were given at once; 20 mg of the first one had.
    expect(remainingInBag(session.open.dose.timeline, ms(25))).toEqual({ ug: 14_500, ul: 29_000 });
    expect(mgAt(session, 25)).toBe(25.5);
    // More than this bag holds is refused, though the first one held enough.
    expect(session.try({ type: 'give-bolus', mg: 14.6 }).refusal?.code).toBe('DOSE_BAG_EXCEEDED');
  });

  test('ROUTE-16 a strength outside the protocol, or more left than the old bag held, is refused in words', () => {
    const session = dosing().at(20);
    const bag = { type: 'change-bag', mg: 500, ml: 10, rateMlPerHour: 60 } as const;
    expect(session.try(bag).refusal?.message).toContain('50 mg/mL is outside 0.1 to 10 mg/mL');
    expect(session.try({ ...bag, mg: 20, volumeLeftMl: 41 }).refusal?.code).toBe('DOSE_BAG_EXCEEDED');
  });
});

describe('while a lozenge is in the mouth', () => {
  test('ROUTE-25 what the schedule asks for then can be recorded then: the first check-in call is due while it is held', () => {
    const session = ready('sublingual');
    session.insist({ type: 'place-lozenge' });
    session.at(14);
    expect(session.open.dose.status).toBe('running');
    const actions = session.offered();
    const offered = actions.flatMap(({ action }) => (action.type === 'milestone' ? [action.milestone] : []));
    expect(offered).toContain('check_in');
    expect(offered).toContain('onset');
  });
});

describe('before any start', () => {
  test('ROUTE-17 an act of another route is refused with what the protocol gives', () => {
    expect(ready('im').try({ type: 'order-devices', mg: 56, standingOrder: true }).refusal?.message).toContain('as an injection');
    expect(dosing().try({ type: 'give-device', lot: 'x' }).refusal).not.toBeNull();
    expect(ready('intranasal').try({ type: 'start-dose' }).refusal?.message).toContain('as a nasal spray');
  });

  test('ROUTE-18 an identifier that is not the patient’s is refused by its name, without saying the right one', () => {
    const session = new PlayedSession().openSession();
    const check = { type: 'check-identity', birthDate: '1984-03-14', recordNumber: 'demo 0042' } as const;
    const refused = session.try({ ...check, recordNumber: 'DEMO-0043' }).refusal;
    expect(refused).toMatchObject({ code: 'PATIENT_IDENTIFIER_MISMATCH', subject: 'recordNumber' });
    expect(refused?.message).toContain('The record number is not that of Demo Patient');
    expect(refused?.message).not.toContain('0042');
    expect(session.try({ ...check, birthDate: '1984-03-15' }).refusal?.message).toContain('birth date');
    expect(session.try({ type: 'reach-milestone', milestone: 'identity' }).refusal).not.toBeNull();
    session.do(check);
    expect(session.open.milestones.map((entry) => entry.milestone)).toEqual(['identity']);
  });

  test('ROUTE-19 a double-check takes a second person, keeps their name, and is stale after another order', () => {
    const session = new PlayedSession().openSession();
    session.do({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
    const order = { type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true } as const;
    session.do(order);
    const { witness } = session;
    session.witness = null;
    expect(session.try(reach('double_check')).refusal).toMatchObject({ code: 'STAFF_WITNESS_REQUIRED', subject: 'witness' });
    expect(session.try({ type: 'reach-milestone', milestone: 'double_check' }).refusal?.code).toBe('STAFF_WITNESS_REQUIRED');
    session.witness = witness;
    session.do(reach('double_check'));
    expect(session.open.doubleCheck).toMatchObject({ witness: { name: 'Second' }, stale: false });
    expect(session.try(reach('double_check')).refusal?.message).toContain('double-checked at');
    session.do(order);
    expect(session.open.doubleCheck?.stale).toBe(false);
    session.do({ ...order, minutes: 60 });
    expect(session.open.doubleCheck?.stale).toBe(true);
    expect(session.try({ type: 'start-dose' }).refusal?.message).toContain('Medication double-check');
    session.do(reach('double_check'));
    expect(session.open.milestones.filter((entry) => entry.milestone === 'double_check')).toHaveLength(1);
    expect(session.open.doubleCheck?.stale).toBe(false);
  });

  test('ROUTE-20 a start moved before its checks is refused, and so is a check moved behind the start', () => {
    const session = dosing().at(3);
    const start = session.log.find((event) => event.kind === 'dose-started');
    const timeout = session.log.find((event) => event.kind === 'milestone-reached' && event.body.milestone === 'timeout');
    const correct = (eventId: string | undefined, minutes: number) =>
      session.try({ type: 'correct-time', eventId: eventId ?? '', utcMs: ms(minutes), reason: 'misread' }).refusal;
    expect(correct(start?.eventId, -12)).toMatchObject({ code: 'SESSION_TIME_IMPOSSIBLE' });
    expect(correct(timeout?.eventId, 1)?.message).toContain('would no longer fit');
    expect(correct(start?.eventId, -8)).toBeNull();
  });

  test('ROUTE-20 a start without the check, with its reason, stands before a check recorded later', () => {
    const session = new PlayedSession().openSession().at(-5);
    session.do({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
    session.do({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true });
    session.at(0).insist({ type: 'start-dose' }, 'on paper');
    expect(session.at(2).try(reach('timeout')).refusal).toBeNull();
  });
});
