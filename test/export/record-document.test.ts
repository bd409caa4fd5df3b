import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { recordDocumentSchema } from '../../shared/contract/record-document.ts';
import type { FactKey } from '../../shared/contract/record-facts.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { heldEntries } from '../../electron/service/session/events/leaves.ts';
import golden from '../fixtures/clinical/golden-session.json' with { type: 'json' };
import { PlayedSession } from '../session/played-session.ts';
import { endMin, goldenHash, materialOf, minuteMs, playGoldenSession } from './golden-material.ts';

const session = playGoldenSession();
const document = recordDocument(materialOf(session));
const emptyTrend = {
  fromMs: minuteMs(-40),
  stepMs: 1000,
  length: 0,
  columns: { 'pulse-rate': [], spo2: [], 'resp-rate': [], etco2: [], 'heart-rate': [] },
};

describe('the golden session as a document', () => {
  test('EXPORT-1 it is of its own schema, and the same session gives the same document', () => {
    expect(recordDocumentSchema.parse(JSON.parse(JSON.stringify(document)))).toEqual(JSON.parse(JSON.stringify(document)));
    expect(JSON.stringify(recordDocument(materialOf(playGoldenSession())))).toBe(JSON.stringify(document));
  });

  const { expected } = golden;
  test.each<[FactKey, number, number | null]>([
    ['baseline-sys', expected.baselineSys, -15],
    ['baseline-dia', expected.baselineDia, -15],
    ['peak-sys', expected.peakSys, expected.peakSysAtMin],
    ['peak-dia', expected.peakDia, expected.peakSysAtMin],
    ['rise-sys', expected.deltaSys, expected.peakSysAtMin],
    ['rise-dia', expected.deltaDia, expected.peakSysAtMin],
    ['lowest-spo2', expected.minSpO2, expected.minSpO2AtMin],
    ['highest-pulse', expected.maxHr, 10],
    ['delivered', expected.deliveredMg, null],
    ['delivered-per-kg', expected.mgPerKg, null],
    ['infusion-elapsed', expected.infusionElapsedMin, null],
    ['infusion-running', expected.infusionRunningMin, null],
    ['infusion-paused', expected.pausedMin, null],
    ['cadss-peak', expected.cadssPeak, expected.cadssPeakAtMin],
    ['return-to-baseline', expected.returnToBaselineMin, expected.returnToBaselineMin],
    ['return-to-baseline-after-end', expected.returnToBaselineAfterEndMin, expected.returnToBaselineMin],
    ['length-of-stay', expected.lengthOfStayMin, 125],
  ])('EXPORT-2 %s is %s', (key, value, minute) => {
    const figure = document.facts[key];
    expect([figure.value, figure.value === null ? null : (figure.at?.minute ?? null)]).toEqual([value, minute]);
  });

  test.each(golden.vitals)('EXPORT-3 the row of the pressure at $t min holds the values of the table', (row) => {
    const found = document.vitals.find(({ at }) => at.minute === row.t);
    expect(found).toMatchObject({
      sysMmHg: row.sys,
      diaMmHg: row.dia,
      meanMmHg: row.map,
      pulsePerMin: row.hr,
      spo2Percent: row.spo2,
      respPerMin: row.rr,
      deliveredMg: row.doseMg,
    });
  });

  test.each(golden.milestones.filter(({ name }) => !name.startsWith('Weight')))('EXPORT-3 $name stands at $t min', ({ t }) => {
    const minute = t === 52.3333 ? endMin : t;
    expect(document.milestones.some(({ at }) => Math.abs((at.minute ?? Infinity) - minute) < 0.001)).toBe(true);
  });

  test('EXPORT-3 the ratings have their totals, and the high pressure its review', () => {
    const cadss = document.ratings.filter(({ instrument }) => instrument.startsWith('cadss'));
    expect(cadss.map(({ at, total }) => [at.minute, total])).toEqual(golden.ratings.map(({ t, total }) => [t, total]));
    expect(document.beyondProtocol).toMatchObject([{ label: 'Systolic pressure 162/98' }]);
    expect(document.beyondProtocol[0]?.detail).toContain(
      'reviewed 10:30: told Dr Demo, repeat ordered, no symptoms · repeated 10:33: 158/97',
    );
  });
});

describe('what is not there', () => {
  test('EXPORT-4 a session without dose, readings or ratings has reasons in place of figures, and no 0', () => {
    const bare = new PlayedSession().at(-40).openSession();
    const { facts, vitals, dose } = recordDocument(materialOf(bare, { trend: emptyTrend, cuffs: [] }));
    for (const figure of Object.values(facts)) expect(figure).toMatchObject({ value: null, absent: expect.stringMatching(/\w/) });
    expect([vitals, dose.order]).toEqual([[], null]);
  });

  test('EXPORT-4 an unfinished rating has no total, and an item that was not answered is null', () => {
    const bare = new PlayedSession().at(-10).openSession();
    const opened = bare.do({ type: 'open-rating', instrument: 'cadss-6' });
    if (opened.kind !== 'rating-opened') throw new Error('no rating');
    bare.do({ type: 'answer-item', ratingId: opened.body.ratingId, item: 2, value: 3 });
    const [rating] = recordDocument(materialOf(bare, { trend: emptyTrend, cuffs: [] })).ratings;
    expect(rating).toMatchObject({ total: null, answered: 1, of: 6, items: [null, 3, null, null, null, null] });
  });
});

describe('what was undone or corrected', () => {
  test('EXPORT-5 it stays in the history with what became of it and why', () => {
    const played = new PlayedSession().at(-40).openSession();
    const wrong = played.do({ type: 'reach-milestone', milestone: 'consent' });
    played.do({ type: 'undo', eventId: wrong.eventId, reason: 'not yet signed' });
    const { history, milestones } = recordDocument(materialOf(played, { trend: emptyTrend, cuffs: [] }));
    expect(milestones).toEqual([]);
    expect(history.map(({ label, holds, reason }) => [label, holds, reason])).toEqual([
      ['Session opened', 'holds', null],
      ['Consent confirmed', 'undone', 'not yet signed'],
      ['Undo', 'is-correction', null],
    ]);
  });
});

describe('the private side', () => {
  test('EXPORT-6 that a private note exists, and that text was moved, is nowhere in the document', () => {
    const played = playGoldenSession();
    const noteId = '70000000-0000-7000-8000-000000000007';
    played.append([
      { kind: 'private-note-marked', body: { noteId } },
      { kind: 'text-moved-across', body: { direction: 'to-private', from: 'line', noteId } },
    ]);
    const material = materialOf(played);
    expect(material.state.privateMarks).toHaveLength(1);
    const text = JSON.stringify(recordDocument(material));
    expect(text).not.toContain(noteId);
    expect(text).not.toMatch(/private-note|Private note|text-moved/);
  });

  test('EXPORT-6, PROOF-10 words that their author took to the private side after they were recorded are nowhere in the document', () => {
    const played = playGoldenSession();
    const [said] = played.append([{ kind: 'observation-recorded', body: { text: 'xylophone', chips: [] } }]);
    const eventId = said?.eventId ?? '';
    played.append([
      { kind: 'observation-amended', body: { eventId, text: 'xylophone again', chips: [], reason: 'zither' }, supersedes: eventId },
    ]);
    const reason = 'moved to the private side by its author';
    played.append([
      { kind: 'event-undone', body: { eventId, reason }, supersedes: eventId },
      { kind: 'text-moved-across', body: { direction: 'to-private', from: 'record', noteId: '70000000-0000-7000-8000-000000000007' } },
    ]);
    const document = recordDocument(materialOf(played));
    const text = JSON.stringify(document);
    expect(text).not.toMatch(/xylophone|zither|private side/);
    expect(document.history.find((entry) => entry.eventId === eventId)).toMatchObject({ holds: 'undone', reason: null, body: null });
    const withheld = heldEntries(played.log);
    const kinds = document.history.filter((entry) => withheld.has(entry.eventId)).map(({ kind }) => kind);
    expect(kinds).toEqual(['observation-recorded', 'observation-amended', 'event-undone']);
    // The script takes no others for withheld by a room.
    expect(readFileSync(new URL('../../docs/check-record.mjs', import.meta.url), 'utf8')).toContain(
      `[${kinds.map((kind) => `'${kind}'`).join(', ')}]`,
    );
  });

  test('EXPORT-6 words that the patient did not agree to have kept do not leave the room', () => {
    const played = new PlayedSession().at(-40).openSession();
    played.role = 'therapist';
    const details = { utterance: { words: 'xylophone in the cellar', consent: false, spoken: 'spontaneously' }, openness: 4 } as const;
    played.append([{ kind: 'observation-recorded', body: { text: 'speaks softly', chips: [], details } }]);
    const { observations, history } = recordDocument(materialOf(played, { trend: emptyTrend, cuffs: [] }));
    expect(observations).toMatchObject([{ text: 'speaks softly', details: { openness: 4 } }]);
    expect(JSON.stringify(history)).not.toContain('xylophone');
  });

  test('EXPORT-6 words whose agreement a later version took back are nowhere in the document', () => {
    const played = new PlayedSession().at(-40).openSession();
    const quoted = (consent: boolean) => ({ utterance: { words: 'xylophone', consent, spoken: 'spontaneously' } }) as const;
    const [said] = played.append([{ kind: 'observation-recorded', body: { text: '', chips: [], details: quoted(true) } }]);
    const eventId = said?.eventId ?? '';
    const text = (): string => JSON.stringify(recordDocument(materialOf(played, { trend: emptyTrend, cuffs: [] })));
    expect(text()).toContain('xylophone');
    const body = { eventId, text: '', chips: [], details: quoted(false), reason: 'asked again' };
    played.append([{ kind: 'observation-amended', body, supersedes: eventId }]);
    expect(text()).not.toContain('xylophone');
  });
});

describe('versions', () => {
  test('EXPORT-7 an unsigned record has no version and the hash of what it is now', () => {
    expect(document.record).toMatchObject({ version: null, state: 'unsigned', amended: false, hash: goldenHash });
  });
});
