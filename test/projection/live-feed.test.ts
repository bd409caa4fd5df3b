import { describe, expect, it } from 'vitest';
import type { BoardSource, FeedReader } from '../../electron/service/projection/live-feed.ts';
import { LiveFeed } from '../../electron/service/projection/live-feed.ts';
import { TrendSeries } from '../../electron/service/projection/trend-series.ts';
import { createLiveStore, type LiveStore } from '../../renderer/live/live-store.ts';
import type { TrendColumns } from '../../shared/clinical/measured-vitals.ts';
import type { FeedMessage, RoomBoard } from '../../shared/contract/board/room-board.ts';
import type { SessionView } from '../../shared/contract/session-view/session-view.ts';
import { goldenBoard } from '../fixtures/boards/golden-board.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

interface Fixture {
  readonly clock: ManualClock;
  readonly feed: LiveFeed;
  board: RoomBoard;
  trend: TrendColumns | null;
  fails: boolean;
}

const wave: RoomBoard['waves'][number] = {
  monitorId: '0193a000-0000-7000-8000-000000000001',
  monitorName: 'Oximeter',
  metric: 'pleth',
  unit: '1',
  periodMs: 40,
  points: [1, 2, 3],
  endIndex: 0,
  endMs: 0,
};

/** Another state of the recording each time, as if it had gone on. */
function changeRecording(fixture: Fixture): void {
  const { recording } = fixture.board;
  if (recording.state !== 'recording') throw new Error('the board records');
  fixture.board = { ...fixture.board, recording: { ...recording, lastSeq: recording.lastSeq + 1 } };
  fixture.feed.changed('recording');
}

function createFixture(): Fixture {
  const clock = createManualClock();
  const fixture = { clock, board: goldenBoard({ state: 'full' }), trend: null as TrendColumns | null, fails: false };
  const source: BoardSource = {
    section: (name) => {
      if (fixture.fails) throw new Error('the board cannot be drawn');
      return (name === 'clock' ? { now: clock.now(), rate: 1, computerOffsetMin: clock.now().offsetMin } : fixture.board[name]) as never;
    },
    trend: () => fixture.trend,
  };
  return Object.assign(fixture, {
    feed: new LiveFeed(clock, source, { messagesPerSecond: 4, burst: 2, unacknowledgedMax: 4, readersMax: 3 }),
  });
}

/** A page's store that is given one message at a time. */
function following({ feed, clock }: Fixture, store: LiveStore): { read(): Promise<FeedMessage>; session(): SessionView } {
  const reader = feed.open();
  return {
    async read() {
      const next = reader.next();
      clock.advance(300);
      const message = await next;
      if (message === null) throw new Error('the feed ended');
      reader.acknowledge(message.number);
      expect(store.take(structuredClone(message), 0)).toBe(true);
      return message;
    },
    session() {
      const session = store.getState().board?.session;
      if (session === undefined || session === null) throw new Error('the page has no session');
      return session;
    },
  };
}

/** The next message, if there is one without time passing. */
async function poll(reader: FeedReader, pending: { next?: Promise<FeedMessage | null> }): Promise<FeedMessage | null> {
  pending.next ??= reader.next();
  const message = await Promise.race([pending.next, Promise.resolve().then(() => 'nothing' as const)]);
  if (message === 'nothing' || message === null) return null;
  delete pending.next;
  return message;
}

describe('the live feed', () => {
  it('FEED-1 begins with a snapshot and numbers what follows without a gap', async () => {
    const fixture = createFixture();
    const reader = fixture.feed.open();
    const numbers: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const next = reader.next();
      changeRecording(fixture);
      fixture.clock.advance(300);
      const message = await next;
      numbers.push(message?.number ?? -1);
      expect(message?.kind).toBe(count === 0 ? 'snapshot' : 'change');
      reader.acknowledge(message?.number ?? 0);
    }
    expect(numbers).toEqual([1, 2, 3, 4, 5]);
  });

  it('FEED-2 sends the first changes at once and the changes of a busy moment as one', async () => {
    const fixture = createFixture();
    const reader = fixture.feed.open();
    const pending = {};
    await poll(reader, pending);
    reader.acknowledge(1);
    fixture.clock.advance(1000);
    for (let burst = 0; burst < 2; burst += 1) {
      changeRecording(fixture);
      expect((await poll(reader, pending))?.kind).toBe('change');
    }
    for (let count = 0; count < 50; count += 1) changeRecording(fixture);
    expect(await poll(reader, pending)).toBeNull();
    fixture.clock.advance(250);
    expect((await poll(reader, pending))?.kind).toBe('change');
    expect(await poll(reader, pending)).toBeNull();
  });

  it('FEED-3 holds nothing for a reader that does not acknowledge, and gives it a snapshot when it does', async () => {
    const fixture = createFixture();
    const reader = fixture.feed.open();
    const pending = {};
    let sent = 0;
    for (let count = 0; count < 100; count += 1) {
      fixture.feed.beat('vitals');
      fixture.clock.advance(300);
      if ((await poll(reader, pending)) !== null) sent += 1;
    }
    expect(sent).toBe(4);
    reader.acknowledge(4);
    fixture.clock.advance(300);
    expect((await poll(reader, pending))?.kind).toBe('snapshot');
  });

  it('FEED-4 appends only the new seconds of the trend, and the page ends with the same columns', async () => {
    const fixture = createFixture();
    const series = new TrendSeries(fixture.clock.now().utcMs);
    const store = createLiveStore();
    const reader = fixture.feed.open();
    for (let second = 0; second < 40; second += 1) {
      const atMs = fixture.clock.now().utcMs;
      if (second % 7 !== 3)
        series.put({ source: 'oximeter', atMs, values: { spo2: second % 9 === 4 ? null : 95 + (second % 4), 'pulse-rate': 70 + second } });
      fixture.clock.advance(1000);
      series.extendTo(fixture.clock.now().utcMs);
      fixture.trend = series.columns;
      const next = reader.next();
      fixture.feed.changed('recording');
      const message = await next;
      if (message === null) throw new Error('the feed ended');
      if (second > 1) expect(message.kind === 'change' ? message.trendTail?.length : -1).toBe(1);
      expect(store.take(structuredClone(message), 0)).toBe(true);
      reader.acknowledge(message.number);
    }
    expect(store.getState().board?.trend).toEqual(series.columns);
    expect(series.columns.breaks?.spo2).toHaveLength(3);
  });

  it('FEED-5 does not send again what the reader has, and tells the time with every beat of the room', async () => {
    const fixture = createFixture();
    const reader = fixture.feed.open();
    const pending = {};
    await poll(reader, pending);
    const told: string[] = [];
    const look = async (what: string): Promise<void> => {
      const message = await poll(reader, pending);
      if (message === null) return;
      told.push(`${what} ${message.kind === 'change' ? Object.keys(message.sections).join() : message.kind}`);
      expect(message).not.toHaveProperty('sessionChange');
      reader.acknowledge(message.number);
    };
    for (let second = 1; second <= 3; second += 1) {
      for (const part of [0, 1]) {
        fixture.clock.advance(400);
        fixture.feed.changed('session', 'vitals');
        await look(`between, ${part}`);
      }
      // News a moment before do not stand for the beat: the next is a second away.
      changeRecording(fixture);
      await look(`news ${second}`);
      fixture.clock.advance(200);
      fixture.feed.beat('session', 'vitals');
      await look(`beat ${second}`);
    }
    expect(told).toEqual([1, 2, 3].flatMap((second) => [`news ${second} recording,clock`, `beat ${second} clock`]));
  });

  it('FEED-15 a value waits neither behind what says nothing new nor behind waveforms', async () => {
    const fixture = createFixture();
    const reader = fixture.feed.open();
    const pending = {};
    await poll(reader, pending);
    fixture.clock.advance(2000);
    const waves: unknown[] = [];
    for (let count = 0; count < 20; count += 1) {
      fixture.feed.changed('vitals', 'session');
      expect(await poll(reader, pending)).toBeNull();
      fixture.board = { ...fixture.board, waves: [{ ...wave, endIndex: count }] };
      fixture.feed.changed('waves');
      const message = await poll(reader, pending);
      waves.push(message?.kind === 'change' && message.sections.waves?.[0]?.endIndex);
      reader.acknowledge(message?.number ?? 0);
    }
    expect(waves).toEqual(Array.from({ length: 20 }, (_, count) => count));
    changeRecording(fixture);
    expect(await poll(reader, pending)).toMatchObject({ kind: 'change', sections: { recording: {} } });
  });

  it('FEED-12 sends of a session the fields that changed, and the page keeps the others as they are', async () => {
    const fixture = createFixture();
    const store = createLiveStore();
    const { read, session } = following(fixture, store);
    await read();
    const before = session();
    fixture.board = { ...fixture.board, session: { ...before, due: [], phase: 'recovery' } };
    fixture.feed.changed('session');
    const message = await read();
    expect(message.kind === 'change' && message.sections).not.toHaveProperty('session');
    expect(message.kind === 'change' && Object.keys(message.sessionChange ?? {}).sort()).toEqual(['due', 'phase']);
    expect(session()).toEqual(fixture.board.session);
    expect(session().marks).toBe(before.marks);
  });

  it('FEED-13 sends another session whole, and none as none', async () => {
    const fixture = createFixture();
    const store = createLiveStore();
    const { read, session } = following(fixture, store);
    await read();
    const [first, second] = [session(), { ...session(), sessionId: 'another', marks: [] }];
    for (const next of [second, null, first]) {
      fixture.board = { ...fixture.board, session: next };
      fixture.feed.changed('session');
      const message = await read();
      expect(message.kind === 'change' && message.sections.session).toEqual(next);
      expect(message).not.toHaveProperty('sessionChange');
      expect(store.getState().board?.session).toEqual(next);
    }
  });

  it('FEED-6 has room for a bounded number of readers; the oldest makes way', async () => {
    const fixture = createFixture();
    const readers = Array.from({ length: 4 }, () => fixture.feed.open());
    expect(await readers[0]?.next()).toBeNull();
    expect((await readers[3]?.next())?.kind).toBe('snapshot');
  });

  it('FEED-8 ends a feed whose board cannot be drawn, and lets whoever reported the change go on', async () => {
    const fixture = createFixture();
    const reader = fixture.feed.open();
    await reader.next();
    const next = reader.next();
    fixture.fails = true;
    expect(() => fixture.feed.changed('session')).not.toThrow();
    expect(await next).toBeNull();
    fixture.fails = false;
    expect((await fixture.feed.open().next())?.kind).toBe('snapshot');
  });

  it('FEED-7 a page that misses a number does not apply what follows', () => {
    const store = createLiveStore();
    const board = goldenBoard({ state: 'full' });
    expect(store.take({ kind: 'change', number: 1, sections: {} }, 0)).toBe(false);
    expect(store.take({ kind: 'snapshot', number: 5, board }, 0)).toBe(true);
    expect(store.take({ kind: 'change', number: 7, sections: {} }, 0)).toBe(false);
    expect(store.take({ kind: 'change', number: 6, sections: {} }, 0)).toBe(true);
  });
});
