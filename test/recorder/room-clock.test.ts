import { afterEach, describe, expect, it } from 'vitest';
import { createSteadyClock } from '../../electron/service/platform/steady-clock.ts';
import { recordDocument } from '../../electron/service/export/record-document.ts';
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
    const document = recordDocument(test.room.recordMaterial(session?.sessionId ?? ''));
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
    clock.hold(0);
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

describe('between sessions', () => {
  it('CLOCK-5 the computer’s clock is followed, and the next session begins without its past', async () => {
    test = openTestRoom();
    test.clock.stepWall(hourMs);
    expect(test.room.clock.now()).toEqual(test.clock.now());
    test.openSession();
    await test.pass(3000);
    expect(test.room.recorder.session?.clockSteps).toEqual([]);
    const ofRoom = test.room.recorder.storage.store.events.readRoom().filter(({ kind }) => kind === 'clock-stepped');
    expect(ofRoom.map(({ body }) => body)).toEqual([{ byMs: hourMs }]);
    test.clock.stepWall(-hourMs);
    await test.pass(2000);
    const endMs = test.room.clock.now().utcMs;
    test.execute({ type: 'end-session', reason: 'the patient left' });
    expect(test.room.clock.now()).toEqual(test.clock.now());
    // What happened before the end can be entered, though the computer says that it is still to come.
    const sessionId = test.room.recorder.sessions.order[0]?.sessionId ?? '';
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

it('CLOCK-6 the room runs at the pace that the clock beneath has now, as a demo does that played into the present', () => {
  const base = { ...createManualClock(), rate: 3000 };
  const room = createSteadyClock(base);
  expect(room.rate).toBe(3000);
  base.rate = 1;
  expect(room.rate).toBe(1);
});
