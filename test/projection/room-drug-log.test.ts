import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { drugBalances, drugLog, drugLogEntries, type DrugLogSources } from '../../electron/service/projection/drug-log.ts';
import { RoomDrugLog } from '../../electron/service/projection/room-drug-log.ts';
import { drugPageLength } from '../../electron/service/store/event-reader.ts';
import type { RecordedEventDraft } from '../../electron/service/store/event-log.ts';
import type { Store } from '../../electron/service/store/store.ts';
import type { DrugLogView } from '../../shared/contract/drug-log-view.ts';
import { createRoomFixture, draft, memoryFolder, type RoomFixture } from '../store/room-fixture.ts';

const stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;
const witness = { personId: '018f0000-0000-7000-8000-000000000002', name: 'Therapist' };
const from: DrugLogSources = { facts: () => null, patientOf: () => null, nameAt: () => null };

let room: RoomFixture;
let store: Store;
beforeEach(() => {
  room = createRoomFixture(171, mkdtempSync(join(memoryFolder(), 'vigil-drug-log-')));
  store = room.open();
});
afterEach(() => {
  store.close();
  room.close();
});

function* nothing(): Generator<void> {
  // Its sessions are not looked at here.
}

const roomLog = (): RoomDrugLog => new RoomDrugLog({ ...from, log: () => store, gatherFacts: nothing });

function drawn(tick: number): RecordedEventDraft {
  return draft(room.ids, 'controlled-drug-drawn', { stock, ug: 1000, forDose: true, witness }, { tick, sessionId: room.ids.uuid() });
}

/** A receipt and so many draws of 1 mg, a second apart. */
function appendLog(draws: number): readonly RecordedEventDraft[] {
  const received = draft(room.ids, 'controlled-drug-received', { stock, units: 10, ug: 5_000_000, witness });
  const drafts = [received, ...Array.from({ length: draws }, (_, index) => drawn(index + 1))];
  store.events.appendAll(drafts);
  return drafts;
}

/** By the whole log. */
function wholeView(): DrugLogView {
  const entries = drugLogEntries(store.events.readDrugSources());
  return drugLog(entries, drugBalances(entries), from, 200);
}

/** The steps in which a log that was just opened is read. */
function stepsOf(log: RoomDrugLog): number {
  return [...log.gather()].length;
}

describe('the controlled-drug log of a room of years', () => {
  test('DRUG-20 reads after a start what came since it was settled, and says what the whole log says', () => {
    appendLog(10 * drugPageLength);
    const first = roomLog();
    expect(stepsOf(first)).toBe(10);
    expect(first.view()).toEqual(wholeView());
    expect(first.balanceUg(stock)).toBe(3_000_000);
    store.derived.flush();
    const next = roomLog();
    expect(stepsOf(next)).toBeLessThanOrEqual(3);
    expect(next.view()).toEqual(wholeView());
    expect(next.balanceUg(stock)).toBe(3_000_000);
  });

  test('DRUG-20 goes on settling while the room is open', () => {
    const log = roomLog();
    log.view();
    for (let turn = 0; turn < 3; turn += 1) {
      log.take(store.events.appendAll(Array.from({ length: 450 }, (_, index) => drawn(turn * 450 + index))));
      log.settle();
      expect(log.view()).toEqual(wholeView());
    }
    store.derived.flush();
    expect(store.derived.find('drug-log', 'room')?.throughSeq).toBe(1050);
  });

  test.each([
    {
      what: 'an undo',
      event: (eventId: string) => draft(room.ids, 'event-undone', { eventId }, { sessionId: room.ids.uuid(), supersedes: eventId }),
    },
    { what: 'an entry of long ago', event: () => drawn(-5) },
  ])('DRUG-20 $what that reaches back behind what is settled is in every figure, at once and after a start', ({ event }) => {
    const [, early] = appendLog(8 * drugPageLength);
    const log = roomLog();
    const before = log.view();
    store.derived.flush();
    log.take(store.events.appendAll([event(early?.eventId ?? '')]));
    expect(log.view()).toEqual(wholeView());
    expect(log.view().balances).not.toEqual(before.balances);
    expect(roomLog().view()).toEqual(wholeView());
    // More entries come, and it is settled once again.
    log.take(store.events.appendAll(Array.from({ length: 600 }, (_, index) => drawn(9 * drugPageLength + index))));
    log.settle();
    store.derived.flush();
    expect(store.derived.find('drug-log', 'room')?.throughSeq).toBeGreaterThan(8 * drugPageLength);
    expect(log.view()).toEqual(wholeView());
    expect(roomLog().view()).toEqual(wholeView());
  });

  test('DRUG-20 what is recorded while it is read is in it', () => {
    appendLog(2 * drugPageLength);
    const log = roomLog();
    const steps = log.gather();
    steps.next();
    log.take(store.events.appendAll([drawn(5000)]));
    for (const _step of steps);
    expect(log.view()).toEqual(wholeView());
  });
});
