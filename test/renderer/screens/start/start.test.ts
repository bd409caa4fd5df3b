import { describe, expect, test } from 'vitest';
import { initialsOf } from '../../../../renderer/components/initials.tsx';
import { numberTyped } from '../../../../renderer/format/number-typed.ts';
import { valueOfKey } from '../../../../renderer/sheets/rating/use-answer-keys.ts';
import { rangeOf, signed, valuesOf } from '../../../../renderer/sheets/rating/answer-values.ts';
import { baselineWords } from '../../../../renderer/screens/start/baseline-words.ts';
import { clockTimeAt } from '../../../../shared/values/clock-time.ts';
import { formatsOfCountry } from '../../../../shared/values/formats.ts';
import { readBackLine, readBackList } from '../../../../renderer/sheets/checks/read-back.ts';
import { requiredOpen, startWait } from '../../../../renderer/screens/start/start-waits.ts';
import { asEntered, changeSince, gramsTyped, inOtherUnit } from '../../../../renderer/screens/start/weight-words.ts';
import type { Vital } from '../../../../shared/contract/board/vitals.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { goldenBoard } from '../../../fixtures/boards/golden-board.ts';
import { preparing } from '../../../gallery/screen-boards.ts';

function sessionAt(step: Parameters<typeof preparing>[0]) {
  const { session } = preparing(step);
  if (session === null) throw new Error('a room that prepares has a session');
  return session;
}

function goldenFull() {
  const { vitals, session } = goldenBoard({ state: 'full' });
  if (session === null) throw new Error('the golden room has a session');
  return { vitals, session };
}

function atMsOf(vital: Vital): number {
  if (!('atMs' in vital)) throw new Error('this tile shows a figure');
  return vital.atMs;
}

describe('the start of a session', () => {
  test('SCREEN-16 the start names what it waits for, and starts only when the service waits for nothing', () => {
    expect(startWait(sessionAt('opened'), true)).toEqual({ words: 'the weight', final: true, at: 'weight' });
    expect(startWait({ ...sessionAt('ordered'), dose: { ...sessionAt('ordered').dose, order: null } }, true)).toEqual({
      words: 'the dose order',
      final: true,
      at: 'order',
    });
    expect(startWait(sessionAt('ordered'), true)).toEqual({ words: '3 items above', final: false });
    expect(startWait(sessionAt('all'), true)).toBeNull();
  });

  test('SCREEN-16 a weight corrected after the order is waited for, whatever else is ticked', () => {
    const session = sessionAt('ordered');
    const heavier = { ...session, weight: { grams: 82_000, entered: { value: 82, unit: 'kg' }, atMs: 0 } } as const;
    expect(startWait(heavier, true)).toEqual({ words: 'the order with the corrected weight', final: true, at: 'order' });
  });

  test('SCREEN-16 with all ticked and no monitor it waits for a live one, or names the vitals by hand where the room has none, and a reason may overrule that', () => {
    const session = sessionAt('all');
    const actions = session.actions.map((one) =>
      one.action.type === 'start-dose' ? { ...one, waitsFor: 'No monitor gives readings.' } : one,
    );
    expect(startWait({ ...session, actions }, true)).toEqual({ words: 'a live monitor', final: false });
    expect(startWait({ ...session, actions }, false)).toEqual({
      words: 'no monitor in this room: vitals by hand',
      final: false,
      comes: false,
    });
  });

  test('SCREEN-16 only open hard stops are counted', () => {
    expect(requiredOpen(sessionAt('ordered')).map((entry) => entry.milestone)).toEqual(['double_check', 'bedside_alarms_on', 'timeout']);
    expect(requiredOpen(sessionAt('all'))).toEqual([]);
  });

  test('SCREEN-17 a weight without a unit is no weight', () => {
    expect(gramsTyped(80, null)).toBeNull();
    expect(gramsTyped(null, 'kg')).toBeNull();
    expect(gramsTyped(0, 'kg')).toBeNull();
    expect(gramsTyped(80, 'kg')).toBe(80_000);
    expect(gramsTyped(176, 'lb')).toBe(79_832);
  });

  test('SCREEN-17 the other unit and the change since the last visit stand beside it', () => {
    expect(inOtherUnit(80_000, 'kg')).toBe('176.4 lb');
    expect(inOtherUnit(79_832, 'lb')).toBe('79.83 kg');
    expect(asEntered({ value: 80, unit: 'kg' })).toBe('80.0 kg');
    expect(changeSince(80_000, 79_600)).toEqual({ kg: '+0.4', percent: '+0.5' });
    expect(changeSince(78_000, 80_000)).toEqual({ kg: '−2.0', percent: '−2.5' });
    expect(changeSince(80_000, 80_000)).toEqual({ kg: '±0.0', percent: '±0.0' });
  });

  test('SCREEN-18, AMOUNT-3 the read-back is drug, concentration, bag, rate, whose order it is and the patient, of the order that stands', () => {
    const list = readBackList(sessionAt('ordered'), clockTimeAt(-300, formatsOfCountry.uk));
    if (list === null) throw new Error('a dose is ordered');
    expect(readBackLine(list)).toBe(
      'ketamine; 1 mg/mL; 40 mg in 40 mL; 60 mL/h; standing order of protocol "IV ketamine 0.5 mg/kg over 40 min" v1; Demo Patient, 14 Mar 1984',
    );
    expect(readBackList(sessionAt('opened'), clockTimeAt(-300, formatsOfCountry.uk))).toBeNull();
  });

  test('SCREEN-18 a check of another order keeps the start waiting until it is read back again', () => {
    const session = sessionAt('all');
    const doubleCheck = { atMs: 0, readBack: 'x', by: 'Nurse', witness: 'Second nurse', stale: true };
    const changed = { ...session, dosing: { ...session.dosing, doubleCheck } };
    expect(requiredOpen(changed).map((entry) => entry.milestone)).toEqual(['double_check']);
    expect(requiredOpen({ ...changed, dosing: { ...session.dosing, doubleCheck: { ...doubleCheck, stale: false } } })).toEqual([]);
  });

  test('SCREEN-19 baseline words take only live figures', () => {
    const { vitals, session } = goldenFull();
    expect(baselineWords(vitals, session)).toMatch(/^158\/96, pulse \d+, SpO₂ \d+ %, resp \d+$/);
    expect(baselineWords(goldenBoard({ state: 'stale' }).vitals, session)).toBeNull();
    expect(baselineWords({ ...vitals, spo2: { state: 'not-connected' } }, session)).not.toContain('SpO₂');
  });

  test('SCREEN-60 a pressure of before this session, which may be the last patient’s, is no baseline of this one', () => {
    const { vitals, session } = goldenFull();
    const openedAfter = (vital: Vital) => ({ ...session, openedMs: atMsOf(vital) + 2000, cuffReadings: [] });
    expect(baselineWords(vitals, openedAfter(vitals['nibp-sys']))).toMatch(/^pulse \d+, SpO₂ \d+ %, resp \d+$/);
    expect(baselineWords(vitals, openedAfter(vitals['pulse-rate']))).toBeNull();
  });

  test('SCREEN-60 the baseline has the pressure of the record, never one that was marked as an artefact', () => {
    const { vitals, session } = goldenFull();
    const marked = session.cuffReadings.map((cuff) => (cuff.sys === 158 ? { ...cuff, artefact: true as const } : cuff));
    expect(baselineWords(vitals, { ...session, cuffReadings: marked })).not.toContain('158');
    expect(baselineWords(vitals, { ...session, cuffReadings: [] })).toMatch(/^pulse \d+/);
  });
});

describe('what is typed and shown', () => {
  test.each([
    ['80', 80],
    ['80.5', 80.5],
    ['80,5', 80.5],
    [' .5 ', 0.5],
    ['', null],
    ['.', null],
    ['8e3', null],
    ['-5', null],
    ['1.2.3', null],
    ['kg', null],
  ])('SCREEN-20 "%s" is the number %o', (typed, value) => {
    expect(numberTyped(typed)).toBe(value);
  });

  test('SCREEN-21 digit keys answer within the range, SUDS in tens, RASS not at all', () => {
    expect(valueOfKey(instruments['cadss-23'], 12, '4')).toBe(4);
    expect(valueOfKey(instruments['cadss-23'], 12, '5')).toBeNull();
    expect(valueOfKey(instruments['moaa-s'], 0, '5')).toBe(5);
    expect(valueOfKey(instruments.suds, 0, '7')).toBe(70);
    expect(valueOfKey(instruments.suds, 0, 'x')).toBe(100);
    expect(valueOfKey(instruments['cadss-6'], 0, 'x')).toBeNull();
    expect(valueOfKey(instruments.rass, 0, '1')).toBeNull();
    expect(valueOfKey(instruments['cadss-23'], 99, '1')).toBeNull();
  });

  test('SCREEN-21 every whole step of a scale is offered', () => {
    const [item] = instruments.suds.items;
    if (item === undefined) throw new Error('SUDS has an item');
    expect(valuesOf(item)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
    expect(rangeOf(item)).toBe('0 calm to 100 the worst imaginable');
    expect([signed(-3, true), signed(0, true), signed(2, true), signed(2, false)]).toEqual(['−3', '0', '+2', '2']);
  });

  test('SCREEN-22 initials are the first letters of the first and the last word', () => {
    expect(['Demo Patient', 'Anneliese-Charlotte van der Berg', 'Nurse', ' '].map(initialsOf)).toEqual(['DP', 'AB', 'N', '']);
  });
});
