import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WavePlaces } from '../../electron/service/acquisition/wave-places.ts';
import type { Wave } from '../../electron/service/drivers/driver.ts';
import { findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { WaveBlocks } from '../../electron/service/recorder/wave-blocks.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import { openCopy } from '../../electron/service/store/database.ts';
import { dataFolderAt } from '../../electron/service/store/data-folder.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import type { Store } from '../../electron/service/store/store.ts';
import type { WaveBlock } from '../../electron/service/store/wave-log.ts';
import { createRoomFixture, type RoomFixture } from '../store/room-fixture.ts';

let room: RoomFixture;
let store: Store | null;
const startMs = 1_795_446_000_000;
const monitorId = '01900000-0000-7000-8000-00000000000a';
const sessionId = '01900000-0000-7000-8000-00000000005e';
beforeEach(() => {
  room = createRoomFixture(301);
  store = room.open();
});
afterEach(() => {
  store?.close();
  room.close();
});

function opened(): Store {
  if (store === null) throw new Error('the store was closed');
  return store;
}
function closed(): void {
  store?.close();
  store = null;
}

function block(number: number, rest: Partial<WaveBlock> = {}): WaveBlock {
  return {
    sessionId,
    monitorId,
    bootId: 'boot-1',
    metric: 'pleth',
    unit: '1',
    periodMs: 10,
    flags: [],
    at: { utcMs: startMs + number * 5000 + 20, offsetMin: -300 },
    monoMs: number * 5000 + 20,
    firstSample: number * 500,
    follows: number > 0,
    samples: Array.from({ length: 500 }, (_, index) => (index === 3 ? 'missing' : (index * 37) % 1000)),
    ...rest,
  };
}

/** What a monitor sends in `seconds`, in the blocks that the recorder writes. */
function recordedBlocks(protocol: 'nonin-df7' | 'intellivue', seconds: number): WaveBlock[] {
  const scenario = goldenScenario();
  const monitor = findDriver(protocol).createSimulator(scenario);
  const decoder = findDriver(protocol).createDecoder();
  const places = new WavePlaces();
  const blocks = new WaveBlocks();
  const done: WaveBlock[] = [];
  let waves: Wave[] = [];
  const sink = { frame: () => {}, reading: () => {}, wave: (wave: Wave) => void waves.push(wave), discarded: () => {} };
  for (let monoMs = 0; monoMs <= seconds * 1000; monoMs += 100) {
    waves = [];
    decoder.push(monitor.advance(scenario.startMs + monoMs) ?? new Uint8Array(), sink);
    const received = { utcMs: startMs + monoMs, offsetMin: 0 };
    for (const piece of places.place({ monitorId, monitorName: 'Oximeter', waves, received, monoMs, opening: 1 })) blocks.take(piece);
    const pending = monoMs % 1000 === 0 ? blocks.pending(monoMs === seconds * 1000 ? null : monoMs) : [];
    done.push(...pending.map((gathered) => ({ ...gathered, sessionId, bootId: 'boot-1' })));
    blocks.written(pending);
  }
  return done;
}

describe('the wave log', () => {
  test('WAVE-1, WAVE-2, WAVE-11 gives back what was written, and only what lies in the window', () => {
    const { waves } = opened();
    const written = Array.from({ length: 24 }, (_, number) => block(number));
    for (const one of written) waves.append([one]);
    waves.append([
      block(3, { sessionId: room.ids.uuid() }),
      block(4, { metric: 'co2', unit: 'mm[Hg]', firstSample: null, flags: ['demo-data'], follows: false }),
    ]);
    expect(waves.count()).toBe(26);
    expect(waves.readWindow(sessionId, startMs + 22_000, startMs + 35_000)).toEqual([
      expect.objectContaining({ metric: 'pleth', at: written[4]?.at }),
      block(4, { metric: 'co2', unit: 'mm[Hg]', firstSample: null, flags: ['demo-data'], follows: false }),
      ...written.slice(5, 7),
    ]);
    expect(waves.readWindow(sessionId, startMs + 500_000, startMs + 560_000)).toEqual([]);
  });

  test('WAVE-9 writes a block once, all blocks of a call or none, and takes nothing back', () => {
    const { waves, database } = opened();
    waves.append([block(0), block(1)]);
    waves.append([block(1), block(2)]);
    expect(waves.count()).toBe(3);
    expect(() => waves.append([block(3), block(4, { samples: [Number.POSITIVE_INFINITY] })])).toThrow(TypeError);
    expect(() => waves.append([block(3), block(4, { samples: [] })])).toThrow(TypeError);
    expect(() => waves.append([block(3, { periodMs: 1000 })])).toThrow(/too long/);
    expect(waves.count()).toBe(3);
    waves.append([block(3)]);
    for (const table of ['wave_block', 'wave_stream']) {
      expect(() => database.write(() => database.connection.exec(`DELETE FROM ${table}`)), table).toThrow(/never removed/);
    }
  });

  test('WAVE-12 an hour of pleth from the OEM III', (context) => {
    const blocks = recordedBlocks('nonin-df7', 3600);
    const { waves, database } = opened();
    const bytes = (): number => {
      database.connection.pragma('wal_checkpoint(TRUNCATE)');
      return statSync(dataFolderAt(room.folder).databaseFile).size;
    };
    const before = bytes();
    for (const one of blocks) waves.append([one]);
    const used = bytes() - before;
    const samples = blocks.reduce((sum, one) => sum + one.samples.length, 0);
    expect(samples).toBeGreaterThan(3600 * 75 - 100);
    void context.annotate(`${samples} samples in ${blocks.length} blocks: ${used} bytes an hour`);
    expect(used).toBeLessThan(650_000);
    expect(used).toBeGreaterThan(samples);
  });

  test.each(['nonin-df7'] as const)('WAVE-3, WAVE-7 blocks of %s are five to ten seconds long and follow each other', (protocol) => {
    const blocks = recordedBlocks(protocol, 120);
    const signals = new Set(blocks.map((one) => one.metric));
    expect(signals.size).toBeGreaterThan(0);
    for (const signal of signals) {
      const own = blocks.filter((one) => one.metric === signal);
      for (const one of own.slice(0, -1)) {
        const lengthMs = one.samples.length * one.periodMs;
        expect(lengthMs).toBeGreaterThanOrEqual(6000);
        expect(lengthMs).toBeLessThan(10_000);
      }
      expect(own.map((one) => one.follows)).toEqual(own.map((_, index) => index > 0));
    }
    opened().waves.append(blocks);
    closed();
    expect(verifyDatabase(room.folder, room.key)).toMatchObject({ ok: true, waves: blocks.length });
  });
});

describe('vigil verify', () => {
  function verifiedWith(...blocks: readonly WaveBlock[]): string[] {
    opened().waves.append(blocks);
    closed();
    const { problems, waves } = verifyDatabase(room.folder, room.key);
    expect(waves).toBe(blocks.length);
    return problems.map((problem) => problem.what);
  }

  test('WAVE-10 counts whole blocks, with a gap between them and after a restart', () => {
    expect(
      verifiedWith(block(0), block(1), block(5, { follows: false }), block(6), block(0, { bootId: 'boot-2', at: block(9).at })),
    ).toEqual([]);
  });

  test('WAVE-10 names an overlap', () => {
    expect(verifiedWith(block(0), block(1, { monoMs: 3000, firstSample: null, follows: false }))).toEqual([
      expect.stringMatching(/overlaps the one before by 2020 ms/),
    ]);
  });

  test('WAVE-10 names a block that follows none, one that follows too late, and one whose count is not the next', () => {
    const found = verifiedWith(block(0, { follows: true }), block(1, { firstSample: 501 }), block(3, { firstSample: null }));
    expect(found).toEqual([
      expect.stringMatching(/follows a block that is not there/),
      expect.stringMatching(/begins with sample 501, not 500/),
      expect.stringMatching(/but 5000 ms are between them/),
    ]);
  });

  test('WAVE-10 names a block that does not decode', () => {
    opened().waves.append([block(0), block(1)]);
    closed();
    const connection = openCopy(dataFolderAt(room.folder).databaseFile, room.key);
    connection.exec(`DROP TRIGGER wave_stream_fixed; UPDATE wave_stream SET flags = 'no list'`);
    connection.pragma('wal_checkpoint(TRUNCATE)');
    connection.close();
    expect(verifyDatabase(room.folder, room.key).problems.map((problem) => problem.what)).toEqual([
      expect.stringMatching(/stream 1 at second \d+ is not a valid waveform/),
      expect.stringMatching(/is not a valid waveform/),
    ]);
  });
});
