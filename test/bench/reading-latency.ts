import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createSteadyClock } from '../../electron/service/platform/steady-clock.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createSystemIds } from '../../electron/service/platform/system-ids.ts';
import { Recorder } from '../../electron/service/recorder/recorder.ts';
import { Storage } from '../../electron/service/recorder/storage.ts';
import { decideAddPatient, decideSetUp } from '../../electron/service/session/room/decide-room.ts';
import { openStore, type Store } from '../../electron/service/store/store.ts';
import { createSilentLog } from '../support/silent-log.ts';
import { benchFsync } from './store.ts';
import { quantile } from './statistics.ts';

export interface ReadingLatency {
  readonly frames: number;
  readonly p99Ms: number;
  readonly windowMs: number;
  readonly fsyncMs: number;
  /** p99 over the group window and one fsync. */
  readonly ratio: number;
}

const frames = 400;
const everyMs = 50;
const windowMs = 1000;

/**
 * From a complete frame to its row on disk: frames arrive all through the second, the recorder writes them once it
 * is over. Real clock, real encrypted store.
 */
export async function benchReadingLatency(): Promise<ReadingLatency> {
  const folder = mkdtempSync(join(tmpdir(), 'vigil-latency-'));
  const clock = createSteadyClock(createSystemClock());
  const ids = createSystemIds(clock);
  const key = ids.randomBytes(32);
  const open = (): Store => openStore({ folder: join(folder, 'room'), key, ids });
  const arrivals = new Map<number, number[]>();
  const latenciesMs: number[] = [];
  const recorder = new Recorder(new Storage(clock, open(), open, () => undefined), {
    clock,
    ids,
    log: createSilentLog(),
    version: 'bench',
    monitorLive: () => true,
    listener: {
      events: () => undefined,
      // Called when the transaction has returned.
      readings: (_sessionId, seconds) => {
        for (const { at } of seconds) latenciesMs.push(...(arrivals.get(at.utcMs) ?? []).map((arrivedMs) => performance.now() - arrivedMs));
      },
    },
  });
  const monitorId = openSession(recorder, ids);
  recorder.start();
  for (let frame = 0; frame < frames; frame += 1) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    const received = clock.now();
    const secondMs = Math.floor(received.utcMs / 1000) * 1000;
    arrivals.set(secondMs, [...(arrivals.get(secondMs) ?? []), performance.now()]);
    const reading = { metric: 'spo2', value: 97, unit: '%', quality: 'good' } as const;
    recorder.takeReadings([{ monitorId, reading, received, monoMs: clock.monoMs() }]);
  }
  await new Promise((resolve) => setTimeout(resolve, 2 * windowMs));
  recorder.close();
  const fsyncMs = benchFsync(folder).p99Ms;
  rmSync(folder, { recursive: true, force: true });
  const p99Ms = quantile(latenciesMs, 0.99);
  return { frames: latenciesMs.length, p99Ms, windowMs, fsyncMs, ratio: p99Ms / (windowMs + fsyncMs) };
}

function openSession(recorder: Recorder, ids: ReturnType<typeof createSystemIds>): string {
  const [personId, patientId] = [ids.uuid(), ids.uuid()];
  const person = { personId, name: 'Nurse', role: 'nurse', pinHash: 'none' } as const;
  const patient = { patientId, name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: 'DEMO-0042' };
  recorder.recordRoom(decideSetUp(recorder.room, { roomName: 'Bench', demo: false, people: [person], monitors: [] }), null);
  recorder.recordRoom(decideAddPatient(recorder.room, patient), personId);
  recorder.openSession({ commandId: ids.uuid(), personId }, { patientId, protocolId: 'iv-ketamine-0.5-40', course: null });
  return ids.uuid();
}
