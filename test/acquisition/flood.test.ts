import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import type { SimulatedMonitor } from '../../electron/service/simulation/simulated-monitor.ts';
import { masimoLine } from '../drivers/monitor-bytes.ts';
import { join } from '../drivers/decoded-stream.ts';
import { openTestRoom, oximeterPath, plugMonitorsIn, startDose, type TestRoom } from '../support/test-room.ts';
import { readsRecords } from '../support/board-reader.ts';

const rooms: TestRoom[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close();
});

/** A hundred times what its line carries: a hundred lines a second where there is one. */
const linesPerTurn = 10;
const turnsPerSecond = 10;

/** Says a hundred lines a second; the saturation goes through five values within each second. */
function floodingOximeter(): SimulatedMonitor {
  const lines = join(...Array.from({ length: linesPerTurn }, (_, index) => masimoLine(index, 94 + (index % 5), 70)));
  return { advance: () => lines, receive: () => null };
}

/** Sized once what can be thrown away is thrown away. */
function heapUsedMb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

async function floodedRoom(): Promise<TestRoom & { readonly framesOf: () => number }> {
  const test = openTestRoom();
  rooms.push(test);
  plugMonitorsIn(test);
  test.openSession();
  startDose(test);
  await test.pass(3000);
  test.ports.exchange(oximeterPath, floodingOximeter());
  const framesOf = (): number => test.room.acquisition.statuses().find(({ name }) => name === 'Oximeter')?.framesTotal ?? 0;
  return Object.assign(test, { framesOf });
}

describe('a monitor that floods', () => {
  it('STORM-3 is heard whole, kept a second at a time, and grows nothing', async () => {
    const test = await floodedRoom();
    // A page that stopped reading must not be what fills the memory either.
    test.room.feed.open(readsRecords);
    await test.pass(20_000);
    const [beforeMb, framesBefore] = [heapUsedMb(), test.framesOf()];
    const seconds = 180;
    await test.pass(seconds * 1000);
    expect(test.framesOf() - framesBefore).toBe(seconds * turnsPerSecond * linesPerTurn);
    expect(test.room.acquisition.vitals().spo2).toMatchObject({ state: 'live' });
    // 18,000 lines and their readings, kept, would be more than twice this.
    expect(heapUsedMb() - beforeMb).toBeLessThan(6);
    expect(test.room.acquisition.statuses().every(({ discardedBytes }) => discardedBytes === 0)).toBe(true);
  });

  it('STORM-4 loses nothing that a person does meanwhile', async () => {
    const test = await floodedRoom();
    const texts = Array.from({ length: 30 }, (_, index) => `during the flood ${index}`);
    for (const text of texts) {
      test.room.seats.useAll();
      test.execute({ type: 'record-observation', text, chips: [], begunAt: test.clock.now().utcMs });
      await test.pass(700);
    }
    const told = (): string[] =>
      (test.room.recorder.session?.log ?? []).flatMap((event) => (event.kind === 'observation-recorded' ? [event.body.text] : []));
    expect(told()).toEqual(texts);
    const reader = test.room.feed.open(readsRecords);
    const message = await reader.next();
    const board = message !== null && 'kind' in message && message.kind === 'snapshot' ? JSON.stringify(message.board) : '';
    expect(board).toContain(texts.at(-1));
    reader.close();
    // As after a power cut: what was acknowledged is on the disk.
    await test.restart();
    expect(told()).toEqual(texts);
  });
});
