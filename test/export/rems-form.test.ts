import { describe, expect, test } from 'vitest';
import { findProtocol } from '../../shared/clinical/protocol-directory.ts';
import { remsFields, type RemsFieldKey } from '../../shared/clinical/rems-form.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { PlayedSession } from '../session/played-session.ts';
import { goldenTrend, materialOf, minuteMs, playGoldenSession } from './golden-material.ts';

const cuff = (minute: number, sys: number, dia: number) => ({ atMs: minuteMs(minute), sys, dia, mean: null, byHand: false });

/** Three devices at 0, 5 and 10 min; cuffs before, at 40, at 50 and at the end. */
function played(devices = 3): PlayedSession {
  const protocol = findProtocol('intranasal-esketamine-rems');
  if (protocol === null) throw new Error('the built-in protocol is missing');
  const session = new PlayedSession();
  session.protocol = protocol;
  session.at(-30).openSession();
  session.append([{ kind: 'devices-ordered', body: { doseUg: devices * 28_000, deviceUg: 28_000, devices } }]);
  for (let number = 1; number <= devices; number += 1) {
    session.at((number - 1) * 5);
    session.append([{ kind: 'device-given', body: { number, of: devices, ug: 28_000, lot: `LOT${number}` } }]);
  }
  return session;
}

function left(session: PlayedSession): PlayedSession {
  session.at(130).append([{ kind: 'milestone-reached', body: { milestone: 'criteria_met' } }]);
  session.at(135).append([{ kind: 'milestone-reached', body: { milestone: 'discharged' } }]);
  return session;
}

function intranasal(session = left(played())) {
  const cuffs = [cuff(-5, 122, 78), cuff(40, 141, 88), cuff(50, 138, 86), cuff(128, 124, 79)];
  return { ...materialOf(session, { trend: goldenTrend(), cuffs }), protocol: session.protocol };
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
      const cuffs = minutes.map((minute) => cuff(minute, 120, 80));
      return answers({ ...material, vitals: { ...material.vitals, cuffs } }).of;
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

  test('EXPORT-26 what nothing else says a person answers, with who and when, and the last word holds', () => {
    const session = left(played());
    session.at(140).do({ type: 'record-sex', sex: 'female' });
    session.do({ type: 'answer-rems', field: 'benzodiazepines', answer: 'yes', detail: 'lorazepam 1 mg' });
    session.do({ type: 'answer-rems', field: 'provider-contact', answer: '555 0110, desk@clinic.example' });
    session.do({ type: 'answer-rems', field: 'range-before', answer: 'no' });
    session.at(142).do({ type: 'answer-rems', field: 'range-before', answer: 'yes' });
    const { of } = answers(intranasal(session));
    const by = 'Nora Nurse';
    expect(of('patient-sex')).toMatchObject({ value: 'female', entered: true, evidence: [{ by }] });
    expect(of('benzodiazepines')).toMatchObject({ value: 'yes; lorazepam 1 mg', entered: true, evidence: [{ by }] });
    expect(of('provider-contact')?.value).toBe('555 0110, desk@clinic.example');
    expect(of('range-before')).toMatchObject({ value: 'yes', evidence: [{ at: '2026-11-23T12:22:00.000-05:00' }] });
    expect(of('maois')?.value).toBeNull();
  });

  test('EXPORT-26 an answer that was undone is none, and what the record itself says is not overruled', () => {
    const session = left(played());
    const { eventId } = session.at(140).do({ type: 'answer-rems', field: 'maois', answer: 'no' });
    session.do({ type: 'answer-rems', field: 'first-treatment', answer: 'yes' });
    session.do({ type: 'undo', eventId, reason: 'the wrong patient' });
    const { of } = answers(intranasal(session));
    expect(of('maois')?.value).toBeNull();
    // The third session of a course.
    expect(of('first-treatment')).toEqual({ value: 'no', evidence: [expect.anything()] });
  });

  test('EXPORT-27 absence is asserted by a person once the patient has left, with the ratings beside it', () => {
    const session = played();
    session.at(60).do({ type: 'open-rating', instrument: 'moaa-s', answers: [{ item: 1, value: 4 }] });
    session.do({ type: 'finish-rating', ratingId: session.open.ratings[0]?.ratingId ?? '' });
    const absent = { type: 'answer-rems', field: 'sedation', answer: 'absent' } as const;
    expect(session.at(120).try(absent).refusal?.code).toBe('SESSION_WRONG_STATE');
    expect(answers(intranasal(left(session))).of('sedation')).toMatchObject({
      value: null,
      absent: expect.stringContaining('rated moaa-s 4'),
    });
    session.at(136).do(absent);
    expect(answers(intranasal(session)).of('sedation')).toMatchObject({
      value: 'absent; rated moaa-s 4',
      evidence: [{ at: '2026-11-23T12:16:00.000-05:00' }, { at: '2026-11-23T11:00:00.000-05:00' }],
    });
  });

  test('EXPORT-27 nothing is absent that an adverse event says, whichever was recorded first', () => {
    const session = left(played());
    session.at(136).do({ type: 'answer-rems', field: 'respiratory-depression', answer: 'absent' });
    session.do({
      type: 'record-adverse-event',
      category: 'respiratory-depression',
      severity: 'mild',
      at: { utcMs: minuteMs(50), reason: 'found on the strip' },
    });
    expect(session.try({ type: 'answer-rems', field: 'respiratory-depression', answer: 'absent' }).refusal?.message).toContain('10:50');
    expect(answers(intranasal(session)).of('respiratory-depression')?.value).toMatch(/^Apnea, respiratory depression, mild/);
  });

  test('EXPORT-27 an absence that was said before the leaving that stands is no answer', () => {
    const session = left(played());
    session.at(136).do({ type: 'answer-rems', field: 'dissociation', answer: 'absent' });
    const leaving = session.open.milestones.at(-1)?.eventId ?? '';
    session.at(150).do({ type: 'correct-time', eventId: leaving, utcMs: minuteMs(145), reason: 'the clock on the wall' });
    expect(answers(intranasal(session)).of('dissociation')).toMatchObject({ value: null });
  });

  test('EXPORT-17 an infusion has no such form', () => {
    expect(recordDocument(materialOf(playGoldenSession())).rems).toBeNull();
  });
});
