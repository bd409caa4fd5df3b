import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveredUg } from '../../shared/clinical/dosing.ts';
import { DemoClock } from '../../electron/service/demo/demo-clock.ts';
import { DemoRoom } from '../../electron/service/demo/demo-room.ts';
import { verifyPin } from '../../electron/service/platform/pin-hash.ts';
import { demoPin } from '../../shared/boot/demo-pin.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { playIntoPresent } from './play-into-present.ts';
import { nothingGiven } from '../fixtures/clinical/nothing-given.ts';

const base = mkdtempSync(join(tmpdir(), 'vigil-demo-'));
const clock = createManualClock();
let demo: DemoRoom;

beforeAll(async () => {
  demo = new DemoRoom({ clock, folder: join(base, 'demo'), rate: 1, version: 'test' });
  await playIntoPresent(demo, clock);
});
afterAll(async () => {
  await demo.close();
  rmSync(base, { recursive: true, force: true });
});

describe('the demo', () => {
  it('DEMO-8 keeps who signed in while it was catching up', async () => {
    const real = createManualClock();
    const early = new DemoRoom({ clock: real, folder: join(base, 'early'), rate: 1, version: 'test' });
    await real.pass(1000);
    const [nurse] = early.room.recorder.staff.people.keys();
    const seat = early.room.seats.take(nurse ?? '');
    await playIntoPresent(early, real);
    await real.pass(3000);
    expect(early.room.seats.holder(seat)).toBe(nurse);
    await early.close();
  });

  it('DEMO-1 plays itself into the present and then keeps its pace', async () => {
    expect(demo.room.clock.rate).toBe(1);
    const behindMs = clock.now().utcMs - demo.room.clock.now().utcMs;
    expect(Math.abs(behindMs)).toBeLessThan(2000);
    await clock.pass(5000);
    expect(clock.now().utcMs - demo.room.clock.now().utcMs).toBeCloseTo(behindMs, -2);
  });

  it('DEMO-2 holds the golden session up to its hand-over: dose, pressures, ratings, no gap', () => {
    const { session } = demo.room.recorder;
    const startMs = session?.dose.startedMs ?? 0;
    const timeline = session?.dose.timeline ?? nothingGiven;
    for (const [minute, mg] of [
      [5, 5],
      [10, 10],
      [12, 10],
      [15, 10],
      [20, 15],
      [30, 23.25],
    ] as const) {
      expect(deliveredUg(timeline, startMs + minute * 60_000), `${minute} min`).toBe(mg * 1000);
    }
    const cuffs = demo.room.records.record(session?.sessionId ?? '').session.cuffReadings;
    const told = cuffs.map(({ atMs, sys, dia }) => [Math.round((atMs - startMs) / 60_000), sys, dia]);
    expect(told).toEqual([
      [-15, 124, 78],
      [0, 126, 80],
      [5, 134, 84],
      [10, 148, 92],
      [15, 146, 90],
      [20, 150, 92],
      [25, 156, 96],
      [30, 162, 98],
      [33, 158, 97],
      [35, 158, 96],
    ]);
    expect(session?.ratings.filter((rating) => rating.instrument === 'cadss-6').map((rating) => rating.score.total)).toEqual([10]);
    expect(session?.gaps).toEqual([]);
    expect(session?.problems).toEqual([]);
  });

  it('DEMO-3 says that it is a demo everywhere, and its monitors that they are simulated', () => {
    expect(demo.room.recorder.room.setUp).toMatchObject({ demo: true });
    expect(demo.room.acquisition.statuses().map((status) => [status.simulated, status.state])).toEqual([
      [true, 'live'],
      [true, 'live'],
    ]);
  });

  it('DEMO-4 lives in a folder of its own, a new one each time', () => {
    expect(readdirSync(join(base, 'demo'))).toEqual([expect.stringMatching(/^demo-\d+$/)]);
  });

  it('DEMO-5 opens with the PIN that its sign-in says', async () => {
    const [person] = demo.room.recorder.staff.people.values();
    expect(await verifyPin(demoPin, person?.pinHash ?? '')).toBe(true);
  });

  it('DEMO-6 runs every task at exactly its own time, however fast it runs', async () => {
    const real = createManualClock();
    const fast = new DemoClock(real, 0, 600);
    const heard: number[] = [];
    fast.every(700, () => heard.push(fast.monoMs()));
    fast.after(1000, () => heard.push(fast.monoMs()));
    await real.pass(20);
    fast.close();
    expect(heard.slice(0, 4)).toEqual([700, 1000, 1400, 2100]);
    expect(heard.length).toBeGreaterThan(10);
  });

  it('DEMO-10 stands still while something takes real time, and sleeps without running what it sleeps over', async () => {
    const real = createManualClock();
    const fast = new DemoClock(real, 0, 600);
    const heard: number[] = [];
    fast.after(1000, () => heard.push(fast.monoMs()));
    let finish = (): void => undefined;
    const held = fast.holdFor(new Promise<void>((resolve) => (finish = resolve)));
    await real.pass(100);
    expect(fast.monoMs()).toBe(0);
    finish();
    await held;
    fast.sleepUntil(3_600_000);
    expect([fast.now().utcMs, heard]).toEqual([3_600_000, []]);
    await real.pass(10);
    fast.close();
    expect(heard).toEqual([3_601_000]);
  });

  it('DEMO-7 goes on after a task that failed', async () => {
    const real = createManualClock();
    const fast = new DemoClock(real, 0, 100);
    const unheard: unknown[] = [];
    const keep = (error: unknown): void => void unheard.push(error);
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', keep);
    fast.after(500, () => {
      throw new Error('a task failed');
    });
    await real.pass(30);
    fast.close();
    process.removeAllListeners('unhandledRejection');
    for (const listener of others) process.on('unhandledRejection', listener);
    expect(unheard.map(String)).toEqual(['Error: a task failed']);
    expect(fast.monoMs()).toBeGreaterThan(1900);
  });
});
