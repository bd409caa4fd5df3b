import { describe, expect, test } from 'vitest';
import { findProtocol } from '../../shared/clinical/protocol-directory.ts';
import { remsFields, type RemsFieldKey } from '../../shared/clinical/rems-form.ts';
import { recordDocument } from '../../electron/service/export/record-document.ts';
import { PlayedSession } from '../session/played-session.ts';
import { goldenTrend, materialOf, minuteMs, playGoldenSession } from './golden-material.ts';

const cuff = (minute: number, sys: number, dia: number) => ({ atMs: minuteMs(minute), sys, dia, mean: null, byHand: false });

/** Three devices at 0, 5 and 10 min; cuffs before, at 40, at 50 and at the end. */
function intranasal(devices = 3) {
  const protocol = findProtocol('intranasal-esketamine-rems');
  if (protocol === null) throw new Error('the built-in protocol is missing');
  const session = new PlayedSession().at(-30).openSession();
  session.append([{ kind: 'devices-ordered', body: { doseUg: devices * 28_000, deviceUg: 28_000, devices } }]);
  for (let number = 1; number <= devices; number += 1) {
    session.at((number - 1) * 5);
    session.append([{ kind: 'device-given', body: { number, of: devices, ug: 28_000, lot: `LOT${number}` } }]);
  }
  session.at(130).append([{ kind: 'milestone-reached', body: { milestone: 'criteria_met' } }]);
  session.at(135).append([{ kind: 'milestone-reached', body: { milestone: 'discharged' } }]);
  const cuffs = [cuff(-5, 122, 78), cuff(40, 141, 88), cuff(50, 138, 86), cuff(128, 124, 79)];
  return { ...materialOf(session, { trend: goldenTrend(), cuffs }), protocol };
}

function answers(material: ReturnType<typeof intranasal>) {
  const form = recordDocument(material).rems;
  if (form === null) throw new Error('no form');
  return { form, of: (key: RemsFieldKey) => form.fields.find((field) => field.key === key)?.answer };
}

describe('the REMS data set', () => {
  test('EXPORT-16 dose, lots and minutes from the first device come from the devices, each with its entry', () => {
    const { of } = answers(intranasal());
    expect(of('dose')).toMatchObject({ value: '84 mg in 3 devices', evidence: [{}, {}, {}] });
    expect(of('lots')?.value).toBe('LOT1, LOT2, LOT3');
    expect(of('monitored-minutes')).toMatchObject({ value: '135', evidence: [{ by: 'Nora Nurse' }] });
    expect(of('ready-minute')?.value).toBe('130');
  });

  test('EXPORT-16 forty minutes are counted from the first and from the last device', () => {
    const { of } = answers(intranasal());
    expect([of('bp-before'), of('bp-40-first'), of('bp-40-last'), of('bp-end')].map((found) => found?.value)).toEqual([
      '122/78 mmHg',
      '141/88 mmHg',
      '138/86 mmHg',
      '124/79 mmHg',
    ]);
  });

  test('EXPORT-17 every field of the form has an answer with evidence, or the reason it has none', () => {
    const { form } = answers(intranasal());
    expect(form.fields.map(({ key }) => key)).toEqual(Object.keys(remsFields));
    for (const { key, answer } of form.fields) {
      if (answer.value === null) expect(answer.absent, key).toMatch(/\w/);
      else expect(answer.evidence.length, key).toBeGreaterThan(0);
    }
    expect(form.dueBy).toBe('2026-11-30');
  });

  test('STEP-12 119.5 minutes are 119 and less than the two hours, with who let them pass', () => {
    const material = intranasal();
    const early = {
      ...material.state.milestones.at(-1),
      milestone: 'discharged',
      atMs: minuteMs(119.5),
    } as (typeof material.state.milestones)[number];
    const state = {
      ...material.state,
      milestones: [...material.state.milestones.filter(({ milestone }) => milestone !== 'discharged'), early],
    };
    const answered = [
      {
        key: 'criterion-open:minimum-time',
        words: '',
        reason: 'flight to catch',
        needs: 'prescriber',
        by: { personId: early.eventId, name: 'Dr Demo' },
      },
    ] as const;
    const withAnswer = { ...state, milestones: [...state.milestones.slice(0, -1), { ...early, answered: [...answered] }] };
    expect(answers({ ...material, state }).of('monitored-minutes')?.value).toBe('119 (less than 120)');
    expect(answers({ ...material, state: withAnswer }).of('monitored-minutes')?.value).toBe(
      '119 (less than 120; Dr Demo: flight to catch)',
    );
  });

  test('STEP-12 a pressure older than its window is no answer', () => {
    const material = intranasal();
    const at = (...minutes: readonly number[]) => {
      const cuffReadings = minutes.map((minute) => cuff(minute, 120, 80));
      return answers({ ...material, section: { ...material.section, cuffReadings } }).of;
    };
    expect(at(-15.1, 40, 120)('bp-before')?.value).toBeNull();
    expect(at(-15, 40, 120)('bp-before')?.value).toBe('120/80 mmHg');
    expect(at(-5, 34.9, 119.9)('bp-40-first')?.value).toBeNull();
    expect(at(-5, 35, 119.9)('bp-40-first')?.value).toBe('120/80 mmHg');
    // The patient left at 135.
    expect(at(-5, 40, 119.9)('bp-end')).toEqual({ value: null, absent: 'no cuff reading in the 15 min before the end of monitoring' });
    expect(at(-5, 40, 120)('bp-end')?.value).toBe('120/80 mmHg');
  });

  test('EXPORT-17 nobody is said to be free of sedation because nothing was recorded', () => {
    const { of } = answers(intranasal());
    for (const key of ['sedation', 'dissociation', 'respiratory-depression', 'serious-event'] as const) expect(of(key)?.value).toBeNull();
  });

  test('EXPORT-17 an infusion has no such form', () => {
    expect(recordDocument(materialOf(playGoldenSession())).rems).toBeNull();
  });
});
