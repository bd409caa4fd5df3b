import { describe, expect, test } from 'vitest';
import {
  distinctStocks,
  drawCommand,
  leftAfter,
  stockTyped,
  wasteCommand,
  wasteDraft,
} from '../../../../renderer/sheets/drug-log/amounts-typed.ts';
import type { Stock } from '../../../../shared/clinical/controlled-drug.ts';
import { goldenEvents } from '../../../fixtures/boards/golden-events.ts';

const vial: Stock = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 };
/** The dose is over: 29.25 mg given of 40, and nothing wasted yet. */
const over = {
  ...goldenEvents.controlledDrugs,
  givenUg: 29_250,
  openUg: 470_750,
  offered: [
    { from: 'vial' as const, ug: 460_000 },
    { from: 'bag' as const, ug: 10_750 },
  ],
};

describe('amounts of controlled drugs as typed', () => {
  test('DRUG-18 vials become mg, with a comma or a point, and a word is no number', () => {
    expect(drawCommand(vial, '2', ' A17 ')).toEqual({
      ok: true,
      command: { type: 'draw-controlled-drug', stock: vial, mg: 1000, lot: 'A17' },
    });
    expect(drawCommand(vial, '0,5', '')).toMatchObject({ command: { mg: 250 } });
    for (const typed of ['', '0', 'one', '-1']) expect(drawCommand(vial, typed, '').ok).toBe(false);
  });

  test('DRUG-18 what is offered is what is sent when nothing is changed, and it closes the account', () => {
    const draft = wasteDraft(over, true);
    expect(draft.parts).toEqual([
      { from: 'vial', mg: '460' },
      { from: 'bag', mg: '10.75' },
    ]);
    expect(leftAfter(over, draft)).toBe(0);
    expect(wasteCommand(vial, draft, 0, true)).toEqual({
      ok: true,
      command: {
        type: 'waste-controlled-drug',
        stock: vial,
        parts: [
          { from: 'vial', mg: 460 },
          { from: 'bag', mg: 10.75 },
        ],
      },
    });
  });

  test('DRUG-18 more than the dose leaves waits for a reason, and carries it', () => {
    const draft = { ...wasteDraft(over, true), parts: [{ from: 'bag' as const, mg: '480' }] };
    const left = leftAfter(over, draft);
    expect(left).toBe(-9250);
    expect(wasteCommand(vial, draft, left, true)).toEqual({ ok: false, waitsFor: 'say why it differs' });
    expect(wasteCommand(vial, { ...draft, reason: ' read twice ' }, left, true)).toMatchObject({
      command: { differenceReason: 'read twice' },
    });
  });

  test('DRUG-18 an amount that is no number is named, and an empty field is nothing typed', () => {
    const draft = wasteDraft(over, true);
    const typed = (mg: string) => ({ ...draft, parts: [{ from: 'bag' as const, mg }] });
    expect(wasteCommand(vial, typed('ten'), null, true)).toEqual({ ok: false, waitsFor: 'type a number' });
    expect(wasteCommand(vial, typed(''), null, true)).toEqual({ ok: false, waitsFor: 'type the amounts' });
    expect(leftAfter(over, typed('ten'))).toBeNull();
    expect(wasteCommand(vial, typed('1'), null, false)).toEqual({ ok: false, waitsFor: 'type how much was given' });
  });

  test('DRUG-18 another stock is drug, package and strength in full, each stock offered once', () => {
    expect(stockTyped({ drug: ' midazolam ', unit: 'ampoule', unitMg: '5', mgPerMl: '1' })).toEqual({
      drug: 'midazolam',
      unit: 'ampoule',
      unitUg: 5000,
      ugPerMl: 1000,
    });
    expect(stockTyped({ drug: 'midazolam', unit: 'ampoule', unitMg: '5', mgPerMl: 'x' })).toBeNull();
    expect(stockTyped({ drug: '', unit: 'vial', unitMg: '5', mgPerMl: '' })).toBeNull();
    expect(distinctStocks([vial, null, { ...vial, drug: 'Ketamine' }])).toEqual([vial]);
  });
});
