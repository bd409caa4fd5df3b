import { describe, expect, test } from 'vitest';
import { recordHistory } from '../../../../electron/service/projection/record-history.ts';
import { entryInstant } from '../../../../renderer/components/act/use-entry-instant.ts';
import { parseTimeOfDay } from '../../../../renderer/format/time-of-day.ts';
import { wholeRecord } from '../../../../renderer/screens/record/entry-history.ts';
import type { RecordLine } from '../../../../renderer/screens/record/entry-list.ts';
import type { CompletenessItemView } from '../../../../shared/contract/signing.ts';
import { goldenBoard } from '../../../fixtures/boards/golden-board.ts';
import { dosing, startMs, type PlayedSession } from '../../../session/played-session.ts';

const names = () => 'First';

/** The list of a session, whose own marks are those of an empty board: what is here comes from the history. */
function listOf(session: PlayedSession, items: readonly CompletenessItemView[] = []): RecordLine[] {
  const section = goldenBoard({ state: 'empty' }).session;
  if (section === null) throw new Error('the golden board has a session');
  return wholeRecord(section, { history: recordHistory(session.open, names), signing: { items: [...items] } });
}

describe('the past of a record', () => {
  test('RECORD-3 an observation undone stands struck with who and why, and a corrected one with its first time and words', () => {
    const session = dosing().at(10);
    const gone = session.do({ type: 'record-observation', text: 'hands open', chips: [], begunAt: session.nowMs });
    session.do({ type: 'undo', eventId: gone.eventId, reason: 'said by the sitter' });
    const entry = listOf(session).find(({ key }) => key === gone.eventId);
    expect(entry).toMatchObject({ kind: 'note', undone: true, detail: 'hands open', correction: null });
    expect(entry?.earlier).toMatchObject([{ what: 'undone', by: 'First', reason: 'said by the sitter', said: null, undone: false }]);

    const weight = session.log.find(({ kind }) => kind === 'weight-recorded');
    const eventId = weight?.eventId ?? '';
    session.do({ type: 'correct-time', eventId, utcMs: startMs - 60_000, reason: 'scale was busy' });
    expect(listOf(session).find(({ key }) => key === eventId)).toMatchObject({
      atMs: startMs - 60_000,
      undone: false,
      earlier: [{ said: { atMs: weight?.occurred.utcMs }, reason: 'scale was busy' }],
    });
  });

  test('RECORD-4 weight, order, values by hand, reasons and values beyond the protocol are entries', () => {
    const session = dosing().at(10);
    session.do({ type: 'enter-vitals', values: { 'nibp-sys': 165, 'nibp-dia': 99, spo2: 96 } });
    const item = { key: 'x', kind: 'excursion', label: 'Blood pressure 165/99', detail: '', atMs: startMs, asks: 'what-was-done' } as const;
    const entries = listOf(session, [{ ...item, closed: { reason: 'repeated', atMs: startMs, by: 'First' } }]);
    const titles = entries.map(({ title, detail }) => `${title}: ${detail}`);
    expect(titles).toContain('Vitals by hand: blood pressure 165/99 mmHg · SpO₂ 96 %');
    expect(titles).toContain('Blood pressure 165/99, beyond the protocol: what was done: repeated (First)');
    expect(entries.filter(({ title }) => /^(Weight|Order) /.test(title)).map(({ correction }) => correction)).toEqual(['timed', 'timed']);
  });

  test('RECORD-5 10:03 in the record of Friday is of Friday, whatever day it is corrected on', () => {
    const friday = Date.UTC(2026, 10, 20, 16);
    const monday = { utcMs: Date.UTC(2026, 10, 23, 12), offsetMin: 0, hours: 24 } as const;
    expect(parseTimeOfDay('10:03', entryInstant(monday, friday))).toEqual({ ok: true, utcMs: Date.UTC(2026, 10, 20, 10, 3) });
    expect(parseTimeOfDay('10:03', entryInstant(monday, null))).toEqual({ ok: true, utcMs: Date.UTC(2026, 10, 23, 10, 3) });
    expect(entryInstant(monday, monday.utcMs - 60_000)).toEqual(monday);
  });

  test('RECORD-7 neither a private note nor words taken to the private side stand in the history', () => {
    const session = dosing().at(10);
    const noteId = '70000000-0000-7000-8000-000000000007';
    const said = session.do({ type: 'record-observation', text: 'xylophone', chips: [], begunAt: session.nowMs });
    session.append([
      { kind: 'private-note-marked', body: { noteId } },
      { kind: 'event-undone', body: { eventId: said.eventId, reason: 'moved to the private side' }, supersedes: said.eventId },
      { kind: 'text-moved-across', body: { direction: 'to-private', from: 'record', noteId } },
    ]);
    const text = JSON.stringify(recordHistory(session.open, names));
    expect(text).not.toMatch(/xylophone|private|Private|70000000/);
    expect(listOf(session).find(({ key }) => key === said.eventId)).toMatchObject({ undone: true, detail: null });
  });
});
