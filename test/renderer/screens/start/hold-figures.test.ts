import { expect, test } from 'vitest';
import { holdRows } from '../../../../renderer/screens/start/hold-figures.ts';
import type { Vital } from '../../../../shared/contract/board/vitals.ts';
import { preparing } from '../../../gallery/screen-boards.ts';

test('STEP-17 each limit stands beside the latest figure, its age and whose it is', () => {
  const board = preparing('all');
  if (board.session === null) throw new Error('no session');
  const { utcMs: nowMs } = board.clock.now;
  const typed = (value: number, minutes: number): Vital => ({
    state: 'late',
    value,
    atMs: nowMs - minutes * 60_000,
    source: { by: 'person', name: 'Nurse Demo' },
    event: true,
  });
  const vitals = { ...board.vitals, 'pulse-rate': typed(128, 7), spo2: typed(97, 15), 'resp-rate': typed(14, 16) };
  const rows = holdRows(board.session, vitals, { nowMs, temperature: 'Cel' });
  const of = (parameter: string) => rows.find((row) => row.parameter === parameter);
  expect(rows.map(({ label }) => label)).toEqual([
    'Systolic pressure',
    'Diastolic pressure',
    'Pulse',
    'SpO₂',
    'Respiration',
    'MOAA/S',
    'Temperature',
  ]);
  expect(of('pulse-rate')).toEqual({
    parameter: 'pulse-rate',
    label: 'Pulse',
    value: '128 /min',
    source: '7 min ago, Nurse Demo',
    limits: 'hold below 50, above 110',
    verdict: 'beyond',
  });
  expect(of('spo2')).toMatchObject({ value: '97 %', verdict: 'within' });
  expect(of('resp-rate')).toMatchObject({ value: '14 /min, too old', source: '16 min ago, Nurse Demo', verdict: 'unknown' });
  expect(of('temp')).toMatchObject({ value: 'none', source: '', verdict: 'unknown', limits: 'hold above 38.0 °C' });
});

test('STEP-17 a temperature and its limit are written in the unit of the clinic', () => {
  const board = preparing('all');
  if (board.session === null) throw new Error('no session');
  const { utcMs: nowMs } = board.clock.now;
  const temp: Vital = { state: 'late', value: 38.1, atMs: nowMs - 60_000, source: { by: 'person', name: 'Nurse Demo' }, event: true };
  const rows = holdRows(board.session, { ...board.vitals, temp }, { nowMs, temperature: '[degF]' });
  const row = rows.find(({ parameter }) => parameter === 'temp');
  expect(row).toMatchObject({ value: '100.6 °F', limits: 'hold above 100.4 °F', verdict: 'beyond' });
});

test('STEP-17 a pressure that was marked as an artefact is none to start by: the one before it stands there', () => {
  const board = preparing('all');
  if (board.session === null) throw new Error('no session');
  const { utcMs: nowMs } = board.clock.now;
  const cuff = (sys: number, dia: number, minutes: number) => ({ atMs: nowMs - minutes * 60_000, sys, dia, mean: null });
  const typed = { ...cuff(126, 80, 9), byHand: true };
  const marked = { ...cuff(204, 131, 2), byHand: false, artefact: true as const };
  const entry = { eventId: 'a', atMs: typed.atMs, late: false, amendedFromMs: null, enteredMs: typed.atMs, detail: null };
  const typedVitals = [{ ...entry, by: 'Nurse Demo', values: { 'nibp-sys': 126, 'nibp-dia': 80 } }];
  const { session } = board;
  const of = (cuffReadings: readonly (typeof typed | typeof marked)[]) =>
    holdRows({ ...session, cuffReadings: [...cuffReadings], typedVitals }, board.vitals, { nowMs, temperature: 'Cel' });
  expect(of([typed, marked])[0]).toMatchObject({ value: '126 mmHg', source: '9 min ago, Nurse Demo', verdict: 'within' });
  expect(of([marked])[0]).toMatchObject({ value: 'none', source: '', verdict: 'unknown' });
});

test('SCREEN-60 a temperature of before this session is none to start by', () => {
  const board = preparing('all');
  if (board.session === null) throw new Error('no session');
  const { utcMs: nowMs } = board.clock.now;
  const session = { ...board.session, openedMs: nowMs - 120_000 };
  const of = (minutes: number) => {
    const temp: Vital = {
      state: 'live',
      value: 38.4,
      quality: 'good',
      flags: [],
      atMs: nowMs - minutes * 60_000,
      source: { by: 'person', name: 'Nurse Demo' },
      event: true,
    };
    const rows = holdRows(session, { ...board.vitals, temp }, { nowMs, temperature: 'Cel' });
    return rows.find(({ parameter }) => parameter === 'temp');
  };
  expect(of(1)).toMatchObject({ value: '38.4 °C', verdict: 'beyond' });
  expect(of(3)).toMatchObject({ value: 'none', source: '', verdict: 'unknown' });
});
