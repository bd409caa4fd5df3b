import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { RefusedError } from '../../shared/contract/contract-errors.ts';
import { deliveredUg } from '../../shared/clinical/dosing.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { openTestRoom, plugMonitorsIn, startDose, type TestRoom } from '../support/test-room.ts';
import { nothingGiven } from '../fixtures/clinical/nothing-given.ts';

let test: TestRoom;
afterEach(() => test.close());

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof RefusedError) return error.refusal.code;
    throw error;
  }
  return 'accepted';
}

describe('the recorder', () => {
  it('REC-1 answers only what is on disk: after a restart every answered event is in the session', async () => {
    test = openTestRoom();
    test.openSession();
    startDose(test);
    const answered = Array.from({ length: 20 }, (_, index) => {
      test.clock.advance(1000);
      return test.execute({ type: 'record-observation', text: `note ${index}`, chips: [], begunAt: test.clock.now().utcMs });
    });
    const before = test.room.recorder.session;
    await test.restart();
    const after = test.room.recorder.session;
    const kept = new Set(after?.log.map((event) => event.eventId));
    expect(answered.flatMap((entry) => entry.eventIds).filter((eventId) => !kept.has(eventId))).toEqual([]);
    expect(after?.dose).toEqual(before?.dose);
    expect(after?.observations).toEqual(before?.observations);
  });

  it('REC-2 carries a repeated command out once and gives the same answer', () => {
    test = openTestRoom();
    const sessionId = test.openSession();
    const { recorder, ids } = test.room;
    const act = { commandId: ids.uuid(), personId: test.nurseId };
    const first = recorder.execute(act, sessionId, { type: 'reach-milestone', milestone: 'arrived' });
    const second = recorder.execute(act, sessionId, { type: 'reach-milestone', milestone: 'arrived' });
    expect(second).toEqual(first);
    expect(recorder.session?.milestones).toHaveLength(1);
  });

  it('STORE-44 the start that makes a missing kept head anew says so in the log, and no other start does', async () => {
    test = openTestRoom();
    await test.restart(() => rmSync(dataFolderAt(test.folder).headFile));
    await test.restart();
    const starts = [...test.room.recorder.storage.store.events.readAll({})].filter((event) => event.kind === 'service-started');
    expect(starts.map(({ body }) => body.keptHead)).toEqual([undefined, 'missing', undefined]);
  });

  it('REC-3 writes nothing for a refused command', () => {
    test = openTestRoom();
    test.openSession();
    const seq = test.room.recorder.storage.store.events.head.seq;
    expect(refusalOf(() => test.execute({ type: 'start-dose' }))).toBe('WEIGHT_MISSING');
    expect(refusalOf(() => test.execute({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } }))).toBe(
      'accepted',
    );
    expect(
      refusalOf(() => test.execute({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } }, test.therapistId)),
    ).toBe('STAFF_NOT_ALLOWED');
    expect(test.room.recorder.storage.store.events.head.seq).toBe(seq + 1);
  });

  it('REC-4 keeps one row a monitor and second, and loses at most the second that was not over', async () => {
    test = openTestRoom();
    test.openSession();
    plugMonitorsIn(test);
    await test.pass(31_000);
    const sessionId = test.room.recorder.session?.sessionId ?? '';
    const rows = [...test.room.recorder.storage.store.readings.readSession(sessionId)];
    const oximeterId = [...test.room.recorder.room.monitors.values()].find((monitor) => monitor.name === 'Oximeter')?.monitorId;
    const oximeter = rows.filter((row) => row.monitorId === oximeterId);
    const seconds = new Set(oximeter.map((row) => row.at.utcMs));
    expect(seconds.size).toBe(oximeter.length);
    const newestMs = Math.max(...seconds);
    expect(test.clock.now().utcMs - newestMs).toBeLessThanOrEqual(2000);
    expect(oximeter.length).toBeGreaterThan(24);
  });

  it('REC-5 reopens a running session after a restart with its clock right, and says what was missed', async () => {
    test = openTestRoom();
    test.openSession();
    startDose(test);
    await test.pass(10 * 60_000);
    const lastMs = test.clock.now().utcMs;
    test.room.recorder.close();
    await test.pass(90_000);
    await test.restart();
    const session = test.room.recorder.session;
    expect(session?.dose.status).toBe('running');
    expect(deliveredUg(session?.dose.timeline ?? nothingGiven, test.clock.now().utcMs)).toBe(11_500);
    expect(session?.needsPumpConfirmation).toBe(true);
    const gap = session?.gaps.at(-1);
    expect(gap?.cause).toBe('restart');
    expect(gap?.toMs).toBe(test.clock.now().utcMs);
    expect(Math.abs((gap?.fromMs ?? 0) - lastMs)).toBeLessThan(10 * 60_000 + 1000);
    test.execute({ type: 'confirm-pump', running: true });
    expect(test.room.recorder.session?.needsPumpConfirmation).toBe(false);
  });

  it('GAP-5 without a monitor a gap begins no earlier than what was last recorded of anything in the room', async () => {
    test = openTestRoom();
    test.openSession();
    startDose(test);
    await test.pass(8 * 60_000);
    test.room.recorder.recordRoom({ events: [{ kind: 'signed-in', body: { personId: test.nurseId } }] }, test.nurseId);
    const lastMs = test.clock.now().utcMs;
    test.room.recorder.close();
    await test.pass(15_000);
    await test.restart();
    const gap = test.room.recorder.session?.gaps.at(-1);
    expect(gap).toMatchObject({ cause: 'restart', fromMs: lastMs, toMs: test.clock.now().utcMs });
  });

  it('REC-6 says in the record that the wall clock was set', async () => {
    test = openTestRoom();
    await test.pass(2000);
    test.clock.stepWall(-3_600_000);
    await test.pass(2000);
    const events = [...test.room.recorder.storage.store.events.readAll()];
    const steps = events.filter((event) => event.kind === 'clock-stepped');
    expect(steps.map((event) => event.body)).toEqual([{ byMs: -3_600_000 }]);
  });

  it('REC-7 opens one session at a time and keeps no readings outside one', async () => {
    test = openTestRoom();
    plugMonitorsIn(test);
    await test.pass(10_000);
    expect(test.room.recorder.storage.store.readings.count()).toBe(0);
    test.openSession();
    expect(refusalOf(() => test.openSession())).toBe('SESSION_ALREADY_OPEN');
  });
});
