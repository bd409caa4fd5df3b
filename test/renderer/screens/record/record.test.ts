import { describe, expect, test } from 'vitest';
import { recordEntries } from '../../../../renderer/screens/record/entry-list.ts';
import { recordFigures } from '../../../../electron/service/export/record/record-figures.ts';
import { factsOf } from '../../../../renderer/screens/record/record-facts.ts';
import { materialOf, playGoldenSession } from '../../../export/golden-material.ts';
import { PlayedSession, startMs } from '../../../session/played-session.ts';
import { findProtocol } from '../../../../shared/clinical/protocol-directory.ts';
import { goldenBoard } from '../../../fixtures/boards/golden-board.ts';

const noReadings = {
  trend: {
    fromMs: startMs,
    stepMs: 1000,
    length: 0,
    columns: { 'pulse-rate': [], spo2: [], 'resp-rate': [], etco2: [], 'heart-rate': [] },
  },
  cuffs: [],
};

/** One injection at 10:00, by the built-in protocol. */
function injected(): PlayedSession {
  const session = new PlayedSession();
  const protocol = findProtocol('im-ketamine-1.0');
  if (protocol === null) throw new Error('the built-in protocol is missing');
  session.protocol = protocol;
  session.at(-20).openSession();
  const vial = { ug: 500_000, ul: 10_000 };
  session.append([{ kind: 'weight-recorded', body: { grams: 80_000, entered: { value: 80, unit: 'kg' } } }]);
  session.append([
    { kind: 'injection-ordered', body: { ugPerKg: 500, weightGrams: 80_000, doseUg: 40_000, volumeUl: 800, vial, second: null } },
  ]);
  session
    .at(0)
    .append([{ kind: 'injection-given', body: { number: 1, ug: 40_000, ul: 800, vial, site: 'deltoid', side: 'left', lot: 'A1' } }]);
  return session;
}

function golden(state: 'finished' | 'stale' | 'empty') {
  const board = goldenBoard({ state });
  if (board.session === null) throw new Error('the golden board has a session');
  const trend = board.trend ?? {
    fromMs: 0,
    stepMs: 1000,
    length: 0,
    columns: { 'pulse-rate': [], spo2: [], 'resp-rate': [], etco2: [], 'heart-rate': [] },
  };
  return { session: board.session, trend, nowMs: board.clock.now.utcMs };
}

describe('the figures over a record', () => {
  test('SCREEN-11 of the golden session they are the expected ones, as its print and its files have them', () => {
    const facts = factsOf(recordFigures(materialOf(playGoldenSession())), 'iv', { doseUg: 40_000 });
    expect(facts.map(({ term, figure, unit, under }) => [term, figure, unit, under])).toEqual([
      ['Dose delivered', '40', 'of 40 mg ordered', '0.5 mg/kg'],
      ['Infusion', '52:20', 'min:s', 'paused 05:00'],
      ['Highest pressure', '162/98', 'mmHg', '+30 min · baseline 124/78'],
      ['Lowest SpO₂', '96', '%', '+30 min'],
      ['Highest CADSS', '31', 'of 92', '+40 min'],
      ['Blood pressures taken', '16', 'of 16 due', 'no gap of the monitor'],
    ]);
  });

  test('SCREEN-11 what is not there is absent with its reason, not 0', () => {
    const facts = factsOf(recordFigures(materialOf(new PlayedSession().openSession(), noReadings)), 'iv', null);
    expect(facts.map(({ figure }) => figure)).toEqual(['–', '–', '–', '–', '–', '–']);
    expect(facts.map(({ under }) => under)).toEqual([
      'no dose was given',
      'no dose was given',
      'no cuff reading since the start of the dose',
      'no SpO2 reading since the start of the dose',
      'no complete CADSS after the start',
      'the schedule asked for none · no monitor was heard',
    ]);
  });

  test('SCREEN-11 an injection has no length and no pause, typed values count, and vitals that were due and not taken are told', () => {
    const session = injected();
    session.at(5).do({ type: 'enter-vitals', values: { spo2: 97, 'nibp-sys': 131, 'nibp-dia': 79 } });
    session.at(40);
    const facts = factsOf(recordFigures(materialOf(session, noReadings)), 'im', { doseUg: 40_000, second: null });
    const of = (term: string) => facts.find((fact) => fact.term === term);
    expect(of('Infusion')).toBeUndefined();
    expect(of('Injections')).toMatchObject({ figure: '1', under: '' });
    expect(of('Lowest SpO₂')).toMatchObject({ figure: '97', under: '+5 min' });
    expect(of('Highest pressure')).toMatchObject({ figure: '131/79' });
    const vitals = of('Blood pressures taken');
    expect(vitals).toMatchObject({ figure: '1', under: 'no monitor was heard' });
    expect(Number(/of (\d+) due/.exec(vitals?.unit ?? '')?.[1])).toBeGreaterThan(2);
  });

  test('SCREEN-11 what a monitor left out is told by its length, and one that lasts counts up to now', () => {
    const session = playGoldenSession();
    const body = {
      monitorId: '90000000-0000-7000-8000-000000000001',
      monitorName: 'Oximeter',
      sinceMs: startMs,
      cause: 'cable-out',
    } as const;
    session.append([{ kind: 'monitor-lost', body }]);
    session.nowMs = startMs + 130_000;
    const running = { ...materialOf(session), nowMs: startMs + 130_000 };
    const facts = factsOf(recordFigures({ ...running, state: { ...running.state, ended: null } }), 'iv', { doseUg: 40_000 });
    expect(facts.at(-1)?.under).toBe('monitor without data 02:10');
  });
});

test('SCREEN-11 in a room without a monitor it is Vigil that was away, and no monitor', () => {
  const session = injected();
  const fromMs = session.nowMs;
  session.append([{ kind: 'recording-gap', body: { fromMs, toMs: fromMs + 73_000, cause: 'restart' } }]);
  session.at(40);
  const facts = factsOf(recordFigures(materialOf(session, noReadings)), 'im', { doseUg: 40_000, second: null });
  expect(facts.at(-1)?.under).toBe('no monitor was heard; Vigil was not running for 01:13');
});

test('SCREEN-40 two injections read as they were ordered, and never as part of their sum', () => {
  const session = injected();
  const facts = recordFigures(materialOf(session, noReadings));
  expect(facts.ordered).toMatchObject({ value: 40 });
  const [dose] = factsOf(facts, 'im', { doseUg: 78_018, second: { doseUg: 39_009 } });
  expect(dose).toMatchObject({ figure: '40', unit: 'mg', under: 'ordered 78.018 mg, then 39.009 mg if wanted · 0.5 mg/kg' });
});

describe('a finished session reopened', () => {
  test('SCREEN-12 every mark, rating, note, cuff reading and gap is one entry, by clinical time', () => {
    const { session } = golden('stale');
    const entries = recordEntries(session);
    const expected =
      session.marks.length + session.ratings.length + session.observations.length + session.cuffReadings.length + session.gaps.length;
    expect(entries).toHaveLength(expected);
    expect(new Set(entries.map((entry) => entry.key)).size).toBe(expected);
    expect(entries.map((entry) => entry.atMs)).toEqual(entries.map((entry) => entry.atMs).toSorted((a, b) => a - b));
  });

  test('SCREEN-12 late and amended entries stay marked', () => {
    const { session } = golden('finished');
    const [mark, ...others] = session.marks;
    if (mark === undefined) throw new Error('the golden session has marks');
    const changed = { ...mark, late: true, enteredMs: mark.atMs + 600_000, amendedFromMs: mark.atMs - 60_000 };
    const entry = recordEntries({ ...session, marks: [changed, ...others] }).find((candidate) => candidate.key === mark.eventId);
    expect(entry).toMatchObject({ lateEnteredMs: mark.atMs + 600_000, amendedFromMs: mark.atMs - 60_000 });
  });

  test('SCREEN-12 an unfinished rating has no total, and one that could not be rated says why', () => {
    const { session } = golden('finished');
    const rating = session.ratings.find((candidate) => candidate.instrument === 'cadss-23' && candidate.total === 31);
    if (rating === undefined) throw new Error('the golden session has a CADSS-23 of 31');
    const titles = recordEntries({
      ...session,
      ratings: [
        rating,
        { ...rating, eventId: 'open', state: 'open', total: null, answered: 22 },
        { ...rating, eventId: 'asleep', state: 'not-assessable', total: null, notAssessable: 'asleep' },
      ],
    })
      .filter((entry) => entry.kind === 'rating')
      .map((entry) => entry.title);
    expect(titles).toEqual(['CADSS-23 31/92', 'CADSS-23, 22 of 23 answered, no total', 'CADSS-23 not assessable: asleep']);
  });
});
