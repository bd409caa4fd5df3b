import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drugBalances, drugLogEntries, isDrugLogEvent } from '../../electron/service/projection/drug-log.ts';
import {
  correctsSettled,
  isDrugCorrection,
  nothingSettled,
  settle,
  standsInSettled,
} from '../../electron/service/projection/settled-drug-log.ts';
import type { RecordedEvent } from '../../electron/service/session/events/session-event.ts';
import type { Stock } from '../../shared/clinical/controlled-drug.ts';

const vials: readonly Stock[] = [50_000, 100_000].map((ugPerMl) => ({ drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl }));
const witness = { personId: '018f0000-0000-7000-8000-000000000002', name: 'Therapist' };
const minuteMs = 60_000;

/** One event after so many: an entry now or late, or an undo or a moved time of any event before it. */
function nextEvent(before: readonly RecordedEvent[], { kind, back, late }: { kind: number; back: number; late: number }): RecordedEvent {
  const seq = before.length + 1;
  const now = { utcMs: seq * minuteMs, offsetMin: 0 };
  const at = { utcMs: now.utcMs - late * minuteMs, offsetMin: 0 };
  const about = before[before.length - 1 - (back % Math.max(1, before.length))];
  const stock = vials[kind % 2];
  const frame = { seq, eventId: `e${seq}`, recorded: now, occurred: at, supersedes: null };
  const ofRoom = { ...frame, sessionId: null };
  const ofSession = { ...frame, sessionId: 'a session' };
  const event = (() => {
    switch (kind % 9) {
      case 0:
        return { ...ofRoom, kind: 'controlled-drug-received', body: { stock, units: 1, ug: 500_000, witness } };
      case 1:
        return { ...ofRoom, kind: 'controlled-drug-counted', body: { stock, countedUg: 1_000_000, expectedUg: null, witness } };
      case 2:
      case 3:
      case 4:
        return { ...ofSession, kind: 'controlled-drug-drawn', body: { stock, ug: 500_000, forDose: true, witness } };
      case 5:
        return { ...ofSession, kind: 'observation-recorded', body: { text: 'calm', chips: [] } };
      case 6:
        return { ...ofSession, kind: 'controlled-drug-wasted', body: { stock, ug: 1000, parts: [], witness } };
      case 7:
        return (about?.sessionId ?? null) === null
          ? { ...ofSession, kind: 'controlled-drug-drawn', body: { stock, ug: 250_000, forDose: false, witness } }
          : { ...ofSession, kind: 'event-undone', body: { eventId: about?.eventId } };
      default:
        return (about?.sessionId ?? null) === null
          ? { ...ofSession, kind: 'controlled-drug-drawn', body: { stock, ug: 250_000, forDose: false, witness } }
          : { ...ofSession, kind: 'time-corrected', body: { eventId: about?.eventId, to: at } };
    }
  })();
  return event as unknown as RecordedEvent;
}

const step = fc.record({
  kind: fc.nat(89),
  back: fc.oneof({ weight: 6, arbitrary: fc.nat(4) }, fc.nat(40)),
  late: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.nat(40)),
});

describe('a controlled-drug log whose oldest entries are settled', () => {
  test('DRUG-19 says of what is left and of the balances what the whole log says, or says that it cannot', () => {
    const seen = { settled: 0, reachedBack: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), fc.nat(100), fc.nat(6), (steps, share, left) => {
        const events = steps.reduce<RecordedEvent[]>((before, given) => [...before, nextEvent(before, given)], []);
        const until = Math.floor((events.length * share) / 100);
        const before = settle(nothingSettled, events.slice(0, until), left);
        if (before === null) return;
        const { settled } = before;
        const sources = events.filter(({ seq }) => seq > settled.throughSeq);
        expect(before.sources).toEqual(sources.filter(({ seq }) => seq <= until));
        const entries = drugLogEntries(sources);
        const find = (eventId: string): RecordedEvent | null => events.find((event) => event.eventId === eventId) ?? null;
        const reachesBack = (some: readonly RecordedEvent[]): boolean => {
          const ids = new Set(some.map(({ eventId }) => eventId));
          const elsewhere = some.filter(isDrugCorrection).filter(({ body }) => !ids.has(body.eventId));
          return standsInSettled(settled, drugLogEntries(some)) || elsewhere.some((event) => correctsSettled(settled, event, find));
        };
        // What was known when it was settled never does.
        expect(reachesBack(before.sources)).toBe(false);
        if (reachesBack(sources)) {
          seen.reachedBack += 1;
          return;
        }
        seen.settled += 1;
        const whole = drugLogEntries(events);
        expect(settled.entries + entries.length).toBe(whole.length);
        expect(entries).toEqual(whole.slice(settled.entries));
        expect(settled.entries).toBe(events.filter((event) => event.seq <= settled.throughSeq).filter(isDrugLogEvent).length);
        const [expected, actual] = [drugBalances(whole), drugBalances(entries, settled.balances)];
        expect(actual.stocks).toEqual(expected.stocks);
        for (const { event } of entries) expect(actual.after.get(event.eventId)).toBe(expected.after.get(event.eventId));
      }),
      { numRuns: 400, seed: 171 },
    );
    // Both were met, or nothing would have been tried.
    expect(seen.settled).toBeGreaterThan(50);
    expect(seen.reachedBack).toBeGreaterThan(20);
  });

  test('DRUG-19 an undo of an undo is about the entry that comes back by it', () => {
    const draw = { kind: 2, back: 0, late: 0 };
    const undo = { kind: 7, back: 0, late: 0 };
    const events = [draw, undo, draw, draw, draw].reduce<RecordedEvent[]>((before, given) => [...before, nextEvent(before, given)], []);
    const find = (eventId: string): RecordedEvent | null => events.find((event) => event.eventId === eventId) ?? null;
    const { settled } = settle(nothingSettled, events, 1) ?? { settled: nothingSettled };
    expect(settled.throughSeq).toBe(4);
    const undoOfUndo = nextEvent(events, { kind: 7, back: 3, late: 0 });
    expect(undoOfUndo).toMatchObject({ kind: 'event-undone', body: { eventId: 'e2' } });
    expect(isDrugCorrection(undoOfUndo) && correctsSettled(settled, undoOfUndo, find)).toBe(true);
    // Known in time, it goes with the entry, or both stay.
    const later = nextEvent([...events, undoOfUndo], draw);
    expect(settle(nothingSettled, [...events, undoOfUndo, later], 1)?.settled.throughSeq).toBe(6);
    expect(settle(nothingSettled, [...events, undoOfUndo, later], 2)).toBeNull();
  });

  test('DRUG-19 settles in two goes what it settles in one', () => {
    const plain = Array.from({ length: 40 }, (_, index) => ({ kind: index % 7, back: 0, late: 0 }));
    const events = plain.reduce<RecordedEvent[]>((before, given) => [...before, nextEvent(before, given)], []);
    const first = settle(nothingSettled, events.slice(0, 25), 5);
    const second = settle(first?.settled ?? nothingSettled, [...(first?.sources ?? []), ...events.slice(25)], 5);
    expect(second).toEqual(settle(nothingSettled, events, 5));
    expect(second?.settled.entries).toBeGreaterThan(first?.settled.entries ?? 0);
  });
});
