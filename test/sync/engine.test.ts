import { expect, test } from 'vitest';
import { compareHeads, type HeldEpoch } from '../../electron/service/sync/compare-heads.ts';
import {
  heartbeatMs,
  initialSync,
  longestPauseMs,
  mendPauseMs,
  step,
  type SyncEffect,
  type SyncFault,
  type SyncInput,
  type SyncState,
} from '../../electron/service/sync/engine.ts';

/** An engine that is handed one thing after another. */
class Engine {
  nowMs = 1000;
  state: SyncState;
  effects: readonly SyncEffect[] = [];

  constructor(local: number) {
    this.state = initialSync(local);
  }

  take(input: SyncInput, random = 0.5): this {
    ({ state: this.state, effects: this.effects } = step(this.state, input, { nowMs: this.nowMs, random }));
    return this;
  }

  /** Time comes to what it waits for. */
  wake(): this {
    this.nowMs = Math.max(this.nowMs, this.state.wakeAtMs ?? Infinity);
    return this.take({ type: 'tick' });
  }

  connected(): this {
    return this.wake().take({ type: 'connected', turn: this.state.turn });
  }

  behind(next: number, onlyThere = 0): this {
    return this.take({ type: 'compared', turn: this.state.turn, comparison: { is: 'behind', next, onlyThere }, seq: this.state.local });
  }

  equal(): this {
    return this.take({ type: 'compared', turn: this.state.turn, comparison: { is: 'equal' }, seq: this.state.local });
  }

  answered(through: number, answer: 'appended' | 'elsewhere' | 'unknown-past' | 'left' | 'fork' = 'appended'): this {
    return this.take({ type: 'answered', turn: this.state.turn, answer, through });
  }

  failed(kind: SyncFault['kind'], batch?: { first: number; rows: number }, tooLarge = false): this {
    const fault = { kind, words: `a fault of kind ${kind}`, tooLarge };
    return this.take({ type: 'failed', turn: this.state.turn, fault, ...(batch === undefined ? {} : { batch }) });
  }
}

test('SYNC-1 at each connection the hub is asked first, and from its answer on is sent', () => {
  const engine = new Engine(500).connected();
  expect(engine.effects).toEqual([{ do: 'ask-head', turn: 1 }]);
  engine.behind(301);
  expect(engine.effects).toEqual([{ do: 'send', turn: 1, next: 301, limit: 200, marked: [] }]);
  engine.answered(500);
  expect(engine.effects).toEqual([{ do: 'ask-head', turn: 1 }]);
  expect(engine.equal().state).toMatchObject({ phase: { is: 'up-to-date' }, arrived: { seq: 500 }, problem: null });
});

test('SYNC-2 silence proves nothing: it closes the connection, and what comes from it later is not heard', () => {
  const engine = new Engine(10).connected().behind(1);
  const late = engine.state.turn;
  engine.wake();
  expect(engine.effects).toEqual([{ do: 'close' }]);
  expect(engine.state).toMatchObject({ phase: { is: 'waiting' }, arrived: { seq: 0 }, problem: { words: 'Nothing came back in time.' } });
  const before = engine.state;
  engine.take({ type: 'answered', turn: late, answer: 'appended', through: 10 });
  expect(engine.state).toBe(before);
});

test('SYNC-3 pauses grow to a minute, are drawn by lot up to there, and begin anew with what arrives', () => {
  const engine = new Engine(10);
  const longest = Array.from({ length: 12 }, () => {
    engine.wake().take({ type: 'failed', turn: engine.state.turn, fault: { kind: 'again', words: 'x', tooLarge: false } }, 1);
    return (engine.state.wakeAtMs ?? 0) - engine.nowMs;
  });
  expect(longest).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
  expect(longest.at(-1)).toBe(longestPauseMs);
  engine.connected().behind(1).answered(10).equal();
  expect(engine.state.failures).toBe(0);
});

test('SYNC-3 what is recorded while something is on the way is sent behind it', () => {
  const engine = new Engine(3).connected().behind(1).take({ type: 'head-moved', seq: 7 });
  expect(engine.effects).toEqual([]);
  engine.answered(3);
  expect(engine.effects).toMatchObject([{ do: 'send', next: 4 }]);
});

test('SYNC-4 "up to date" is said of an answer that came after the last entry, and of no other', () => {
  const engine = new Engine(3).connected();
  engine.take({ type: 'head-moved', seq: 4 });
  engine.take({ type: 'compared', turn: engine.state.turn, comparison: { is: 'equal' }, seq: 3 });
  expect(engine.state.phase).toEqual({ is: 'sending', next: 4 });
  engine.answered(4);
  expect(engine.state.phase).toEqual({ is: 'comparing' });
  engine.equal().take({ type: 'head-moved', seq: 5 });
  expect(engine.state.phase).toEqual({ is: 'sending', next: 5 });
});

test('SYNC-4 a target that says it has what it does not have is paused with words, after once more', () => {
  const engine = new Engine(10).connected().behind(1).answered(10).behind(1);
  expect(engine.effects).toMatchObject([{ do: 'send', next: 1 }]);
  expect(engine.state.note).toContain('The hub had entries up to 10 and ends at 0');
  engine.answered(10).behind(1);
  expect(engine.state).toMatchObject({ phase: { is: 'paused' }, problem: { words: expect.stringContaining('does not have them') } });
});

test('SYNC-5 a refused batch is halved until the one row is left, of which the place is sent; the rest goes as ever', () => {
  const engine = new Engine(1000).connected().behind(1);
  const oddRow = 137;
  const sizes: number[] = [];
  for (let next = 1; next <= 400;) {
    const [effect] = engine.effects;
    if (effect?.do !== 'send') throw new Error(`not a send: ${JSON.stringify(effect)}`);
    sizes.push(effect.limit);
    const through = effect.next + effect.limit - 1;
    const holds = effect.next <= oddRow && oddRow <= through && !effect.marked.includes(oddRow);
    if (holds) engine.failed('row', { first: effect.next, rows: effect.limit }).behind(effect.next);
    else engine.answered(through);
    next = holds ? effect.next : through + 1;
  }
  expect(engine.state.parked).toEqual([{ seq: oddRow, words: 'a fault of kind row' }]);
  expect(sizes.length).toBeLessThan(30);
  expect(engine.state.limit).toBeGreaterThanOrEqual(200);
});

test('SYNC-5 more than twenty such rows, or one of which not even the place is taken, are a fault of the hub and paused', () => {
  const engine = new Engine(100).connected().behind(1);
  for (let seq = 1; seq <= 21; seq += 1) engine.failed('row', { first: seq, rows: 1 }).behind(seq + 1);
  expect(engine.state).toMatchObject({
    phase: { is: 'paused' },
    problem: { words: expect.stringContaining('20 entries could not be sent') },
  });
  const other = new Engine(100).connected().behind(1).failed('row', { first: 1, rows: 1 }).behind(1).failed('row', { first: 1, rows: 1 });
  expect(other.state).toMatchObject({
    phase: { is: 'paused' },
    problem: { words: expect.stringContaining('Not even the place of entry 1') },
  });
});

test('SYNC-6 a batch that is too much is halved, and grows again by a quarter with what arrives', () => {
  const engine = new Engine(5000).connected().behind(1).failed('again', { first: 1, rows: 200 }, true);
  expect(engine.state.limit).toBe(100);
  engine.connected().behind(1).answered(100);
  expect(engine.state.limit).toBe(200);
  engine.answered(300);
  expect(engine.state.limit).toBe(250);
  for (let sent = 1; sent < 20; sent += 1) engine.answered(300 + sent);
  expect(engine.state.limit).toBe(1000);
});

test('SYNC-7 what a person has to mend is tried every ten minutes, or when they ask; a fork only when they ask', () => {
  const engine = new Engine(10).connected().failed('pause');
  expect(engine.state.phase).toEqual({ is: 'paused' });
  expect((engine.state.wakeAtMs ?? 0) - engine.nowMs).toBe(mendPauseMs);
  expect(engine.take({ type: 'head-moved', seq: 11 }).effects).toEqual([]);
  expect(engine.take({ type: 'try-now' }).effects).toMatchObject([{ do: 'connect' }]);
  for (const answer of ['fork', 'left'] as const) {
    const stopped = new Engine(10).connected().behind(1).answered(10, answer);
    expect(stopped.state).toMatchObject({ phase: { is: 'stopped' }, wakeAtMs: null, problem: { words: expect.stringMatching(/\.$/) } });
    expect(stopped.take({ type: 'tick' }).effects).toEqual([]);
  }
  expect(new Engine(10).connected().failed('defect').state.phase.is).toBe('stopped');
});

test('SYNC-7 a connection is closed when nothing was sent for half a minute, and the hub is asked again after a minute', () => {
  const engine = new Engine(10).connected().equal();
  const sinceMs = engine.nowMs;
  expect(engine.wake().effects).toEqual([{ do: 'close' }]);
  expect(engine.state.phase).toMatchObject({ is: 'up-to-date', open: false });
  expect(engine.wake().effects).toMatchObject([{ do: 'connect' }]);
  expect(engine.nowMs - sinceMs).toBe(heartbeatMs);
});

const hash = (epoch: string, seq: number): string => `${epoch}${seq}`;
const held = (epoch: string, firstSeq: number, lastSeq: number): HeldEpoch => ({
  epoch,
  firstSeq,
  lastSeq,
  lastHash: hash(epoch, lastSeq),
});

/** A log of ten events under A, then five under B. */
const restored = {
  epochs: [
    { epoch: 'A', firstSeq: 1 },
    { epoch: 'B', firstSeq: 11 },
  ],
  seq: 15,
  hashAt: (seq: number) => (seq < 1 || seq > 15 ? null : hash(seq <= 10 ? 'A' : 'B', seq)),
};
const plain = { epochs: [{ epoch: 'A', firstSeq: 1 }], seq: 10, hashAt: restored.hashAt };

test('SYNC-8 where a log goes on is read from the newest epoch that both have', () => {
  expect(compareHeads(plain, [])).toEqual({ is: 'behind', next: 1, onlyThere: 0 });
  expect(compareHeads({ ...plain, seq: 0 }, [])).toEqual({ is: 'equal' });
  expect(compareHeads(plain, [held('A', 1, 7)])).toEqual({ is: 'behind', next: 8, onlyThere: 0 });
  expect(compareHeads(plain, [held('A', 1, 10)])).toEqual({ is: 'equal' });
  expect(compareHeads(restored, [held('A', 1, 7)])).toEqual({ is: 'behind', next: 8, onlyThere: 0 });
  expect(compareHeads(restored, [held('A', 1, 10)])).toEqual({ is: 'behind', next: 11, onlyThere: 0 });
  expect(compareHeads(restored, [held('A', 1, 14)])).toEqual({ is: 'behind', next: 11, onlyThere: 4 });
  expect(compareHeads(restored, [held('A', 1, 14), held('B', 11, 12)])).toEqual({ is: 'behind', next: 13, onlyThere: 0 });
  expect(compareHeads(restored, [held('A', 1, 14), held('C', 11, 12)])).toEqual({ is: 'behind', next: 11, onlyThere: 4 });
  expect(compareHeads(restored, [held('A', 1, 14), held('B', 11, 15)])).toEqual({ is: 'equal' });
});

test('SYNC-8 an old copy of a data folder, a second computer and a foreign log are told from a log that is behind', () => {
  expect(compareHeads(plain, [held('A', 1, 12)])).toEqual({ is: 'ahead', by: 2 });
  expect(compareHeads(plain, [{ ...held('A', 1, 7), lastHash: 'other' }])).toEqual({ is: 'fork' });
  expect(compareHeads(plain, [held('X', 1, 7)])).toEqual({ is: 'fork' });
  // Restored elsewhere, and that one has sent since.
  expect(compareHeads(plain, [held('A', 1, 10), held('B', 8, 9)])).toEqual({ is: 'fork' });
  expect(compareHeads(plain, [held('A', 1, 12), held('B', 8, 9)])).toEqual({ is: 'fork' });
});
