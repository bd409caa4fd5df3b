import { describe, expect, test } from 'vitest';
import { dueItems, type DueFacts } from '../../shared/clinical/due.ts';
import { dryRun } from '../../shared/clinical/dry-run.ts';
import { emptyFromMs, wasted } from '../../shared/clinical/dosing.ts';
import { builtInProtocols, findProtocol } from '../../shared/clinical/protocol-directory.ts';
import type { ScheduleRow } from '../../shared/clinical/protocol-schedule.ts';
import { sessionDue } from '../../electron/service/projection/session-due.ts';
import { sessionMarks } from '../../electron/service/projection/session-marks.ts';
import type { SessionContext } from '../../electron/service/projection/session-context.ts';
import { completeness } from '../../electron/service/session/questions/completeness.ts';
import { dueTimes } from '../../electron/service/session/questions/due-times.ts';
import { nextRows } from '../../renderer/screens/session/next/next-rows.ts';
import { reach } from '../support/reach-milestone.ts';
import { commandTable } from './command-table.ts';
import { dosing, offsetMin, PlayedSession, startMs } from './played-session.ts';

const ms = (minutes: number): number => startMs + Math.round(minutes * 60_000);
const due = (session: PlayedSession) =>
  sessionDue(session.open, { protocol: session.protocol, cuffs: [], nowMs: session.nowMs } as unknown as SessionContext);
const doubtsOf = (session: PlayedSession, input: Parameters<PlayedSession['try']>[0]): string[] =>
  (session.try(input).refusal?.doubts ?? []).map(({ key }) => key);
const endSlot = (session: PlayedSession) =>
  dueTimes(session.open, session.protocol, [], session.nowMs).find(({ rowId }) => rowId === 'cadss-23-end');
const detailOf = (session: PlayedSession, label: string): string | null | undefined =>
  sessionMarks(session.open, () => 'Nurse').find((mark) => mark.label === label)?.detail;

/** At the start of a dose by this route, with everything recorded that comes before it. */
function ready(route: 'im' | 'intranasal'): PlayedSession {
  const session = new PlayedSession();
  session.protocol = builtInProtocols.find((one) => one.route === route) ?? session.protocol;
  session
    .openSession()
    .at(-10)
    .do({ type: 'record-weight', value: 68, unit: 'kg', again: { value: 68, unit: 'kg' } });
  if (route === 'im') session.do({ type: 'order-injection', mgPerKg: 1, mgPerMl: 50, secondMgPerKg: 0.5, standingOrder: true });
  else session.do({ type: 'order-devices', mg: 84, standingOrder: true });
  session.do({ type: 'enter-vitals', values: { 'nibp-sys': 122, 'nibp-dia': 78 } });
  for (const { milestone, beforeDose } of session.protocol.milestones) {
    if (beforeDose && !session.open.milestones.some((entry) => entry.milestone === milestone)) session.do(reach(milestone));
  }
  return session.at(0);
}

describe('an empty bag', () => {
  test('COURSE-1 is the first thing in Next, and no forecast stands beside it', () => {
    const session = dosing();
    expect(due(session.at(39.9)).some(({ kind }) => kind === 'bag')).toBe(false);
    const items = due(session.at(65));
    expect(items[0]).toMatchObject({ kind: 'bag', label: 'Infusion complete?', state: 'due', dueMs: ms(40) });
    expect(items.some(({ kind }) => kind === 'predicted')).toBe(false);
    const [first] = nextRows({ due: items, ratings: [] }, { nowMs: session.nowMs, minute: (at) => `+${(at - startMs) / 60_000}` });
    expect(first).toMatchObject({ name: 'Infusion complete?', detail: 'bag empty by calculation since +40', tone: 'due' });
  });

  test('COURSE-1 is empty since before the pause, or not at all', () => {
    const session = dosing().at(10);
    session.do({ type: 'pause-dose', reason: 'patient-anxious' });
    expect(due(session.at(90)).some(({ kind }) => kind === 'bag')).toBe(false);
    const late = dosing().at(45);
    late.do({ type: 'pause-dose', reason: 'patient-anxious' });
    expect(late.open.dose.status).toBe('paused');
    expect(due(late.at(50))[0]).toMatchObject({ kind: 'bag', dueMs: ms(40) });
  });

  test('COURSE-14 of two bags each flows until it is empty', () => {
    const session = dosing().at(45);
    session.insist({ type: 'change-bag', mg: 20, ml: 20, rateMlPerHour: 60 });
    expect(emptyFromMs(session.open.dose.timeline)).toEqual([ms(40), ms(65)]);
    session.at(50).do({ type: 'pause-dose', reason: 'other', detail: 'test' });
    expect(emptyFromMs(session.open.dose.timeline)).toEqual([ms(40), null, null]);
  });
});

describe('the end of a dose', () => {
  test('COURSE-2 "complete" with drug in the bag says how much', () => {
    const session = dosing().at(29.94);
    const { refusal } = session.try({ type: 'complete-dose' });
    expect(refusal?.doubts?.map(({ key }) => key)).toEqual(['remainder-left']);
    expect(refusal?.message).toContain('10.06 of 40 mg (10.06 mL) are still in the bag');
    // 40 mg: 2 % are 0.8 mg, so half a milligram decides, which is half a minute.
    expect(doubtsOf(dosing().at(39.4), { type: 'complete-dose' })).toEqual(['remainder-left']);
    expect(doubtsOf(dosing().at(39.5), { type: 'complete-dose' })).toEqual([]);
    const { body } = session.do({ type: 'complete-dose' }, [{ key: 'remainder-left', reason: 'the pump says 40 mL' }]);
    expect(body.answered?.[0]).toMatchObject({ key: 'remainder-left', reason: 'the pump says 40 mL' });
  });

  test('COURSE-3 a volume read beside the computed one asks where they are apart', () => {
    const stop = (volumeLeftMl: number) => ({ type: 'stop-dose-early', reason: 'patient-asked', volumeLeftMl }) as const;
    // At ten minutes 30 mL of 40 are left.
    expect(doubtsOf(dosing().at(10), stop(31))).toEqual([]);
    expect(doubtsOf(dosing().at(10), stop(31.1))).toEqual(['volume-read-differs']);
    expect(doubtsOf(dosing().at(10), stop(28.9))).toEqual(['volume-read-differs']);
    expect(doubtsOf(dosing().at(40), { type: 'complete-dose', volumeLeftMl: 1.5 })).toEqual(['volume-read-differs']);
    expect(doubtsOf(dosing().at(10), { type: 'change-bag', mg: 40, ml: 40, rateMlPerHour: 60, volumeLeftMl: 25 })).toEqual([
      'volume-read-differs',
    ]);
  });

  test('COURSE-3 of a small bag five per cent ask before one millilitre does', () => {
    const session = dosing().at(20);
    session.insist({ type: 'change-bag', mg: 10, ml: 10, rateMlPerHour: 15 });
    expect(doubtsOf(session.at(30), { type: 'stop-dose-early', reason: 'patient-asked', volumeLeftMl: 8.1 })).toEqual([
      'volume-read-differs',
    ]);
    expect(doubtsOf(session, { type: 'stop-dose-early', reason: 'patient-asked', volumeLeftMl: 8 })).toEqual([]);
  });

  test('COURSE-3 a change of bags that is entered late is held against the bag that ran then', () => {
    const session = dosing().at(20);
    session.insist({ type: 'change-bag', mg: 10, ml: 10, rateMlPerHour: 15 });
    const at = { utcMs: ms(10), reason: 'hands were busy' };
    const late = (volumeLeftMl: number) => ({ type: 'change-bag', mg: 10, ml: 10, rateMlPerHour: 60, volumeLeftMl, at }) as const;
    expect(doubtsOf(session.at(21), late(28.9))).toContain('volume-read-differs');
    expect(session.insist(late(30.5)).body).toMatchObject({ volumeLeftUl: 30_500 });
  });

  test('COURSE-4 reason, given, left and read stand in the record, and follow a corrected start', () => {
    const session = dosing().at(10);
    session.insist({ type: 'stop-dose-early', reason: 'adverse-event', detail: 'vomiting', volumeLeftMl: 34.6 });
    expect(detailOf(session, 'Stopped early')).toBe(
      'adverse event · vomiting · 10 mg given · 30 mL (30 mg) left by calculation · 34.6 mL read at the pump',
    );
    const start = session.log.find(({ kind }) => kind === 'dose-started');
    session.do({ type: 'correct-time', eventId: start?.eventId ?? '', utcMs: ms(4), reason: 'the pump started later' });
    expect(detailOf(session, 'Stopped early')).toContain('6 mg given · 34 mL (34 mg) left by calculation');
  });

  test('COURSE-4 what a new bag took the place of follows a corrected start, too', () => {
    const session = dosing().at(12);
    session.insist({ type: 'change-bag', mg: 20, ml: 20, rateMlPerHour: 60 });
    expect(detailOf(session, 'New bag 20 mg in 20 mL')).toContain('28 mL (28 mg) left in the old bag');
    const start = session.log.find(({ kind }) => kind === 'dose-started');
    session.do({ type: 'correct-time', eventId: start?.eventId ?? '', utcMs: ms(-4), reason: 'the pump started before' });
    expect(detailOf(session, 'New bag 20 mg in 20 mL')).toContain('24 mL (24 mg) left in the old bag');
  });

  test('COURSE-5 what is left counts every bag, and is waste after "complete", too', () => {
    const session = dosing().at(12);
    session.insist({ type: 'change-bag', mg: 20, ml: 20, rateMlPerHour: 60 });
    session.at(32).do({ type: 'complete-dose' });
    expect(wasted(session.open.dose.timeline)).toEqual({ ug: 28_000, ul: 28_000 });
    const items = completeness(session.open, session.protocol, session.vitals, offsetMin);
    expect(items.find(({ kind }) => kind === 'waste')?.detail).toBe('the dose ended with drug left, and no waste recorded');
    const whole = dosing().at(40);
    whole.do({ type: 'complete-dose' });
    expect(completeness(whole.open, whole.protocol, whole.vitals, offsetMin).some(({ kind }) => kind === 'waste')).toBe(false);
  });
});

describe('no more of it', () => {
  test('COURSE-6 a second injection that was ordered can be left out, with its reason, and the dose ended with the first', () => {
    const session = ready('im');
    session.do({ type: 'give-injection', site: 'deltoid', side: 'left', lot: 'L1' });
    const endedMs = session.open.dose.endedMs;
    session.at(20).do({ type: 'stop-dose-early', reason: 'patient-asked' });
    expect(session.open.dose).toMatchObject({ status: 'stopped', endedMs });
    expect(detailOf(session, 'No second injection')).toMatch(/^patient asked · \d+ mg given$/);
    expect(session.at(25).try({ type: 'give-injection', site: 'deltoid', side: 'left', lot: 'L1' }).refusal?.code).toBe('DOSE_FINISHED');
  });

  test('COURSE-6 "no further device" has no volume and no waste of a bag', () => {
    const session = ready('intranasal');
    session.do({ type: 'give-device', lot: 'L1' });
    session.at(6).do({ type: 'stop-dose-early', reason: 'patient-asked' });
    expect(detailOf(session, 'No further device')).toBe('patient asked · 28 mg given');
    expect(completeness(session.open, session.protocol, session.vitals, offsetMin).some(({ kind }) => kind === 'waste')).toBe(false);
  });
});

describe('wanting to stop', () => {
  test('COURSE-7 is recorded before, during and after the dose', () => {
    const before = new PlayedSession().openSession().at(-30);
    expect(before.do({ type: 'request-stop' }).kind).toBe('stop-requested');
    expect(due(before.at(-29)).find(({ kind }) => kind === 'stop-request')?.detail).toBe('no dose has been given');
    const after = dosing().at(40);
    after.do({ type: 'complete-dose' });
    after.at(45).do({ type: 'request-stop' });
    expect(due(after.at(46)).find(({ kind }) => kind === 'stop-request')?.detail).toBe('all of the dose is in');
    expect(due(after.at(56)).some(({ kind }) => kind === 'stop-request')).toBe(false);
    expect(commandTable['request-stop'].open).toBe('stop-requested');
  });
});

describe('the schedule', () => {
  test('COURSE-8 what hangs on the end moves with a pause, a rate and an early stop', () => {
    const session = dosing().at(10);
    expect(endSlot(session)?.dueMs).toBe(ms(40));
    session.do({ type: 'pause-dose', reason: 'patient-anxious' });
    // While the pump stands the end moves on with it: 30 minutes of drug are left.
    expect(endSlot(session.at(15))?.dueMs).toBe(ms(45));
    session.do({ type: 'resume-dose' });
    expect(endSlot(session.at(20))?.dueMs).toBe(ms(45));
    session.insist({ type: 'change-rate', rateMlPerHour: 30 });
    expect(endSlot(session)?.dueMs).toBe(ms(70));
    session.at(25).do({ type: 'stop-dose-early', reason: 'patient-asked' });
    expect(endSlot(session)?.dueMs).toBe(ms(25));
  });

  test('COURSE-8 a dry run of sixty minutes has it at sixty', () => {
    const protocol = findProtocol('iv-ketamine-0.5-40');
    if (protocol?.route !== 'iv') throw new Error('there is no infusion');
    const run = dryRun({ ...protocol, dose: { ...protocol.dose, minutes: 60 } }, 80_000, { utcMs: startMs, offsetMin });
    expect(run.slots.find(({ key }) => key === 'cadss-23-end:1')?.minute).toBe(60);
  });

  const nothing: DueFacts = {
    openedMs: null,
    doseStartMs: ms(0),
    dosesMs: [],
    monitoringStartMs: ms(0),
    doseEndMs: null,
    expectedEndMs: null,
    predictedEndMs: null,
    pauses: [],
    cuffMs: [],
    ratings: [],
    milestones: [],
    missed: [],
    leftMs: null,
  };

  test('COURSE-9 a second injection begins anew, and what was asked before it stands', () => {
    const schedule = findProtocol('im-ketamine-1.0')?.schedule ?? [];
    const minutes = (dosesMs: readonly number[], row: string) =>
      dueItems(schedule, { ...nothing, dosesMs }, ms(90))
        .filter(({ rowId }) => rowId === row)
        .map(({ dueMs }) => (dueMs - startMs) / 60_000);
    expect(minutes([ms(0)], 'cadss-6-during')).toEqual([20, 30]);
    expect(minutes([ms(0), ms(25)], 'cadss-6-during')).toEqual([20, 45, 55]);
    expect(minutes([ms(0), ms(12)], 'nibp-during')).toEqual([5, 10, 17, 22, 27, 32, 42, 57, 72]);
    expect(minutes([ms(0), ms(12)], 'aldrete')).toEqual([132]);
  });

  test('COURSE-10 a pause that a new bag ended is over for the schedule', () => {
    const session = dosing().at(10);
    session.do({ type: 'pause-dose', reason: 'line-problem' });
    session.at(14).insist({ type: 'change-bag', mg: 40, ml: 40, rateMlPerHour: 60 });
    const half: ScheduleRow = {
      id: 'half',
      kind: 'rating',
      instrument: 'suds',
      label: 'Half',
      detail: 'half of the dose',
      anchor: 'dose-start',
      times: { atMin: [20] },
      earlyMin: 1,
      lateMin: 1,
      shiftsWithPause: true,
    };
    const protocol = { ...session.protocol, schedule: [half] };
    expect(dueTimes(session.open, protocol, [], ms(60)).map(({ dueMs }) => dueMs)).toEqual([ms(24)]);
  });

  test('COURSE-11 the exact limits', () => {
    const row: ScheduleRow = {
      id: 'cuff',
      kind: 'nibp',
      label: 'Blood pressure',
      detail: 'cuff',
      anchor: 'dose-start',
      times: { atMin: [10, 20] },
      earlyMin: 2,
      lateMin: 3,
    };
    const ends = (cuffMs: number, nowMs = ms(60)) =>
      dueItems([row], { ...nothing, cuffMs: [cuffMs], leftMs: ms(50) }, nowMs).map(({ outcome }) => outcome);
    const timings = (cuffMs: number) => ends(cuffMs).map((outcome) => (outcome.kind === 'done' ? outcome.timing : outcome.kind));
    expect(timings(ms(13))).toEqual(['on-time', 'missed']);
    expect(timings(ms(13) + 1)).toEqual(['late', 'missed']);
    expect(timings(ms(8))).toEqual(['on-time', 'missed']);
    // The middle between start and the first is +5, of the two +15: up to 18 an act still closes the first.
    expect(timings(ms(5))).toEqual(['missed', 'missed']);
    expect(timings(ms(5) + 1)).toEqual(['early', 'missed']);
    expect(timings(ms(18) - 1)).toEqual(['late', 'missed']);
    expect(timings(ms(18))).toEqual(['missed', 'on-time']);
    const state = (nowMs: number) => dueItems([row], nothing, nowMs)[0]?.state;
    expect([ms(10) - 1, ms(10), ms(13), ms(13) + 1].map(state)).toEqual(['waiting', 'due', 'due', 'past-due']);
  });
});
