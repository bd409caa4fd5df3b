import { describe, expect, test } from 'vitest';
import { effectOf } from '../../../../renderer/sheets/dose/dose-effect.ts';
import { inputFor, requestOf, type DoseAction, type DoseInput } from '../../../../renderer/sheets/dose/dose-input.ts';
import { sessionCommandSchema } from '../../../../shared/contract/session-commands.ts';
import { goldenBoard, type BoardState } from '../../../fixtures/boards/golden-board.ts';
import { at, offsetMin } from '../../../fixtures/boards/golden-times.ts';

const now = { utcMs: at(38), offsetMin, hours: 24 } as const;
const clock = (ms: number): string => new Date(ms + offsetMin * 60_000).toISOString().slice(11, 16);

function doseOf(state: BoardState) {
  const { session } = goldenBoard({ state });
  if (session === null) throw new Error('the golden board has a session');
  return session.dose;
}

function request(action: DoseAction, change: Partial<DoseInput>, state: BoardState = 'full') {
  return requestOf(action, { ...inputFor(action, doseOf(state), now.utcMs), ...change }, doseOf(state), now);
}

describe('what a dose sheet sends', () => {
  test('SCREEN-14 a new rate is never guessed; a resume begins with the rate before the pause', () => {
    expect(inputFor('change-rate', doseOf('full'), at(38)).amount).toBe('');
    expect(inputFor('resume-dose', doseOf('paused'), at(38)).amount).toBe('60');
  });

  test.each<[DoseAction, Partial<DoseInput>]>([
    ['change-rate', { amount: '' }],
    ['change-rate', { amount: '0' }],
    ['change-rate', { amount: 'abc' }],
    ['give-bolus', { amount: '-5' }],
    ['pause-dose', {}],
    ['pause-dose', { reason: 'other' }],
    ['stop-dose-early', { reason: 'adverse-event', volumeLeft: 'half' }],
    ['complete-dose', { time: { typed: '11:59', reason: '' } }],
    ['complete-dose', { time: { typed: '10:20', reason: '' } }],
  ])('SCREEN-14 %s with %o waits and says for what', (action, input) => {
    const result = request(action, input);
    expect(result.ready).toBe(false);
    expect(result.ready ? '' : result.waitsFor).not.toBe('');
  });

  test.each<[DoseAction, Partial<DoseInput>, object]>([
    ['change-rate', { amount: '37,5' }, { type: 'change-rate', rateMlPerHour: 37.5 }],
    ['give-bolus', { amount: '2' }, { type: 'give-bolus', mg: 2 }],
    ['pause-dose', { reason: 'patient-anxious' }, { type: 'pause-dose', reason: 'patient-anxious' }],
    [
      'stop-dose-early',
      { reason: 'other', detail: 'pump fault', volumeLeft: '10.5' },
      { type: 'stop-dose-early', reason: 'other', detail: 'pump fault', volumeLeftMl: 10.5 },
    ],
    ['complete-dose', { time: { typed: '10:36', reason: '' } }, { type: 'complete-dose', at: { utcMs: at(36) } }],
    [
      'complete-dose',
      { time: { typed: '10:20', reason: 'hands full' } },
      { type: 'complete-dose', at: { utcMs: at(20), reason: 'hands full' } },
    ],
  ])('SCREEN-14 %s with %o is the command of the contract', (action, input, command) => {
    const result = request(action, input);
    expect(result).toMatchObject({ ready: true, command });
    if (result.ready) expect(sessionCommandSchema.safeParse(result.command).success).toBe(true);
  });
});

describe('what a dose sheet says', () => {
  const words = (action: DoseAction, change: Partial<DoseInput>): string => {
    const result = request(action, change);
    return result.change === null ? '' : effectOf(doseOf('full'), result.change, result.atMs, now.utcMs, clock).join(' ');
  };

  test('SCREEN-15 a slower rate says how much later the bag is empty', () => {
    expect(words('change-rate', { amount: '30' })).toBe(
      'The rate goes from 45 to 30 mL/h. That is 6.25 µg/kg/min. The bag is empty about 10:59, 7 min later than now planned.',
    );
  });

  test('SCREEN-15 stopping says what is left and that it is the end', () => {
    expect(words('stop-dose-early', {})).toBe(
      'Delivery ends at 29.25 of 40 mg. 10.75 mg (10.75 mL) is left and must be accounted for. After this no rate, pause or bolus can be recorded for this dose.',
    );
  });

  test('SCREEN-15 "complete" before the bag is empty points to "stopped early"', () => {
    expect(words('complete-dose', {})).toContain('10.75 mg (10.75 mL) is still in the bag; it would be empty about 10:52.');
    expect(words('complete-dose', {})).toContain('Stopped early');
  });

  test('SCREEN-15 a bolus larger than the bag says so instead of promising it', () => {
    expect(words('give-bolus', { amount: '11' })).toBe('Only 10.75 mg is left in the bag.');
    expect(words('give-bolus', { amount: '5' })).toContain('Delivered goes from 29.25 to 34.25 mg at once.');
  });
});
