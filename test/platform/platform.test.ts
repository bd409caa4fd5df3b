import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createFileLog } from '../../electron/service/platform/file-log.ts';
import { createScaledClock } from '../../electron/service/platform/scaled-clock.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { createSystemIds } from '../../electron/service/platform/system-ids.ts';
import { idSchema } from '../../shared/values/ids.ts';
import { createManualClock, manualClockStartMs } from '../support/manual-clock.ts';
import { createSeededIds } from '../support/seeded-ids.ts';

const uuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('ids', () => {
  it('PLAT-1 are version 7, carry the time, and sort in the order they were made', () => {
    const clock = createManualClock();
    const ids = createSystemIds(clock);
    const made = Array.from({ length: 10_000 }, (_, index) => {
      if (index === 5000) clock.stepWall(-3_600_000);
      if (index % 7000 === 6999) clock.advance(1);
      return ids.uuid();
    });
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
    expect(made.every((id) => uuidV7.test(id) && idSchema.safeParse(id).success)).toBe(true);
    expect(Number.parseInt((made[0] ?? '').replaceAll('-', '').slice(0, 12), 16)).toBe(manualClockStartMs);
  });

  it('PLAT-1 gives random bytes of any length', () => {
    const ids = createSystemIds(createSystemClock());
    expect(ids.randomBytes(32)).toHaveLength(32);
    expect(ids.randomBytes(32)).not.toEqual(ids.randomBytes(32));
  });

  it('PLAT-6 seeded ones are valid, sorted, and the same in every run', () => {
    const [a, b, c] = [createSeededIds(7), createSeededIds(7), createSeededIds(8)];
    const ofA = Array.from({ length: 100 }, () => a.uuid());
    expect(ofA).toEqual(Array.from({ length: 100 }, () => b.uuid()));
    expect(ofA).not.toEqual(Array.from({ length: 100 }, () => c.uuid()));
    expect(ofA.toSorted()).toEqual(ofA);
    expect(ofA.every((id) => uuidV7.test(id))).toBe(true);
  });
});

describe('clocks', () => {
  it('PLAT-2 runs a timer once, a repeating one until it is cancelled, and a cancelled one never', async () => {
    const clock = createSystemClock();
    const ran: string[] = [];
    const startMs = clock.monoMs();
    clock.after(20, () => ran.push('once'));
    clock.after(20, () => ran.push('never'))();
    const stop = clock.every(20, () => {
      ran.push('again');
      if (ran.filter((what) => what === 'again').length === 3) stop();
    });
    await vi.waitFor(() => expect(ran.toSorted()).toEqual(['again', 'again', 'again', 'once']), { timeout: 5000, interval: 5 });
    expect(clock.monoMs() - startMs).toBeGreaterThanOrEqual(59);
    // Whatever was cancelled has had its time by now.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(ran).toHaveLength(4);
    expect(Math.abs(clock.now().utcMs - Date.now())).toBeLessThan(1000);
    expect(() => clock.every(0, () => {})).toThrow(RangeError);
  });

  it('PLAT-2 waits longer than a timer of the system can', () => {
    const cancel = createSystemClock().after(40 * 24 * 3_600_000, () => expect.unreachable());
    cancel();
  });

  it('PLAT-3 runs sixty times as fast in every respect', () => {
    const base = createManualClock();
    const clock = createScaledClock({ base, rate: 60, start: { utcMs: 1_000_000, offsetMin: 60 } });
    const ranAtMs: number[] = [];
    clock.after(60_000, () => ranAtMs.push(clock.monoMs()));
    clock.every(30_000, () => ranAtMs.push(clock.monoMs()));
    base.advance(500);
    base.stepWall(3_600_000);
    base.advance(500);
    expect(clock.rate).toBe(60);
    expect(clock.now()).toEqual({ utcMs: 1_060_000, offsetMin: 60 });
    expect(ranAtMs).toEqual([30_000, 60_000, 60_000]);
    expect(() => createScaledClock({ base, rate: 0 })).toThrow(RangeError);
  });

  it('PLAT-4 the manual one runs timers in order, with those made meanwhile, and leaves them alone on a step', async () => {
    const clock = createManualClock({ startMs: 5000, offsetMin: 0 });
    const ran: string[] = [];
    clock.after(30, () => ran.push('c'));
    clock.after(10, () => {
      ran.push('a');
      clock.after(10, () => ran.push('b'));
    });
    clock.stepWall(1_000_000);
    clock.advance(25);
    expect(ran).toEqual(['a', 'b']);
    expect(clock.now().utcMs).toBe(5000 + 1_000_000 + 25);
    await clock.pass(5);
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(clock.pending).toBe(0);
  });

  it('PLAT-4 a stall runs what fell due once, late', () => {
    const clock = createManualClock();
    const ranAtMs: number[] = [];
    const startMs = clock.monoMs();
    clock.every(100, () => ranAtMs.push(clock.monoMs() - startMs));
    clock.stall(1000);
    clock.advance(100);
    expect(ranAtMs).toEqual([1000, 1100]);
  });
});

describe('log', () => {
  it('PLAT-5 writes plain, short lines for its owner only, rotates, and stays bounded', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigil-log-'));
    const path = join(folder, 'logs', 'room.log');
    const log = createFileLog({ path, clock: createManualClock(), bytesMax: 2000, files: 3 });
    log.info('started', { version: '1', monitors: 2, demo: false, none: null, left: undefined });
    log.warn('odd', { text: 'x'.repeat(10_000), object: { patient: 'Jane' } as unknown as string });
    const [first, second] = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toEqual({
      at: '2026-11-23T10:00:00.000-05:00',
      level: 'info',
      event: 'started',
      version: '1',
      monitors: 2,
      demo: false,
      none: null,
    });
    expect(String(second?.['text'])).toHaveLength(301);
    expect(JSON.stringify(second)).not.toContain('Jane');
    for (let count = 0; count < 200; count += 1) log.error('again', { count });
    const files = readdirSync(join(folder, 'logs'));
    expect(files.toSorted()).toEqual(['room.log', 'room.log.1', 'room.log.2']);
    for (const file of files) {
      const { size, mode } = statSync(join(folder, 'logs', file));
      expect(size).toBeLessThanOrEqual(2000);
      expect(mode & 0o777).toBe(0o600);
    }
    expect(log.lost).toBe(0);
    log.close();
    log.info('after the end');
    expect(log.lost).toBe(1);
    rmSync(folder, { recursive: true });
  });

  it('PLAT-5 goes on in the file that was there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'vigil-log-'));
    const path = join(folder, 'room.log');
    for (const event of ['one', 'two']) {
      const log = createFileLog({ path, clock: createManualClock() });
      log.info(event);
      log.close();
    }
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2);
    rmSync(folder, { recursive: true });
  });
});
