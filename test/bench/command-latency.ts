import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { openTestRoom, startDose, type TestRoom } from '../support/test-room.ts';
import { quantile } from './statistics.ts';
import { readsRecords } from '../support/board-reader.ts';
import { pageOf } from '../support/page.ts';

export interface CommandLatency {
  /** From a tap's call over the contract to its answer, which is given when the disk has it. */
  readonly p95Ms: number;
  /** To draw the whole board for a page that has just come. */
  readonly boardMs: number;
  /** To work out a second in which nothing happened, as a page is told of it; median. */
  readonly quietSecondMs: number;
  /** What the page is told of a tap, and what the whole session would be. */
  readonly tapBytes: number;
  readonly sessionBytes: number;
  readonly commands: number;
  readonly events: number;
  readonly readings: number;
}

const hours = 6;
const observations = 80;
const ratings = 5;
const measured = 200;
const second = 1000;

/** What a tap costs the room service late in a long session: six hours of readings, 80 observations, five CADSS-23. */
export async function benchCommandLatency(): Promise<CommandLatency> {
  const test = openTestRoom();
  try {
    const sessionId = test.openSession();
    startDose(test);
    fill(test, sessionId);
    // The running room's readings are read from the log once, at its start.
    await test.restart();
    const client = pageOf(test.host, test.nurseId);
    const timesMs: number[] = [];
    for (let count = 0; count < measured; count += 1) {
      const command = tap(test, count);
      test.room.seats.useAll();
      const startedMs = performance.now();
      await client.session.execute({ commandId: test.room.ids.uuid(), sessionId, command });
      timesMs.push(performance.now() - startedMs);
      test.clock.advance(second);
    }
    const boardMs = await drawBoard(test);
    const told = await tellSeconds(test);
    const events = test.room.recorder.session?.log.length ?? 0;
    return { p95Ms: quantile(timesMs, 0.95), boardMs, ...told, commands: measured, events, readings: hours * 3600 };
  } finally {
    await test.close();
  }
}

function fill(test: TestRoom, sessionId: string): void {
  const { clock, room } = test;
  const { readings } = room.recorder.storage.store;
  const monitorId = room.ids.uuid();
  const bootId = room.ids.uuid();
  const everyMs = (hours * 3600 * second) / (observations + ratings);
  for (let entry = 0; entry < observations + ratings; entry += 1) {
    if (entry % 17 === 16) rate(test);
    else
      test.execute({
        type: 'record-observation',
        text: `note ${entry}`,
        chips: [{ group: 'affect', chip: 'calm' }],
        begunAt: clock.now().utcMs,
      });
    const fromMs = Math.ceil(clock.now().utcMs / second) * second;
    const rows = Array.from({ length: Math.floor(everyMs / second) }, (_, index) => ({
      sessionId,
      monitorId,
      bootId,
      at: { ...clock.now(), utcMs: fromMs + index * second },
      monoMs: clock.monoMs() + index * second,
      readings: [
        { metric: 'spo2', value: 95 + (index % 4), unit: '%', quality: 'good' } as const,
        { metric: 'pulse-rate', value: 70 + (index % 20), unit: '/min', quality: 'good' } as const,
      ],
    }));
    readings.appendSecond(rows);
    clock.stall(everyMs);
  }
}

function rate(test: TestRoom): void {
  const answers = Array.from({ length: 23 }, (_, index) => ({ item: index + 1, value: index % 4 }));
  const ratingId = test.room.ids.uuid();
  test.execute({ type: 'open-rating', instrument: 'cadss-23', ratingId, answers });
  test.execute({ type: 'finish-rating', ratingId });
}

function tap({ clock }: TestRoom, count: number): SessionCommandInput {
  if (count % 3 === 0) return { type: 'enter-vitals', values: { 'nibp-sys': 124, 'nibp-dia': 78 } };
  if (count % 3 === 1) return { type: 'reach-milestone', milestone: 'bp_review', told: 'Dr Demo', detail: 'no symptoms' };
  return { type: 'record-observation', text: '', chips: [{ group: 'affect', chip: 'calm' }], begunAt: clock.now().utcMs };
}

async function drawBoard({ room }: TestRoom): Promise<number> {
  const timesMs: number[] = [];
  for (let draw = 0; draw < 20; draw += 1) {
    const reader = room.feed.open(readsRecords);
    const startedMs = performance.now();
    await reader.next();
    timesMs.push(performance.now() - startedMs);
    reader.close();
  }
  return quantile(timesMs, 0.5);
}

type Told = Pick<CommandLatency, 'quietSecondMs' | 'tapBytes' | 'sessionBytes'>;

async function tellSeconds(test: TestRoom): Promise<Told> {
  const { room, clock } = test;
  const reader = room.feed.open(readsRecords);
  const bytesOf = (message: unknown): number => JSON.stringify(message).length;
  const snapshot = await reader.next();
  const sessionBytes = snapshot?.kind === 'snapshot' ? bytesOf(snapshot.board.session) : 0;
  const [timesMs, tapSizes]: [number[], number[]] = [[], []];
  for (let count = 0; count < measured; count += 1) {
    const isTap = count % 4 === 0;
    if (isTap) test.execute(tap(test, count));
    room.feed.changed('session');
    reader.acknowledge(count + 1);
    clock.stall(second);
    const startedMs = performance.now();
    const message = await reader.next();
    if (isTap) tapSizes.push(bytesOf(message));
    else timesMs.push(performance.now() - startedMs);
  }
  reader.close();
  return { quietSecondMs: quantile(timesMs, 0.5), tapBytes: quantile(tapSizes, 0.5), sessionBytes };
}
