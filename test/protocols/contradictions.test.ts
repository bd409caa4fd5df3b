import { describe, expect, test } from 'vitest';
import im from '../../resources/protocols/im-ketamine-1.0.json' with { type: 'json' };
import nasal from '../../resources/protocols/intranasal-esketamine-rems.json' with { type: 'json' };
import iv from '../../resources/protocols/iv-ketamine-0.5-40.json' with { type: 'json' };
import remote from '../../resources/protocols/sublingual-ketamine-remote.json' with { type: 'json' };
import { checkProtocol } from '../../shared/clinical/protocol-problems.ts';

type Row = Record<string, unknown>;
const ivRow = (id: string): Row => iv.schedule.find((row) => row.id === id) ?? {};
const ivWith = (id: string, changes: Row): unknown => ({
  ...iv,
  schedule: iv.schedule.map((row) => (row.id === id ? { ...row, ...changes } : row)),
});
const limited = (...limits: Row[]): unknown => ({ ...iv, referenceLines: [], limits: limits.map((limit) => ({ note: '', ...limit })) });

/** What a person reads of a broken protocol. */
function told(input: unknown): string {
  const checked = checkProtocol(input);
  expect(checked.protocol).toBeNull();
  return checked.problems.map(({ where, message }) => `${where}: ${message}`).join('\n');
}

describe('what is wrong in a protocol', () => {
  test.each([
    [
      'slots that overlap',
      ivWith('nibp-during', { earlyMin: 3, lateMin: 4 }),
      'schedule, "Blood pressure" (nibp-during): its slots at 5 and 10 min overlap',
    ],
    [
      'times out of order',
      ivWith('cadss-6-during', { times: { atMin: [20, 10] } }),
      '"CADSS-6" (cadss-6-during): its times are not in order',
    ],
    [
      'two rows for one act',
      { ...iv, schedule: [...iv.schedule, { ...ivRow('cadss-6-during'), id: 'again', times: { atMin: [24] } }] },
      '(again): at 24 min it overlaps with "cadss-6-during"',
    ],
    [
      'a time before its anchor',
      ivWith('cadss-6-during', { times: { atMin: [-15] } }),
      'count a row before the dose from the opening of the session',
    ],
    [
      'a row that never comes',
      ivWith('nibp-after', { times: { fromMin: 15, everyMin: 15, until: 'dose-end' } }),
      'counts from dose-end: it would never come',
    ],
    ['a pause without a pump', { ...im, schedule: [{ ...ivRow('suds-pause') }] }, 'it waits for an infusion, and this route has none'],
    [
      'a milestone that is not offered',
      { ...im, schedule: [{ ...ivRow('flush'), anchor: 'dose-start' }] },
      '"Flush the line" (flush): it asks for "Line flushed"',
    ],
  ])('PROTOCOL-1 the schedule: %s', (_name, broken, message) => {
    expect(told(broken)).toContain(message);
  });

  test.each([
    ['a range upside down', { ...iv, dose: { ...iv.dose, minutesRange: [120, 20] } }, 'dose, allowed minutes: the range is upside down'],
    ['a default outside its range', { ...iv, dose: { ...iv.dose, mgPerKg: 2 } }, 'dose, mg/kg: 2 lies outside its own range 0.3 to 1'],
    ['a bag stronger than its vial', { ...iv, dose: { ...iv.dose, mgPerMlRange: [0.1, 100] } }, 'cannot be made from a vial of 50 mg/mL'],
    [
      'a second injection too much',
      { ...im, dose: { ...im.dose, mgPerKgTotalMax: 1.2 } },
      'the injections add up to 1.5 mg/kg, more than the 1.2',
    ],
    [
      'a window upside down',
      { ...im, dose: { ...im.dose, second: { ...im.dose.second, fromMin: 30 } } },
      'second injection is upside down: from 30 to 20 min',
    ],
    [
      'a dose of two and a half devices',
      { ...nasal, dose: { ...nasal.dose, dosesMg: [56, 70] } },
      '70 mg is no whole number of 28 mg devices',
    ],
    [
      'a first dose not among them',
      { ...nasal, dose: { ...nasal.dose, doseMg: 112 } },
      '112 mg is not among the doses that may be ordered',
    ],
    [
      'escalation out of order',
      { ...remote, dose: { ...remote.dose, remote: { ...remote.dose.remote, escalation: remote.dose.remote.escalation.toReversed() } } },
      'put the steps in order of time',
    ],
  ])('PROTOCOL-2 the dose: %s', (_name, broken, message) => {
    expect(told(broken)).toContain(message);
  });

  test.each([
    [
      'no value is left',
      limited(
        { parameter: 'spo2', act: 'review', comparison: 'below', value: 94 },
        { parameter: 'spo2', act: 'review', comparison: 'above', value: 90 },
      ),
      'limits, spo2 review: every value is beyond it',
    ],
    [
      'the milder one comes last',
      limited(
        { parameter: 'nibp-sys', act: 'review', comparison: 'at-or-above', value: 190 },
        { parameter: 'nibp-sys', act: 'stop', comparison: 'at-or-above', value: 180 },
      ),
      '"review" at 190 comes only after "stop" at 180',
    ],
    [
      'a value that cannot be',
      limited({ parameter: 'spo2', act: 'hold', comparison: 'below', value: 120 }),
      '120 can never be measured: it runs from 1 to 100',
    ],
    [
      'a score that cannot be',
      limited({ parameter: 'moaa-s', act: 'hold', comparison: 'below', value: 7 }),
      '7 can never be measured: it runs from 0 to 5',
    ],
    [
      'a line that is no limit',
      { ...iv, referenceLines: [{ metric: 'spo2', value: 91, label: '91' }] },
      'lines on the chart, "91": the line at 91 is none of the limits of spo2',
    ],
  ])('PROTOCOL-3 the limits: %s', (_name, broken, message) => {
    expect(told(broken)).toContain(message);
  });

  test.each([
    [
      'an unknown instrument',
      ivWith('cadss-6-during', { instrument: 'horoscope' }),
      '"CADSS-6" (cadss-6-during), instrument: "horoscope" is no instrument that Vigil can rate',
    ],
    ['an unknown anchor', ivWith('cadss-6-during', { anchor: 'spo2' }), 'counts from: "spo2" is not one of the choices'],
    ['a number in words', ivWith('cadss-6-during', { lateMin: 'five' }), 'late minutes: "five" is no number'],
    ['something missing', { ...iv, discharge: undefined }, 'discharge: it is missing'],
    ['an unknown route', { ...iv, route: 'rectal' }, 'route'],
    [
      'a score out of reach',
      { ...iv, discharge: { ...iv.discharge, criteria: [{ ...iv.discharge.criteria[0], value: 11 }] } },
      'discharge, criteria, "Modified Aldrete 9 or more" (aldrete): Modified Aldrete runs from 0 to 10, so 11 is never reached',
    ],
    [
      'a milestone after the dose that holds it up',
      { ...iv, milestones: [{ milestone: 'peak', required: false, beforeDose: true, hint: '' }], schedule: [] },
      '"Peak effect" cannot be recorded before the dose',
    ],
    ['no object at all', [1, 2], 'the protocol'],
    ['nothing', null, 'the protocol'],
  ])('PROTOCOL-4 what and where, in words: %s', (_name, broken, message) => {
    expect(told(broken)).toContain(message);
  });

  test('PROTOCOL-4 the built-in protocols have no problem, and the list of problems is bounded', () => {
    for (const file of [iv, im, nasal, remote]) expect(checkProtocol(file).problems).toEqual([]);
    const checked = checkProtocol({ ...iv, schedule: Array.from({ length: 60 }, () => ({})) });
    expect(checked.problems.length).toBeLessThanOrEqual(40);
  });
});
