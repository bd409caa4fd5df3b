import { afterEach, expect, test } from 'vitest';
import { loadWriter } from '../../electron/service/export/formats.ts';
import { recordPages, recordPdf } from '../../electron/service/export/record-print.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { atOnce } from '../../electron/service/platform/in-turns.ts';
import { recordSeal } from '../../electron/service/store/record-seal.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { trendSpanMaxMs } from '../../shared/clinical/measured-vitals.ts';
import { openTestRoom, plugMonitorsIn, startDose, testRoomKey, type TestRoom } from '../support/test-room.ts';

const hourMs = 3_600_000;
/** As a monitor writes that speaks every ten seconds: a fifth of the time of one that speaks every second. */
const everyMs = 10_000;
const hours = 40;

let room: TestRoom;
afterEach(() => room.close());

/** On disk, as the recorder writes them; the clock stands at their end. */
function measureOn(sessionId: string): number {
  const { store } = room.room.recorder.storage;
  const [row] = [...store.readings.readSession(sessionId)].filter(({ readings }) => readings.some(({ metric }) => metric === 'spo2'));
  if (row === undefined) throw new Error('no readings');
  const rows = Array.from({ length: (hours * hourMs) / everyMs }, (_, index) => {
    const afterMs = (index + 1) * everyMs;
    return { ...row, at: { ...row.at, utcMs: row.at.utcMs + afterMs }, monoMs: row.monoMs + afterMs };
  });
  store.readings.appendSecond(rows);
  return rows.length;
}

test('REC-27 a session of forty hours that nobody ended is drawn to its newest value after a start, goes on, and is ended, written and verified like any other', async () => {
  room = openTestRoom();
  plugMonitorsIn(room);
  const sessionId = room.openSession();
  await room.pass(3000);
  startDose(room);
  await room.pass(20_000);
  const measured = measureOn(sessionId);
  await room.restart(() => room.clock.stall(hours * hourMs));
  room.room.connectMonitors();
  await room.pass(30_000);
  const { records } = room.room;
  const { session, read } = records.record(sessionId);
  const { trend } = read.vitals;
  expect(trend.length).toBeGreaterThanOrEqual(hours * 3600 + 40);
  expect(trend.columns.spo2.slice(-10).some((value) => value !== null)).toBe(true);
  expect(trend.columns.spo2.slice(30 * 3600, 30 * 3600 + 10).some((value) => value !== null)).toBe(true);
  // What the protocol asked for in forty hours, each point of time for itself; no more than the clock gave.
  expect(session.due.length).toBeLessThan(12 * hours);
  room.insist({ type: 'complete-dose' });
  room.insist({ type: 'end-session', reason: 'left open over the weekend' });
  atOnce(room.room.gatherRecord(sessionId));
  const source = room.room.sessionSource(sessionId);
  const { recorder } = room.room;
  expect(source.recordHash).toBe(
    recordSeal(recorder.storage.store, sessionId, recorder.sessions.find(sessionId)?.log.at(-1)?.seq ?? 0)?.recordHash,
  );
  const write = await loadWriter('csv');
  expect(String(write(source)).split('\n').length).toBeGreaterThan(measured);
  expect(Buffer.from(recordPdf(source, 'one-page')).subarray(0, 5).toString()).toBe('%PDF-');
  expect(recordDocument(source).gaps.length).toBeGreaterThan(0);
  await room.room.close();
  expect(verifyDatabase(room.folder, testRoomKey).problems).toEqual([]);
});

test('WINDOW-6 of a session that is left for longer the print says where its lines end, and a value beside a later cuff is not looked up', async () => {
  room = openTestRoom();
  const sessionId = room.openSession();
  const source = room.room.sessionSource(sessionId);
  const { openedMs } = source.state;
  const emptyColumn = Array.from({ length: trendSpanMaxMs / 1000 }, () => null);
  const columns = { 'pulse-rate': emptyColumn, spo2: emptyColumn, 'resp-rate': emptyColumn, etco2: emptyColumn, 'heart-rate': emptyColumn };
  const trend = { fromMs: openedMs, stepMs: 1000, length: emptyColumn.length, columns };
  const cuffs = [-hourMs, hourMs].map((ms) => ({ atMs: openedMs + trendSpanMaxMs + ms, sys: 120, dia: 70, mean: null, byHand: false }));
  const leftOpen = { ...source, vitals: { trend, cuffs }, nowMs: openedMs + trendSpanMaxMs + 2 * hourMs };
  const [within, later] = recordDocument(leftOpen).vitals;
  expect(within?.spo2Percent).toEqual({ absent: 'not measured' });
  expect(later?.spo2Percent).toEqual({ absent: 'not looked up: more than seven days after the opening' });
  const words = 'lines end after seven days';
  expect(JSON.stringify(recordPages(leftOpen, 'one-page'))).toContain(words);
  expect(JSON.stringify(recordPages({ ...leftOpen, vitals: source.vitals }, 'one-page'))).not.toContain(words);
});
