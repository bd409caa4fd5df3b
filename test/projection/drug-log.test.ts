import { afterEach, describe, expect, test } from 'vitest';
import { drugBalances, drugLogEntries } from '../../electron/service/projection/drug-log.ts';
import { decideCount, decideDisposal, decideReceipt } from '../../electron/service/session/room/drug-log.ts';
import type { RoomDecision } from '../../electron/service/session/room/decide-room.ts';
import type { RecordedEvent } from '../../electron/service/session/events/session-event.ts';
import type { Stock } from '../../shared/clinical/controlled-drug.ts';
import type { DrugLogView } from '../../shared/contract/drug-log-view.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { sessionCommandSchema } from '../../shared/contract/session-commands.ts';
import { openTestRoom, startDose, type TestRoom } from '../support/test-room.ts';

const vial: Stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 };
const second = { personId: '018f0000-0000-7000-8000-000000000002', name: 'Therapist' };

let test1: TestRoom | null = null;
afterEach(async () => {
  await test1?.close();
  test1 = null;
});
function openRoom(): TestRoom {
  test1 = openTestRoom();
  return test1;
}

/** As the api does once the second person's PIN was right. */
function inRoom({ room, nurseId }: TestRoom, decision: RoomDecision): void {
  room.recorder.recordRoom(decision, nurseId);
}

function withSecondPerson({ room, nurseId, therapistId }: TestRoom, command: SessionCommandInput): string {
  const sessionId = room.recorder.session?.sessionId ?? '';
  const act = { commandId: room.ids.uuid(), personId: nurseId, secondPersonId: therapistId };
  return room.recorder.execute(act, sessionId, sessionCommandSchema.parse(command)).eventIds[0] ?? '';
}

const view = ({ room }: TestRoom): DrugLogView => room.drugLog.view();
const balanceUg = (opened: TestRoom): number | undefined => view(opened).balances[0]?.balanceUg;

describe('the controlled-drug log of a room', () => {
  test('DRUG-8 the balance is exact over receipts, draws and counts, and each row says what it was after it', async () => {
    const opened = openRoom();
    inRoom(opened, decideCount({ stock: vial, mg: 1500 }, opened.room.drugLog.balanceUg(vial), second));
    await opened.pass(1000);
    inRoom(opened, decideReceipt({ stock: vial, units: 10, lot: 'B2' }, second));
    opened.openSession();
    await opened.pass(1000);
    withSecondPerson(opened, { type: 'draw-controlled-drug', stock: vial, mg: 500 });
    await opened.pass(1000);
    inRoom(opened, decideDisposal({ stock: vial, mg: 500, reason: 'broken' }, opened.room.drugLog.balanceUg(vial), second));
    expect(view(opened).rows.map(({ kind, ug, balanceUg: after }) => [kind, ug, after])).toEqual([
      ['disposed', 500_000, 5_500_000],
      ['drawn', 500_000, 6_000_000],
      ['received', 5_000_000, 6_500_000],
      ['counted', 1_500_000, 1_500_000],
    ]);
    expect(balanceUg(opened)).toBe(5_500_000);
  });

  test('DRUG-8 a vial entered late, before a count that already missed it, is not missed twice', async () => {
    const opened = openRoom();
    inRoom(opened, decideCount({ stock: vial, mg: 1500 }, null, second));
    opened.openSession();
    await opened.pass(60_000);
    const drawnMs = opened.clock.now().utcMs;
    await opened.pass(60_000);
    inRoom(opened, decideCount({ stock: vial, mg: 1000, reason: 'one vial not in the log' }, opened.room.drugLog.balanceUg(vial), second));
    await opened.pass(60_000);
    withSecondPerson(opened, { type: 'draw-controlled-drug', stock: vial, mg: 500, at: { utcMs: drawnMs } });
    expect(balanceUg(opened)).toBe(1_000_000);
    expect(view(opened).rows.map((row) => row.balanceUg)).toEqual([1_000_000, 1_000_000, 1_500_000]);
  });

  test('DRUG-9 a count that differs is refused without a reason; with one it stands with its difference', () => {
    const opened = openRoom();
    inRoom(opened, decideReceipt({ stock: vial, units: 4 }, second));
    const { balanceUg: expectedUg } = view(opened).balances[0] ?? { balanceUg: null };
    const refused = decideCount({ stock: vial, mg: 1500 }, expectedUg, second);
    expect('refusal' in refused ? refused.refusal : null).toEqual({
      code: 'DRUG_COUNT_DIFFERS',
      message:
        'The log says 2000 mg (4 vials) of ketamine, vial of 500 mg (50 mg/mL), you counted 1500 mg (3 vials): 500 mg (1 vial) is missing. Count again together, or give the reason.',
      subject: 'reason',
    });
    inRoom(opened, decideCount({ stock: vial, mg: 1500, reason: 'searched, not found' }, expectedUg, second));
    expect(view(opened).balances[0]).toMatchObject({ balanceUg: 1_500_000, lastCount: { differenceUg: -500_000 } });
    expect(view(opened).rows.find((row) => row.kind === 'counted')).toMatchObject({
      differenceUg: -500_000,
      reason: 'searched, not found',
    });
    expect('events' in decideCount({ stock: vial, mg: 1500 }, 1_500_000, second)).toBe(true);
  });

  test('DRUG-10 a first count has nothing to differ from, also where vials were drawn before it', () => {
    const opened = openRoom();
    opened.openSession();
    withSecondPerson(opened, { type: 'draw-controlled-drug', stock: vial, mg: 500 });
    expect(opened.room.drugLog.balanceUg(vial)).toBeNull();
    inRoom(opened, decideCount({ stock: vial, mg: 2000 }, opened.room.drugLog.balanceUg(vial), second));
    expect(view(opened).balances[0]).toMatchObject({ balanceUg: 2_000_000, lastCount: { differenceUg: 0 } });
    expect(view(opened).rows.find((row) => row.kind === 'counted')?.differenceUg).toBeNull();
  });

  test('DRUG-11 an undone entry stays in the log and counts for nothing', () => {
    const opened = openRoom();
    inRoom(opened, decideReceipt({ stock: vial, units: 4 }, second));
    opened.openSession();
    const drawn = withSecondPerson(opened, { type: 'draw-controlled-drug', stock: vial, mg: 500 });
    expect(balanceUg(opened)).toBe(1_500_000);
    opened.execute({ type: 'undo', eventId: drawn });
    expect(balanceUg(opened)).toBe(2_000_000);
    expect(view(opened).rows.find((row) => row.eventId === drawn)).toMatchObject({ undone: true, balanceUg: null });
  });

  test('DRUG-12 what was given comes from the dose, and an ended session with something open is named', async () => {
    const opened = openRoom();
    inRoom(opened, decideReceipt({ stock: vial, units: 4 }, second));
    opened.openSession();
    withSecondPerson(opened, { type: 'draw-controlled-drug', stock: vial, mg: 500 });
    startDose(opened);
    await opened.pass(20 * 60_000);
    opened.execute({ type: 'stop-dose-early', reason: 'patient-asked' });
    withSecondPerson(opened, { type: 'waste-controlled-drug', stock: vial, parts: [{ from: 'vial', mg: 460 }] });
    expect(view(opened).rows.filter((row) => row.kind === 'given')).toEqual([
      expect.objectContaining({ eventId: null, ug: 20_000, balanceUg: null, witness: null }),
    ]);
    expect(view(opened).unaccounted).toEqual([]);
    opened.execute({ type: 'end-session', reason: 'test' });
    expect(view(opened).unaccounted).toEqual([
      expect.objectContaining({ drawnUg: 500_000, givenUg: 20_000, wastedUg: 460_000, openUg: 20_000 }),
    ]);
  });

  test('DRUG-13 the log is the same after a restart as before it', async () => {
    const opened = openRoom();
    inRoom(opened, decideReceipt({ stock: vial, units: 4 }, second));
    opened.openSession();
    const drawn = withSecondPerson(opened, { type: 'draw-controlled-drug', stock: vial, mg: 500 });
    withSecondPerson(opened, { type: 'draw-controlled-drug', stock: vial, mg: 500 });
    opened.execute({ type: 'undo', eventId: drawn });
    const before = view(opened);
    await opened.restart();
    expect(view(opened)).toEqual(before);
    expect(before.rows).toHaveLength(3);
  });

  test('DRUG-16 a draw beyond the balance is recorded, and the log says that it is below zero', () => {
    const opened = openRoom();
    inRoom(opened, decideCount({ stock: vial, mg: 0 }, null, second));
    opened.openSession();
    withSecondPerson(opened, { type: 'draw-controlled-drug', stock: vial, mg: 500 });
    expect(balanceUg(opened)).toBe(-500_000);
    const refused = decideDisposal({ stock: vial, mg: 1, reason: 'said why' }, opened.room.drugLog.balanceUg(vial), second);
    expect('refusal' in refused ? refused.refusal.code : null).toBe('DRUG_WASTE_EXCEEDS');
  });

  test('DRUG-8 stocks of one drug in two strengths are counted apart, whatever the case of their name', () => {
    const strong: Stock = { ...vial, ugPerMl: 100_000 };
    const receipt = (stock: Stock, seq: number): RecordedEvent =>
      ({
        seq,
        eventId: `e${seq}`,
        sessionId: null,
        kind: 'controlled-drug-received',
        body: { stock, units: 1, ug: stock.unitUg, witness: second },
        occurred: { utcMs: seq, offsetMin: 0 },
        recorded: { utcMs: seq, offsetMin: 0 },
      }) as unknown as RecordedEvent;
    const entries = drugLogEntries([receipt(vial, 1), receipt(strong, 2), receipt({ ...vial, drug: ' Ketamine ' }, 3)]);
    expect(drugBalances(entries).stocks.map((balance) => balance.balanceUg)).toEqual([500_000, 1_000_000]);
  });
});
