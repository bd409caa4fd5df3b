import { afterEach, describe, expect, it } from 'vitest';
import { createSteadyClock } from '../../electron/service/platform/steady-clock.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { deliveredUg } from '../../shared/clinical/dosing.ts';
import { RefusedError } from '../../shared/contract/contract-errors.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { openTestRoom, plugMonitorsIn, startDose, type TestRoom } from '../support/test-room.ts';

const hourMs = 3_600_000;
let test: TestRoom;
afterEach(() => test.close());

function given(): number {
  const { recorder, clock } = test.room;
  const timeline = recorder.session?.dose.timeline;
  return timeline === undefined ? Number.NaN : deliveredUg(timeline, clock.now().utcMs);
}

async function infusing(): Promise<void> {
  test = openTestRoom();
  plugMonitorsIn(test);
  test.openSession();
  await test.pass(3000);
  startDose(test);
  await test.pass(18_000);
}

describe('a clock that is set while a session runs', () => {
  it.each([hourMs, -hourMs])('CLOCK-1 moves neither dose nor due times, and loses no monitor: %i ms', async (byMs) => {
    await infusing();
    // 40 mg in 40 minutes: 18 s are 300 µg.
    expect(given()).toBe(300);
    const dueBefore = test.room.records.record(test.room.recorder.session?.sessionId ?? '').session.due;
    test.clock.stepWall(byMs);
    await test.pass(12_000);
    expect(given()).toBe(500);
    const { session } = test.room.recorder;
    const { due } = test.room.records.record(session?.sessionId ?? '').session;
    expect(due.map(({ key, dueMs }) => [key, dueMs])).toEqual(dueBefore.map(({ key, dueMs }) => [key, dueMs]));
    expect(due.every(({ state }) => state !== 'past-due')).toBe(true);
    expect(session?.gaps).toEqual([]);
    expect(test.room.acquisition.statuses().map(({ state }) => state)).toEqual(['live', 'live']);
  });

  it('CLOCK-2 is an event of the session, with both times, and stays', async () => {
    await infusing();
    const setMs = test.room.clock.now().utcMs;
    test.clock.stepWall(hourMs);
    await test.pass(2000);
    const { session } = test.room.recorder;
    expect(session?.clockSteps).toMatchObject([{ byMs: hourMs, aheadMs: hourMs }]);
    expect(Math.abs((session?.clockSteps[0]?.atMs ?? 0) - setMs)).toBeLessThan(1500);
    const section = test.room.records.record(session?.sessionId ?? '').session;
    expect(section.clockSteps).toEqual(session?.clockSteps);
    expect(section.marks.at(-1)).toMatchObject({
      kind: 'clock',
      label: 'Computer’s clock set 1 h 00 min ahead',
      detail: 'it was 10:00 and the computer said 11:00; this session went on by its own time',
    });
    const document = recordDocument(test.room.sessionSource(session?.sessionId ?? ''));
    expect(document.milestones.map(({ label }) => label)).toContain('Computer’s clock set 1 h 00 min ahead');
    const eventId = section.marks.at(-1)?.eventId ?? '';
    expect(() => test.execute({ type: 'undo', eventId, reason: 'not wanted' })).toThrow(RefusedError);
    expect(() => test.execute({ type: 'correct-time', eventId, utcMs: setMs, reason: 'not wanted' })).toThrow(RefusedError);
    test.clock.stepWall(-hourMs);
    await test.pass(2000);
    expect(test.room.recorder.session?.clockSteps.at(-1)).toMatchObject({ byMs: -hourMs, aheadMs: 0 });
  });

  it('CLOCK-2 says a step of five seconds, none of four', async () => {
    await infusing();
    test.clock.stepWall(4000);
    await test.pass(2000);
    expect(test.room.recorder.session?.clockSteps).toEqual([]);
    test.clock.stepWall(-9000);
    await test.pass(2000);
    expect(test.room.recorder.session?.clockSteps).toMatchObject([{ byMs: -5000, aheadMs: -5000 }]);
    expect(given()).toBe(366.6666666666667);
  });

  it('CLOCK-3 has slept on where the computer did', async () => {
    await infusing();
    test.clock.sleep(10 * 60_000);
    await test.pass(2000);
    expect(given()).toBeCloseTo(300 + 10_000 + 2000 / 60, 6);
    expect(test.room.recorder.session?.clockSteps).toEqual([]);
  });

  it('CLOCK-3 tells a sleep from a clock that was set during it', () => {
    test = openTestRoom();
    const base = createManualClock();
    const clock = createSteadyClock(base);
    const startMs = base.now().utcMs;
    clock.hold(-300, 0);
    base.sleep(600_000);
    base.stepWall(hourMs);
    expect(clock.now().utcMs).toBe(startMs + 600_000);
    expect(clock.unsaidStepMs()).toBe(hourMs);
  });
});

describe('a restart in a session', () => {
  it('CLOCK-4 goes on by the session’s time', async () => {
    await infusing();
    test.clock.stepWall(hourMs);
    await test.pass(2000);
    await test.restart();
    await test.pass(1000);
    expect(given()).toBe(350);
    expect(test.room.recorder.session?.gaps.filter(({ monitor }) => monitor === null)).toEqual([]);
    expect(test.room.recorder.session?.clockSteps).toHaveLength(1);
  });

  it('CLOCK-4 never goes back where the clock was set back meanwhile, says it, and asks for the pump', async () => {
    await infusing();
    const lastMs = test.room.clock.now().utcMs;
    await test.room.close();
    test.clock.stepWall(-hourMs);
    await test.restart();
    const { session } = test.room.recorder;
    expect(test.room.clock.now().utcMs).toBeGreaterThanOrEqual(lastMs - 1000);
    expect(Math.abs((session?.clockSteps[0]?.byMs ?? 0) + hourMs)).toBeLessThan(20_000);
    expect(session?.needsPumpConfirmation).toBe(true);
    await test.pass(60_000);
    expect(given()).toBeGreaterThanOrEqual(1000);
  });
});

/** Both nights in New York: clocks go back at 06:00 UTC on 1 November 2026, and ahead at 07:00 UTC on 8 March 2026. */
const clockChanges = [
  { night: 'back', changeMs: Date.UTC(2026, 10, 1, 6), fromMin: -240, toMin: -300, startAt: '01:50', givenAt: '02:10' },
  { night: 'ahead', changeMs: Date.UTC(2026, 2, 8, 7), fromMin: -300, toMin: -240, startAt: '01:50', givenAt: '02:10' },
] as const;

async function infusingOver(atMs: number, offsetMin: number, before: number): Promise<void> {
  // The session opens three seconds before its dose starts.
  test = openTestRoom({ startMs: atMs - before - 3000, offsetMin });
  plugMonitorsIn(test);
  test.openSession();
  await test.pass(3000);
  startDose(test);
}

describe('a session in the night', () => {
  it.each(clockChanges)(
    'CLOCK-7 keeps the zone in which it began when the clocks go $night',
    async ({ changeMs, fromMin, toMin, startAt, givenAt }) => {
      await infusingOver(changeMs, fromMin, 10 * 60_000);
      const sessionId = test.room.recorder.session?.sessionId ?? '';
      await test.pass(10 * 60_000);
      test.clock.setZone(toMin);
      await test.pass(10 * 60_000);
      // 40 mg in 40 minutes, twenty of them over.
      expect(given()).toBe(20_000);
      expect(test.room.clock.now()).toEqual({ utcMs: changeMs + 10 * 60_000, offsetMin: fromMin });
      expect(test.room.clock.computerOffsetMin).toBe(toMin);
      test.execute({ type: 'record-observation', text: 'after the change', chips: [], begunAt: test.room.clock.now().utcMs });
      await test.restart();
      expect(test.room.clock.now().offsetMin).toBe(fromMin);
      const { session } = test.room.recorder;
      expect([session?.clockSteps, session?.gaps.filter(({ monitor }) => monitor === null)]).toEqual([[], []]);
      const document = recordDocument(test.room.sessionSource(sessionId));
      const written = JSON.stringify(document);
      // One zone for the whole record, so that no time is written twice and none goes back.
      expect(written).toContain(`T${givenAt}`);
      expect(written).toContain(`T${startAt}`);
      expect(new Set(written.match(/T\d\d:\d\d:\d\d\.\d{3}([+-]\d\d:\d\d)/g)?.map((iso) => iso.slice(13))).size).toBe(1);
      test.execute({ type: 'stop-dose-early', reason: 'other', detail: 'test' });
      test.execute({ type: 'end-session', reason: 'the patient left' });
      expect(test.room.clock.now().offsetMin).toBe(toMin);
    },
  );

  it('CLOCK-8 goes over midnight as over any hour', async () => {
    await infusingOver(Date.UTC(2026, 10, 24, 5), -300, 10 * 60_000);
    const sessionId = test.room.recorder.session?.sessionId ?? '';
    const dueBefore = test.room.records.record(sessionId).session.due.map(({ key, dueMs }) => [key, dueMs]);
    await test.pass(20 * 60_000);
    expect(given()).toBe(20_000);
    const { due } = test.room.records.record(sessionId).session;
    for (const [key, dueMs] of dueBefore) expect(due.find((item) => item.key === key)?.dueMs ?? dueMs).toBe(dueMs);
    const document = recordDocument(test.room.sessionSource(sessionId));
    const starts = document.milestones.filter(({ label }) => label === 'Infusion started').map(({ at }) => [at.iso, at.minute]);
    expect(starts).toEqual([['2026-11-23T23:50:00.000-05:00', 0]]);
    test.execute({ type: 'record-observation', text: 'after midnight', chips: [], begunAt: test.room.clock.now().utcMs });
    const after = JSON.stringify(recordDocument(test.room.sessionSource(sessionId)));
    expect(after).toContain('2026-11-24T00:10:');
  });
});

describe('between sessions', () => {
  it('CLOCK-5 the computer’s clock is followed, and the next session begins without its past', async () => {
    test = openTestRoom();
    test.clock.stepWall(hourMs);
    expect(test.room.clock.now()).toEqual(test.clock.now());
    test.openSession();
    await test.pass(3000);
    expect(test.room.recorder.session?.clockSteps).toEqual([]);
    const events = [...test.room.recorder.storage.store.events.readAll()];
    const ofRoom = events.filter(({ kind, sessionId }) => kind === 'clock-stepped' && sessionId === null);
    expect(ofRoom.map(({ body }) => body)).toEqual([{ byMs: hourMs }]);
    test.clock.stepWall(-hourMs);
    await test.pass(2000);
    const endMs = test.room.clock.now().utcMs;
    test.execute({ type: 'end-session', reason: 'the patient left' });
    expect(test.room.clock.now()).toEqual(test.clock.now());
    // What happened before the end can be entered, though the computer says that it is still to come.
    const sessionId = test.room.recorder.sessions.newest(1)[0]?.sessionId ?? '';
    const at = { utcMs: endMs - 1000, reason: 'forgotten' };
    const act = { commandId: test.room.ids.uuid(), personId: test.nurseId };
    test.room.recorder.execute(act, sessionId, { type: 'reach-milestone', milestone: 'oral_intake', at });
    expect(test.room.recorder.sessions.find(sessionId)?.milestones.at(-1)?.atMs).toBe(endMs - 1000);
  });

  it('CLOCK-5 an end that is undone takes the session’s own time up again', async () => {
    await infusing();
    test.clock.stepWall(hourMs);
    await test.pass(2000);
    const sessionId = test.room.recorder.session?.sessionId ?? '';
    test.execute({ type: 'stop-dose-early', reason: 'other', detail: 'test' });
    const ended = test.execute({ type: 'end-session', reason: 'by mistake' });
    await test.pass(4000);
    const act = { commandId: test.room.ids.uuid(), personId: test.nurseId };
    test.room.recorder.execute(act, sessionId, { type: 'undo', eventId: ended.eventIds[0] ?? '', reason: 'not over' });
    expect(test.clock.now().utcMs - test.room.clock.now().utcMs).toBe(hourMs);
  });
});

describe('a clock that does not keep still', () => {
  const stepsOf = (sessionId: string | null) =>
    [...test.room.recorder.storage.store.events.readAll()].flatMap((event) =>
      event.kind === 'clock-stepped' && event.sessionId === sessionId ? [event.body] : [],
    );
  /** For so long it loses nine seconds after every third. */
  const runsBack = async (ms: number): Promise<void> => {
    for (let passedMs = 0; passedMs < ms; passedMs += 3000) {
      test.clock.stepWall(-9000);
      await test.pass(3000);
    }
  };

  it('CLOCK-10 is said in no more than five entries of ten minutes, which add up, and moves no dose', async () => {
    await infusing();
    const sessionId = test.room.recorder.session?.sessionId ?? '';
    await runsBack(20 * 60_000);
    expect(given()).toBe(20_300);
    const within = stepsOf(sessionId);
    expect(within.length).toBeGreaterThan(5);
    expect(within.length).toBeLessThanOrEqual(15);
    await test.pass(11 * 60_000);
    const said = stepsOf(sessionId);
    expect(said.reduce((sum, { byMs }) => sum + byMs, 0)).toBe(-400 * 9000);
    expect(said.at(-1)?.aheadMs).toBe(-400 * 9000);
    await test.restart();
    expect(given()).toBeGreaterThan(31_000);
    expect(test.room.recorder.session?.clockSteps.every(({ byMs }) => byMs < 0)).toBe(true);
  });

  it('CLOCK-10 what is summed up is said where a session begins and ends, so that it is of the one in which it was', async () => {
    test = openTestRoom();
    const sumOf = (sessionId: string | null): number => stepsOf(sessionId).reduce((sum, { byMs }) => sum + byMs, 0);
    await runsBack(60_000);
    const sessionId = test.openSession();
    expect(sumOf(null)).toBe(-20 * 9000);
    await test.pass(15 * 60_000);
    expect(stepsOf(sessionId)).toEqual([]);
    await runsBack(60_000);
    test.execute({ type: 'end-session', reason: 'the patient left' });
    expect(sumOf(sessionId)).toBe(-20 * 9000);
    await test.pass(15 * 60_000);
    expect(sumOf(null)).toBe(-20 * 9000);
  });

  it('CLOCK-10 between sessions as well', async () => {
    test = openTestRoom();
    await runsBack(20 * 60_000);
    expect(stepsOf(null).length).toBeLessThanOrEqual(15);
    expect(test.room.clock.now()).toEqual(test.clock.now());
  });
});

it('CLOCK-6 the room runs at the pace that the clock beneath has now, as a demo does that played into the present', () => {
  const base = { ...createManualClock(), rate: 3000 };
  const room = createSteadyClock(base);
  expect(room.rate).toBe(3000);
  base.rate = 1;
  expect(room.rate).toBe(1);
});
