import { afterEach, describe, expect, test } from 'vitest';
import type { Stock } from '../../shared/clinical/controlled-drug.ts';
import { openTestRoom, testPin, type TestRoom } from '../support/test-room.ts';
import { pageOf, codeOf } from '../support/page.ts';

const vial: Stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 };

let opened: TestRoom | null = null;
afterEach(async () => {
  await opened?.close();
  opened = null;
});

const entriesIn = (room: TestRoom): number => room.room.drugLog.view().rows.length;

describe('the drug log, called by a page', () => {
  test('DRUG-14 nobody witnesses their own entry, and a wrong PIN writes nothing but its refusal', async () => {
    opened = openTestRoom();
    const { room, nurseId, therapistId } = opened;
    const page = pageOf(opened.host);
    const receipt = { commandId: room.ids.uuid(), stock: vial, units: 2 };
    expect(await codeOf(page.drugLog.view())).toBe('STAFF_NOT_SIGNED_IN');
    await page.staff.signIn({ personId: nurseId, pin: testPin });
    expect(await codeOf(page.drugLog.receive({ ...receipt, witness: { personId: nurseId, pin: testPin } }))).toBe('STAFF_OWN_WITNESS');
    expect(await codeOf(page.drugLog.receive({ ...receipt, witness: { personId: therapistId, pin: '135790' } }))).toBe('STAFF_WRONG_PIN');
    expect(entriesIn(opened)).toBe(0);
    const view = await page.drugLog.receive({ ...receipt, witness: { personId: therapistId, pin: testPin } });
    expect(view.rows).toEqual([expect.objectContaining({ kind: 'received', ug: 1_000_000, by: 'Nurse', witness: 'Therapist' })]);
    // The PIN stays out of the record.
    expect(JSON.stringify(room.recorder.storage.store.events.readDrugSources())).not.toContain(testPin);
  });

  test('DRUG-14 a therapist reads and keeps no drug log, and a witness is no administrator', async () => {
    opened = openTestRoom();
    const page = pageOf(opened.host);
    await page.staff.signIn({ personId: opened.therapistId, pin: testPin });
    expect(await codeOf(page.drugLog.view())).toBe('STAFF_NOT_ALLOWED');
    const count = { commandId: opened.room.ids.uuid(), stock: vial, mg: 0, witness: { personId: opened.nurseId, pin: testPin } };
    expect(await codeOf(page.drugLog.count(count))).toBe('STAFF_NOT_ALLOWED');
    expect(entriesIn(opened)).toBe(0);
  });

  test('DRUG-15 a repeated call writes one entry and answers both times', async () => {
    opened = openTestRoom();
    const { room, nurseId, therapistId } = opened;
    const page = pageOf(opened.host);
    await page.staff.signIn({ personId: nurseId, pin: testPin });
    const receipt = { commandId: room.ids.uuid(), stock: vial, units: 2, witness: { personId: therapistId, pin: testPin } };
    const [first, again] = [await page.drugLog.receive(receipt), await page.drugLog.receive(receipt)];
    expect(again).toEqual(first);
    expect(entriesIn(opened)).toBe(1);
  });
});
