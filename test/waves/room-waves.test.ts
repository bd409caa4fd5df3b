import { dirname } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { waveViewSchema } from '../../shared/contract/board/waves.ts';
import { decideAddMonitor } from '../../electron/service/session/room/decide-room.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import type { WaveBlock } from '../../electron/service/store/wave-log.ts';
import { openTestRoom, oximeterPath, type TestRoom } from '../support/test-room.ts';
import { readsRecords } from '../support/board-reader.ts';

let test: TestRoom;
/** As `openTestRoom` makes it. */
const roomKey = new Uint8Array(32).map((_, index) => index + 1);
afterEach(() => test.close());

function connectOximeter(): void {
  const { room, ports, nurseId } = test;
  ports.exchange(oximeterPath, findDriver('nonin-df7').createSimulator(goldenScenario()));
  const port = { path: oximeterPath, stableId: 'oximeter' };
  const monitor = { monitorId: room.ids.uuid(), name: 'Oximeter', protocol: 'nonin-df7', port, simulated: true } as const;
  room.recorder.recordRoom(decideAddMonitor(room.recorder.room, monitor), nurseId);
  room.connectMonitors();
}

function blocksOf(sessionId: string): readonly WaveBlock[] {
  return test.room.recorder.storage.store.waves.readWindow(sessionId, 0, 4_000_000_000_000);
}
const samplesIn = (blocks: readonly WaveBlock[]): number => blocks.reduce((sum, block) => sum + block.samples.length, 0);

describe('waveforms of a room', () => {
  it('WAVE-7, WAVE-8 are kept while a session runs and only then, to its last second', async () => {
    test = openTestRoom();
    connectOximeter();
    await test.pass(20_000);
    expect(test.room.recorder.storage.store.waves.count()).toBe(0);
    const sessionId = test.openSession();
    await test.pass(33_000);
    const running = blocksOf(sessionId);
    expect(running.length).toBeGreaterThan(3);
    expect(running[0]?.follows).toBe(false);
    test.execute({ type: 'end-session', reason: 'test' });
    const blocks = blocksOf(sessionId);
    expect(samplesIn(blocks)).toBeGreaterThan(32 * 75);
    expect(samplesIn(blocks)).toBeLessThanOrEqual(34 * 75);
    const { at, samples, periodMs } = blocks.at(-1) ?? { at: { utcMs: 0 }, samples: [], periodMs: 0 };
    expect(Math.abs(at.utcMs + samples.length * periodMs - test.clock.now().utcMs)).toBeLessThan(700);
    await test.pass(20_000);
    expect(blocksOf(sessionId)).toHaveLength(blocks.length);
  });

  it('WAVE-5, WAVE-10 a pulled cable is a gap, and the record is whole', async () => {
    test = openTestRoom();
    connectOximeter();
    const sessionId = test.openSession();
    await test.pass(20_000);
    test.ports.pull(oximeterPath);
    await test.pass(9000);
    test.ports.replug(oximeterPath);
    await test.pass(20_000);
    const blocks = blocksOf(sessionId);
    const starts = blocks.filter((block) => !block.follows);
    expect(starts).toHaveLength(2);
    const before = blocks[blocks.indexOf(starts[1] ?? (blocks[0] as WaveBlock)) - 1];
    const endMs = (before?.at.utcMs ?? 0) + (before?.samples.length ?? 0) * (before?.periodMs ?? 0);
    expect((starts[1]?.at.utcMs ?? 0) - endMs).toBeGreaterThan(8000);
    const { file } = test.room.recorder.storage.store.database;
    await test.room.close();
    expect(verifyDatabase(dirname(file), roomKey)).toMatchObject({ ok: true, waves: blocks.length + 1 });
    await test.restart();
  });

  it('WAVE-13, WAVE-14 the live section is small, and every reader can draw it without a hole', async () => {
    test = openTestRoom();
    connectOximeter();
    await test.pass(5000);
    const reader = test.room.feed.open(readsRecords);
    const first = await reader.next();
    if (first?.kind !== 'snapshot') throw new Error('no snapshot');
    expect(first.board.waves).toEqual([]);
    test.openSession();
    const messages: number[] = [];
    let [endIndex, known] = [0, 0];
    for (let step = 0; step < 40; step += 1) {
      const next = reader.next();
      await test.pass(250);
      const message = await next;
      reader.acknowledge(message?.number ?? 0);
      const waves = message?.kind === 'snapshot' ? message.board.waves : message?.sections.waves;
      const [wave] = waves ?? [];
      if (wave === undefined) continue;
      expect(waveViewSchema.safeParse(wave).error).toBeUndefined();
      messages.push(JSON.stringify(waves).length);
      expect(wave.endIndex - wave.points.length <= endIndex || known === 0).toBe(true);
      expect(wave.endIndex).toBeGreaterThan(endIndex);
      expect(test.clock.now().utcMs - wave.endMs).toBeLessThan(1000);
      [endIndex, known] = [wave.endIndex, known + 1];
    }
    expect(messages.length).toBeGreaterThan(8);
    expect(messages.length).toBeLessThanOrEqual(21);
    expect(Math.max(...messages)).toBeLessThan(2500);
    reader.close();
  });
});
