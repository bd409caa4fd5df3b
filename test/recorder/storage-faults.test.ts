import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { builtInProtocols } from '../../shared/clinical/protocol-directory.ts';
import { RefusedError } from '../../shared/contract/contract-errors.ts';
import { createSteadyClock } from '../../electron/service/platform/steady-clock.ts';
import type { ArrivedReading } from '../../electron/service/recorder/reading-seconds.ts';
import { Recorder, type RecorderListener } from '../../electron/service/recorder/recorder.ts';
import { OutcomeUnknownError, Storage } from '../../electron/service/recorder/storage.ts';
import { decideAddPatient, decideSetUp } from '../../electron/service/session/room/decide-room.ts';
import { openStore, type Store } from '../../electron/service/store/store.ts';
import { StoreError } from '../../electron/service/store/store-error.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createSeededIds } from '../support/seeded-ids.ts';
import { createSilentLog } from '../support/silent-log.ts';

const key = new Uint8Array(32).map((_, index) => index + 1);
const monitorId = '0190b5a0-0000-7000-8000-00000000abcd';

/** What the disk does next: `refuse` writes nothing; `lose-answer` writes, and fails all the same (a sync that failed). */
type Disk = 'works' | 'refuse' | 'lose-answer';

function createFixture() {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-faults-'));
  const clock = createManualClock();
  const ids = createSeededIds();
  const log = createSilentLog();
  const disk: { does: Disk; breaksListener: boolean } = { does: 'works', breaksListener: false };
  const failing = <A extends unknown[], R>(write: (...args: A) => R) =>
    function (...args: A): R {
      if (disk.does === 'works') return write(...args);
      if (disk.does === 'refuse') throw new StoreError('STORE_FULL', 'The disk is full.', folder);
      write(...args);
      throw new StoreError('STORE_FAILED', 'The disk failed.', folder, undefined, true);
    };
  const open = (): Store => {
    if (disk.does === 'refuse') throw new StoreError('STORE_FULL', 'The disk is full.', folder);
    const store = openStore({ folder: join(folder, 'room'), key, ids });
    const { events, readings } = store;
    events.appendAll = failing(events.appendAll.bind(events));
    readings.appendSecond = failing(readings.appendSecond.bind(readings));
    return store;
  };
  const heard: string[] = [];
  const listener: RecorderListener = {
    events: (events) => {
      heard.push(...events.map((event) => event.kind));
      if (disk.breaksListener) throw new Error('the listener broke');
    },
    readings: () => undefined,
  };
  const steady = createSteadyClock(clock);
  const options = { clock: steady, ids, log, version: 'test', listener, monitorLive: () => true };
  const start = (): Recorder => {
    const made = new Recorder(new Storage(steady, open(), open, () => undefined), options);
    made.start();
    return made;
  };
  let recorder = start();
  const personId = ids.uuid();
  const people = [{ personId, name: 'Nurse', role: 'nurse', pinHash: 'x' }] as const;
  recorder.recordRoom(decideSetUp(recorder.room, { roomName: 'Room 2', demo: false, people, monitors: [] }), personId);

  return {
    clock,
    ids,
    log,
    disk,
    heard,
    personId,
    get recorder() {
      return recorder;
    },
    openSession(name = 'Demo Patient'): string {
      const patientId = ids.uuid();
      recorder.recordRoom(decideAddPatient(recorder.room, { patientId, name, birthDate: '1984-03-14', recordNumber: patientId }), personId);
      const protocolId = builtInProtocols[0]?.id ?? '';
      return recorder.openSession({ commandId: ids.uuid(), personId }, { patientId, protocolId, course: null });
    },
    note(sessionId: string, text: string, commandId = ids.uuid(), begunAt = clock.now().utcMs) {
      return recorder.execute({ commandId, personId }, sessionId, { type: 'record-observation', text, chips: [], begunAt });
    },
    end: (sessionId: string) =>
      recorder.execute({ commandId: ids.uuid(), personId }, sessionId, { type: 'end-session', reason: 'the patient left' }),
    take(value: number): void {
      const received = clock.now();
      const reading = { metric: 'spo2', value, unit: '%', quality: 'good' } as const;
      const arrived: ArrivedReading = { monitorId, reading, received, monoMs: clock.monoMs() };
      recorder.takeReadings([arrived]);
    },
    rows: (sessionId: string) => [...recorder.storage.store.readings.readSession(sessionId)],
    restart(): void {
      recorder.close();
      recorder = start();
    },
    close(): void {
      disk.does = 'works';
      recorder.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let test: ReturnType<typeof createFixture>;
afterEach(() => test.close());

describe('the recorder on a disk that fails', () => {
  it('REC-10 goes on once a second whatever fails: a full disk at a clock step, a listener that breaks, a reading that cannot be written', () => {
    test = createFixture();
    const sessionId = test.openSession();
    test.disk.does = 'refuse';
    test.clock.stepWall(60_000);
    test.clock.advance(3000);
    expect(test.recorder.storage.state.state).toBe('stopped');
    test.disk.does = 'works';
    test.disk.breaksListener = true;
    test.clock.advance(2000);
    expect(test.recorder.storage.state.state).toBe('recording');
    test.disk.breaksListener = false;
    test.take(Number.NaN);
    test.clock.advance(1000);
    test.take(97);
    test.clock.advance(2000);
    expect(test.rows(sessionId).flatMap((row) => row.readings.map((reading) => 'value' in reading && reading.value))).toEqual([97]);
    // The step that fell into the stop is said afterwards.
    expect(test.recorder.session?.clockSteps).toMatchObject([{ byMs: 60_000, aheadMs: 60_000 }]);
  });

  it('REC-11 answers for what is on disk though a listener breaks', () => {
    test = createFixture();
    const sessionId = test.openSession();
    test.disk.breaksListener = true;
    const { eventIds } = test.note(sessionId, 'on disk');
    expect(test.recorder.session?.observations.map((entry) => entry.eventId)).toEqual(eventIds);
  });

  it('REC-12 knows after a failure what the disk kept: an unanswered event is shown, an unanswered second is not written twice', () => {
    test = createFixture();
    const sessionId = test.openSession();
    test.disk.does = 'lose-answer';
    const commandId = test.ids.uuid();
    const begunAt = test.clock.now().utcMs;
    expect(() => test.note(sessionId, 'kept, unanswered', commandId, begunAt)).toThrow(OutcomeUnknownError);
    test.disk.does = 'works';
    test.clock.advance(2000);
    expect(test.recorder.session?.observations.map((entry) => entry.text)).toEqual(['kept, unanswered']);
    expect(test.heard.filter((kind) => kind === 'observation-recorded')).toHaveLength(1);
    test.note(sessionId, 'kept, unanswered', commandId, begunAt);
    expect(test.recorder.session?.observations).toHaveLength(1);

    test.take(97);
    test.disk.does = 'lose-answer';
    test.clock.advance(1100);
    expect(test.recorder.storage.state.state).toBe('stopped');
    test.take(96);
    test.disk.does = 'works';
    test.clock.advance(3000);
    const values = test.rows(sessionId).flatMap((row) => row.readings.map((reading) => 'value' in reading && reading.value));
    expect(values).toEqual([97, 96]);
  });

  it('REC-23 a write that failed in its last step is told as neither recorded nor not, also when it is asked for again', () => {
    test = createFixture();
    const sessionId = test.openSession();
    test.disk.does = 'lose-answer';
    const commandId = test.ids.uuid();
    const begunAt = test.clock.now().utcMs;
    const again = () => test.note(sessionId, 'may be there', commandId, begunAt);
    expect(again).toThrow(OutcomeUnknownError);
    test.disk.does = 'refuse';
    test.clock.advance(2000);
    expect(test.recorder.storage.state.state).toBe('stopped');
    expect(again).toThrow('may or may not be recorded');
    const other = () => test.note(sessionId, 'another');
    expect(other).toThrow(RefusedError);
    expect(other).toThrow('Not recorded.');
    test.disk.does = 'works';
    test.clock.advance(2000);
    expect(again().eventIds).toHaveLength(1);
    expect(test.recorder.session?.observations.map(({ text }) => text)).toEqual(['may be there']);
  });

  it('REC-13 says afterwards which monitors were lost and found while the disk was full', () => {
    test = createFixture();
    test.openSession();
    const sinceMs = test.clock.now().utcMs;
    const about = { monitorId, monitorName: 'Oximeter' };
    test.recorder.recordLink({ kind: 'monitor-lost', body: { ...about, sinceMs, cause: 'cable-out' } });
    test.clock.advance(2000);
    test.disk.does = 'refuse';
    test.recorder.recordLink({ kind: 'monitor-live', body: { ...about, afterMs: 2000 } });
    const liveMs = test.clock.now().utcMs;
    test.clock.advance(4000);
    test.recorder.recordLink({ kind: 'monitor-lost', body: { ...about, sinceMs: liveMs + 4000, cause: 'silent' } });
    test.clock.advance(4000);
    test.disk.does = 'works';
    test.clock.advance(2000);
    const gaps = test.recorder.session?.gaps.filter((gap) => gap.monitor !== null);
    expect(gaps).toMatchObject([
      { fromMs: sinceMs, toMs: liveMs, cause: 'cable-out' },
      { fromMs: liveMs + 4000, toMs: null, cause: 'silent' },
    ]);
  });
});

describe('the recorder and its sessions', () => {
  it('REC-14 has an earlier session open again when its end is undone, also after a restart', () => {
    test = createFixture();
    const first = test.openSession('First');
    const end = test.end(first);
    test.end(test.openSession('Second'));
    const undo = { type: 'undo', eventId: end.eventIds[0] ?? '' } as const;
    test.recorder.execute({ commandId: test.ids.uuid(), personId: test.personId }, first, undo);
    expect(test.recorder.session?.sessionId).toBe(first);
    test.restart();
    expect(test.recorder.session?.sessionId).toBe(first);
    expect(() => test.openSession('Third')).toThrow('SESSION_ALREADY_OPEN');
  });

  it('REC-15 keeps the readings up to the end of the session, and those of the second in which the clock was set back', () => {
    test = createFixture();
    const sessionId = test.openSession();
    test.clock.advance(5200);
    test.take(97);
    test.clock.stepWall(-3_600_000);
    test.clock.advance(2000);
    expect(test.rows(sessionId)).toHaveLength(1);
    test.clock.advance(1000);
    test.take(96);
    test.end(sessionId);
    expect(test.rows(sessionId)).toHaveLength(2);
  });

  it('REC-2 does not take the answer of another session for its own', () => {
    test = createFixture();
    const first = test.openSession('First');
    const commandId = test.ids.uuid();
    test.note(first, 'of the first', commandId);
    test.end(first);
    const second = test.openSession('Second');
    expect(() => test.note(second, 'of the second', commandId)).toThrow('COMMAND_ID_USED');
    expect(test.recorder.session?.observations).toEqual([]);
    test.note(second, 'of the second');
    expect(test.recorder.session?.observations.map((entry) => entry.text)).toEqual(['of the second']);
  });
});
