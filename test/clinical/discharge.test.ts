import { describe, expect, test } from 'vitest';
import { dischargeLines, isConfirmable, type DischargeFacts, type DischargeLine } from '../../shared/clinical/discharge.ts';
import type { Discharge } from '../../shared/clinical/protocol-discharge.ts';
import { builtInProtocol } from '../session/played-session.ts';

const minute = 60_000;
const at = (minutes: number): number => minutes * minute;
const by = 'Nurse';

/** Two hours after the start, an hour after the end, everything as it should be. */
const well: DischargeFacts = {
  nowMs: at(120),
  doseStartMs: 0,
  doseEndMs: at(50),
  ratings: [
    { instrument: 'cadss-6', total: 1, items: [1, 0, 0, 0, 0, 0], atMs: at(-10), by },
    { instrument: 'cadss-6', total: 2, items: [1, 1, 0, 0, 0, 0], atMs: at(100), by },
    { instrument: 'aldrete', total: 9, items: [2, 2, 2, 2, 1], atMs: at(110), by },
    { instrument: 'padss', total: 9, items: [2, 2, 2, 2, 1], atMs: at(111), by },
    { instrument: 'nrs-nausea', total: 3, items: [3], atMs: at(112), by },
  ],
  latest: {
    'nibp-sys': { value: 130, atMs: at(115), by: null },
    'nibp-dia': { value: 80, atMs: at(115), by: null },
    spo2: { value: 97, atMs: at(119), by: null },
  },
  baseline: {
    'nibp-sys': { value: 124, atMs: at(-15), by: null },
    'nibp-dia': { value: 78, atMs: at(-15), by: null },
    spo2: { value: 98, atMs: at(-15), by: null },
  },
  confirmed: new Map(
    ['orientation', 'gait', 'suicidal-ideation'].map((criterion) => [criterion, { met: true, detail: null, atMs: at(113), by }]),
  ),
  milestones: new Map(),
  escort: { name: 'Alex', phone: '555 0142', present: true, atMs: at(114), by },
  safetyFlag: null,
};
const { discharge } = builtInProtocol();

function line(criterion: string, facts: Partial<DischargeFacts>, protocol: Discharge = discharge): DischargeLine {
  const found = dischargeLines({ ...well, ...facts }, protocol).find((candidate) => candidate.criterion === criterion);
  if (found === undefined) throw new Error(`no criterion ${criterion}`);
  return found;
}

function withPressure(sys: number, dia: number, minutes = 115): Partial<DischargeFacts> {
  const pressure = { 'nibp-sys': { value: sys, atMs: at(minutes), by: null }, 'nibp-dia': { value: dia, atMs: at(minutes), by: null } };
  return { latest: { ...well.latest, ...pressure } };
}

function rated(instrument: string, total: number | null, minutes: number, items: readonly (number | null)[] = []): Partial<DischargeFacts> {
  const others = well.ratings.filter((rating) => rating.instrument !== instrument || rating.atMs < 0);
  return { ratings: [...others, { instrument, total, items, atMs: at(minutes), by }] };
}

describe('discharge criteria', () => {
  test('DISCHARGE-1 every criterion of the protocol is judged in its order, with what it rests on, when and by whom', () => {
    const lines = dischargeLines(well, discharge);
    expect(lines.map(({ criterion }) => criterion)).toEqual(discharge.criteria.map(({ id }) => id));
    expect(lines.filter(({ verdict }) => verdict !== 'met')).toEqual([]);
    expect(line('aldrete', {})).toMatchObject({ evidence: 'rated 9', atMs: at(110), by });
    expect(line('escort', {}).evidence).toBe('Alex, 555 0142');
  });

  test('DISCHARGE-2 what nobody found since the end of the dose is no evidence, neither met nor unmet', () => {
    const nothing = { ...well, ratings: [], latest: {}, baseline: {}, confirmed: new Map(), escort: null };
    const verdicts = dischargeLines(nothing, discharge).map(({ criterion, verdict }) => `${criterion} ${verdict}`);
    expect(verdicts.filter((entry) => !entry.endsWith('no-evidence'))).toEqual(['minimum-time met']);
    expect(line('aldrete', rated('aldrete', 10, 49)).verdict).toBe('no-evidence');
    expect(line('gait', { confirmed: new Map([['gait', { met: true, detail: null, atMs: at(-5), by }]]) }).verdict).toBe('no-evidence');
    expect(line('aldrete', rated('aldrete', null, 110)).verdict).toBe('no-evidence');
  });

  test.each([
    ['aldrete', 8, 'not-met'],
    ['aldrete', 9, 'met'],
    ['padss', 8, 'not-met'],
    ['nrs-nausea', 4, 'not-met'],
    ['nrs-nausea', 0, 'met'],
  ])('DISCHARGE-3 a score counts from its own threshold: %s %i is %s', (instrument, total, verdict) => {
    expect(line(instrument === 'nrs-nausea' ? 'nausea' : instrument, rated(instrument, total, 110)).verdict).toBe(verdict);
  });

  test.each([
    [148, 93, 'met'],
    [149, 94, 'met'],
    [159, 99, 'met'],
    [160, 80, 'not-met'],
    [130, 100, 'not-met'],
    [100, 63, 'met'],
    [100, 62, 'not-met'],
  ])('DISCHARGE-4 a pressure of %i/%i against 124/78 is %s: near its baseline, or below both bounds', (sys, dia, verdict) => {
    expect(line('blood-pressure', withPressure(sys, dia)).verdict).toBe(verdict);
  });

  test('DISCHARGE-4 a high baseline is a baseline: 170/104 after 165/102 is near it', () => {
    const baseline = { 'nibp-sys': { value: 165, atMs: at(-15), by: null }, 'nibp-dia': { value: 102, atMs: at(-15), by: null } };
    expect(line('blood-pressure', { ...withPressure(170, 104), baseline }).verdict).toBe('met');
    expect(line('blood-pressure', { ...withPressure(170, 104), baseline: {} })).toMatchObject({
      verdict: 'no-evidence',
      evidence: '170/104, no baseline',
    });
  });

  test('DISCHARGE-5 a reading of fifteen minutes ago counts; an older one is no evidence and says how old it is', () => {
    expect(line('blood-pressure', withPressure(130, 80, 105)).verdict).toBe('met');
    expect(line('blood-pressure', withPressure(130, 80, 104))).toMatchObject({
      verdict: 'no-evidence',
      evidence: '130/80 is 16 min old, older than 15',
    });
  });

  test('DISCHARGE-19 never below its share, and without a baseline there is nothing to be near to', () => {
    // A baseline of 128/80: 102.4 and 64 are its fifth below.
    const baseline = { 'nibp-sys': { value: 128, atMs: at(-15), by: null }, 'nibp-dia': { value: 80, atMs: at(-15), by: null } };
    const verdict = (sys: number, dia: number) => line('blood-pressure', { ...withPressure(sys, dia), baseline }).verdict;
    expect([verdict(68, 34), verdict(102, 70), verdict(110, 63), verdict(103, 64)]).toEqual(['not-met', 'not-met', 'not-met', 'met']);
    expect(line('blood-pressure', { ...withPressure(138, 84), baseline: {} })).toMatchObject({
      verdict: 'no-evidence',
      evidence: '138/84, no baseline',
    });
  });

  test.each([
    [94, 98, 'met'],
    [93, 98, 'not-met'],
    [92, 92, 'met'],
    [91, 92, 'not-met'],
    [96, 90, 'met'],
  ])('DISCHARGE-6 SpO₂ %i after a baseline of %i is %s', (value, first, verdict) => {
    const facts = { latest: { spo2: { value, atMs: at(119), by: null } }, baseline: { spo2: { value: first, atMs: at(-15), by: null } } };
    expect(line('spo2', facts).verdict).toBe(verdict);
  });

  test('DISCHARGE-7 dissociation is back at one above its baseline, by the short form or the same items of the full one', () => {
    expect(line('dissociation', rated('cadss-6', 2, 100)).verdict).toBe('met');
    expect(line('dissociation', rated('cadss-6', 3, 100)).verdict).toBe('not-met');
    const full = Array.from({ length: 23 }, (_, index) => ([1, 2, 6].includes(index + 1) ? 1 : 0));
    expect(line('dissociation', rated('cadss-23', 3, 101, full))).toMatchObject({ verdict: 'not-met', evidence: 'rated 3, baseline 1' });
    // Sixteen points on items that the short form does not have.
    const elsewhere = Array.from({ length: 23 }, (_, index) => ([3, 4, 5, 8].includes(index + 1) ? 4 : 0));
    expect(line('dissociation', rated('cadss-23', 16, 101, elsewhere)).verdict).toBe('met');
  });

  test('DISCHARGE-7 whoever says after the rating that it is resolved, or is not, is believed', () => {
    const saying = (met: boolean, minutes: number): Partial<DischargeFacts> => ({
      ...rated('cadss-6', 6, 100),
      confirmed: new Map([['dissociation', { met, detail: null, atMs: at(minutes), by }]]),
    });
    expect(line('dissociation', saying(true, 110))).toMatchObject({ verdict: 'met', evidence: 'resolved' });
    expect(line('dissociation', saying(true, 90)).verdict).toBe('not-met');
    expect(line('dissociation', { ...saying(false, 110), ...rated('cadss-6', 1, 100) }).verdict).toBe('not-met');
  });

  test('DISCHARGE-8 a yes about suicide speaks against going home until somebody who has seen it says otherwise', () => {
    const safetyFlag = { label: 'PHQ-9 item 9 answered 1', atMs: at(116), by };
    expect(line('suicidal-ideation', { safetyFlag })).toMatchObject({ verdict: 'not-met', evidence: 'PHQ-9 item 9 answered 1' });
    expect(line('suicidal-ideation', { safetyFlag: { ...safetyFlag, atMs: at(112) } }).verdict).toBe('met');
  });

  test('DISCHARGE-9 the minimum time counts to the minute', () => {
    expect(line('minimum-time', { nowMs: at(110) - 1 }).verdict).toBe('not-met');
    expect(line('minimum-time', { nowMs: at(110) })).toMatchObject({ verdict: 'met', evidence: '60 min since the end of the dose' });
    expect(line('minimum-time', { doseEndMs: null }).verdict).toBe('no-evidence');
  });

  test('DISCHARGE-2 what was found in the very moment in which the dose ended is of after it', () => {
    expect([line('aldrete', rated('aldrete', 10, 50)).verdict, line('aldrete', rated('aldrete', 10, 49.99)).verdict]).toEqual([
      'met',
      'no-evidence',
    ]);
  });

  /** The IV protocol with other figures for one of its criteria. */
  const withCriterion = (id: string, changes: object): Discharge => ({
    ...discharge,
    criteria: discharge.criteria.map((criterion) => (criterion.id === id ? { ...criterion, ...changes } : criterion)),
  });

  test('DISCHARGE-5 where a protocol does not say how old, fifteen minutes', () => {
    const silent = withCriterion('blood-pressure', { ageMin: undefined });
    expect(line('blood-pressure', withPressure(130, 80, 105), silent).verdict).toBe('met');
    expect(line('blood-pressure', withPressure(130, 80, 104.99), silent).verdict).toBe('no-evidence');
  });

  test('DISCHARGE-4 exactly a fifth above or below is near; where the clinic allows a floor, that floor itself does', () => {
    const baseline = { 'nibp-sys': { value: 150, atMs: at(-15), by: null }, 'nibp-dia': { value: 100, atMs: at(-15), by: null } };
    const verdict = (sys: number, dia: number, protocol = discharge) =>
      line('blood-pressure', { ...withPressure(sys, dia), baseline }, protocol).verdict;
    expect([verdict(180, 120), verdict(181, 120), verdict(120, 80), verdict(119, 80)]).toEqual(['met', 'not-met', 'met', 'not-met']);
    const floor = withCriterion('blood-pressure', { orFrom: { 'nibp-sys': 90, 'nibp-dia': 50 } });
    expect([verdict(90, 50, floor), verdict(89, 50, floor), verdict(90, 49, floor)]).toEqual(['met', 'not-met', 'not-met']);
  });

  test('DISCHARGE-6 more oxygen than at baseline is no change', () => {
    const facts = { latest: { spo2: { value: 90, atMs: at(119), by: null } }, baseline: { spo2: { value: 70, atMs: at(-15), by: null } } };
    expect(line('spo2', facts).verdict).toBe('met');
  });

  test('DISCHARGE-7 a rating in the moment of the start is the baseline, and who speaks in the moment of the last rating has seen it', () => {
    const atStart = well.ratings.map((rating) => (rating.atMs < 0 ? { ...rating, atMs: 0 } : rating));
    expect(line('dissociation', { ratings: atStart })).toMatchObject({ verdict: 'met', evidence: 'rated 2, baseline 1' });
    const saying = new Map([['dissociation', { met: true, detail: null, atMs: at(100), by }]]);
    expect(line('dissociation', { ...rated('cadss-6', 6, 100), confirmed: saying })).toMatchObject({
      verdict: 'met',
      evidence: 'resolved',
    });
  });

  test('DISCHARGE-8 a word in the very moment of the answer is none about it', () => {
    const safetyFlag = { label: 'PHQ-9 item 9 answered 1', atMs: at(113), by };
    expect(line('suicidal-ideation', { safetyFlag }).verdict).toBe('not-met');
    expect(line('suicidal-ideation', { safetyFlag: { ...safetyFlag, atMs: at(113) - 1 } }).verdict).toBe('met');
  });

  test('DISCHARGE-10 an escort who is not here yet is not present', () => {
    const { escort } = well;
    expect(line('escort', { escort: escort === null ? null : { ...escort, present: false } })).toMatchObject({
      verdict: 'not-met',
      evidence: 'Alex, 555 0142, not here yet',
    });
  });

  test('DISCHARGE-5 the oldest of what a criterion rests on decides, and all of it must be there and of after the dose', () => {
    const pressure = (sysMin: number, diaMin: number): Partial<DischargeFacts> => ({
      latest: {
        'nibp-sys': { value: 130, atMs: at(sysMin), by: null },
        'nibp-dia': { value: 80, atMs: at(diaMin), by },
      },
    });
    expect(line('blood-pressure', pressure(115, 110))).toMatchObject({
      verdict: 'met',
      evidence: '130/80, baseline 124/78',
      atMs: at(110),
      by,
    });
    expect(line('blood-pressure', pressure(104, 115))).toMatchObject({ verdict: 'no-evidence', atMs: at(104), by: null });
    const none = { verdict: 'no-evidence', evidence: 'no reading since the end of the dose', atMs: null };
    const systolic = { 'nibp-sys': { value: 130, atMs: at(115), by: null } };
    expect(line('blood-pressure', { latest: systolic })).toMatchObject(none);
    expect(line('blood-pressure', { ...pressure(49, 55), nowMs: at(60) })).toMatchObject(none);
    expect(line('blood-pressure', { ...pressure(50, 55), nowMs: at(60) }).verdict).toBe('met');
    // A baseline of one of the two is none.
    expect(line('blood-pressure', { baseline: systolic })).toMatchObject({ verdict: 'no-evidence', evidence: '130/80, no baseline' });
  });

  test('DISCHARGE-6 the share of oxygen is said with its unit, and with that of its baseline where there is one', () => {
    expect(line('spo2', {}).evidence).toBe('97 %, baseline 98 %');
    expect(line('spo2', { baseline: {} })).toMatchObject({ verdict: 'met', evidence: '97 %, no baseline' });
    const low = { latest: { spo2: { value: 93, atMs: at(119), by: null } }, baseline: {} };
    expect(line('spo2', low)).toMatchObject({ verdict: 'no-evidence', evidence: '93 %, no baseline' });
  });

  test('DISCHARGE-7 without a rating before the dose there is no baseline, and an open item leaves none of the short form', () => {
    const after = well.ratings.filter((rating) => rating.atMs > 0);
    expect(line('dissociation', { ratings: after })).toMatchObject({ verdict: 'no-evidence', evidence: 'rated 2, no baseline' });
    const inDose = [...after, { instrument: 'cadss-6', total: 0, items: [0, 0, 0, 0, 0, 0], atMs: at(1), by }];
    expect(line('dissociation', { ratings: inDose }).evidence).toBe('rated 2, no baseline');
    expect(line('dissociation', { ratings: well.ratings, doseStartMs: null }).verdict).toBe('no-evidence');
    // The sixth of the six items is the twenty-second of the full form.
    const open = Array.from({ length: 23 }, (_, index) => (index === 21 ? null : 0));
    const full = { instrument: 'cadss-23', total: null, items: open, atMs: at(101), by };
    const before = well.ratings.filter((rating) => rating.atMs < 0);
    expect(line('dissociation', { ratings: [...before, full] })).toMatchObject({ verdict: 'no-evidence', atMs: null });
    const saying = new Map([['dissociation', { met: true, detail: null, atMs: at(99), by }]]);
    expect(line('dissociation', { ratings: after, confirmed: saying })).toMatchObject({ verdict: 'met', evidence: 'resolved' });
  });

  test('DISCHARGE-1 what a person confirms is said in their words, and a milestone by its time', () => {
    const gait = (met: boolean, detail: string | null) =>
      line('gait', { confirmed: new Map([['gait', { met, detail, atMs: at(113), by }]]) });
    expect(gait(true, 'steady on both legs')).toMatchObject({ verdict: 'met', evidence: 'steady on both legs', atMs: at(113), by });
    expect(gait(true, null).evidence).toBe('confirmed');
    expect(gait(false, null)).toMatchObject({ verdict: 'not-met', evidence: 'found not to be so' });
    const flushed = withCriterion('gait', { kind: 'milestone', milestone: 'flush' });
    expect(line('gait', {}, flushed)).toMatchObject({ verdict: 'no-evidence', evidence: 'not recorded yet', atMs: null });
    const milestones: DischargeFacts['milestones'] = new Map([['flush', { atMs: at(70), by }]]);
    expect(line('gait', { milestones }, flushed)).toMatchObject({ verdict: 'met', evidence: 'recorded', atMs: at(70), by });
  });

  test('DISCHARGE-9 the minimum time counts from what the protocol names, a nasal dose from its first device or its last', () => {
    const since = (from: string, facts: Partial<DischargeFacts>): DischargeLine =>
      line('minimum-time', facts, withCriterion('minimum-time', { since: from, minutes: 100 }));
    expect(since('dose-start', {})).toMatchObject({ verdict: 'met', evidence: '120 min since the start of the dose', atMs: at(120) });
    expect(since('dose-start', { monitoringStartMs: at(21) })).toMatchObject({
      verdict: 'not-met',
      evidence: '99 min since the start of the dose',
    });
    expect(since('last-dose', {}).evidence).toBe('120 min since the last dose');
    expect(since('last-dose', { lastDoseMs: at(20) + 1 })).toMatchObject({ verdict: 'not-met', evidence: '99 min since the last dose' });
    expect(since('last-dose', { lastDoseMs: null })).toMatchObject({ verdict: 'no-evidence', atMs: null });
  });

  test('DISCHARGE-10 an escort who was confirmed before the dose is asked for once more: whether they are here', () => {
    const escortConfirmed = { detail: 'a brother', atMs: at(-20), by: 'Ben' };
    const here = (met: boolean, minutes: number) => new Map([['escort', { met, detail: null, atMs: at(minutes), by }]]);
    const told = (facts: Partial<DischargeFacts>): DischargeLine => line('escort', { escort: null, escortConfirmed, ...facts });
    expect(told({ confirmed: new Map() })).toMatchObject({
      verdict: 'not-met',
      evidence: 'a brother, not here yet',
      atMs: at(-20),
      by: 'Ben',
    });
    expect(told({ confirmed: here(true, 40) }).evidence).toBe('a brother, not here yet');
    expect(told({ confirmed: here(true, 113) })).toMatchObject({ verdict: 'met', evidence: 'a brother, here', atMs: at(113), by });
    expect(told({ confirmed: here(false, 113) })).toMatchObject({ verdict: 'not-met', evidence: 'a brother, not here' });
    const unnamed = { ...escortConfirmed, detail: null };
    expect(told({ escortConfirmed: unnamed, confirmed: here(true, 113) }).evidence).toBe('confirmed before the dose, here');
    expect(told({ escortConfirmed: null })).toMatchObject({ verdict: 'no-evidence', evidence: 'no escort recorded yet' });
  });

  test('DISCHARGE-14 a tap confirms what a person sees, and neither a score, a value, the clock nor the escort', () => {
    const confirmable = discharge.criteria.filter(isConfirmable).map(({ id }) => id);
    expect(confirmable).toEqual(['orientation', 'gait', 'dissociation', 'suicidal-ideation']);
  });
});
