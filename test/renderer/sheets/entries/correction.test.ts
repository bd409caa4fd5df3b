import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockTimeAt } from '../../../../shared/values/clock-time.ts';
import { formatsOfCountry } from '../../../../shared/values/formats.ts';
import { correctionOf, emptyCorrection, markNotes, type CorrectionDraft } from '../../../../renderer/sheets/entries/correction.ts';
import { correctionEffect } from '../../../../renderer/sheets/entries/dose-correction.ts';
import { clinicalTimeOf } from '../../../../renderer/components/fields/clinical-time.ts';
import { reasonProblem } from '../../../../renderer/components/fields/typed-reason.ts';
import { sessionCommandSchema, type SessionCommandInput } from '../../../../shared/contract/session-commands.ts';
import { builtInProtocols } from '../../../../shared/clinical/protocol-directory.ts';
import { whatOfEntry } from '../../../../renderer/sheets/entries/correction-what.ts';
import { artefactRequest, emptyArtefact, openPressures } from '../../../../renderer/sheets/vitals/artefact-draft.ts';
import { recordedMarks } from '../../../../renderer/components/recorded-marks.ts';
import { doseView, sessionView } from '../../../../electron/service/projection/session-view.ts';
import { foreseeSession } from '../../../../electron/service/session/decide/decide-session.ts';
import type { SessionEvent } from '../../../../electron/service/session/events/session-event.ts';
import type { SessionState } from '../../../../electron/service/session/state/session-state.ts';
import type { Mark } from '../../../../shared/contract/session-view/entries.ts';
import type { SessionView } from '../../../../shared/contract/session-view/session-view.ts';
import { goldenBoard, type BoardState } from '../../../fixtures/boards/golden-board.ts';
import { dosing, PlayedSession, startMs } from '../../../session/played-session.ts';
import { at, offsetMin } from '../../../fixtures/boards/golden-times.ts';

const clock = clockTimeAt(offsetMin, formatsOfCountry.uk);
const now = { utcMs: at(38), offsetMin, hours: 24 } as const;

function sessionOf(state: BoardState): SessionView {
  const { session } = goldenBoard({ state });
  if (session === null) throw new Error('the golden board has a session');
  return session;
}
function markOf(session: SessionView, label: string): Mark {
  const mark = session.marks.find((candidate) => candidate.label === label);
  if (mark === undefined) throw new Error(`the golden session has no mark "${label}"`);
  return mark;
}
const timeDraft = (typed: string, reason: string): CorrectionDraft => ({ act: 'time', time: { typed, reason }, undoReason: '' });

test('PAGE-22 neither another time nor an undo goes out without its reason', () => {
  const mark = markOf(sessionOf('full'), 'Onset of effect');
  const typed = clock.minute(at(4));
  for (const reason of ['', '   ']) {
    expect(correctionOf(timeDraft(typed, reason), mark, now)).toEqual({ ok: false, waitsFor: 'say why' });
    expect(correctionOf({ ...timeDraft(typed, 'x'), act: 'undo', undoReason: reason }, mark, now)).toEqual({
      ok: false,
      waitsFor: 'say why',
    });
  }
  expect(correctionOf(timeDraft(typed, ' read off the pump '), mark, now)).toEqual({
    ok: true,
    command: { type: 'correct-time', eventId: mark.eventId, utcMs: at(4), reason: 'read off the pump' },
  });
  expect(correctionOf({ ...timeDraft('', ''), act: 'undo', undoReason: ' wrong button ' }, mark, now)).toEqual({
    ok: true,
    command: { type: 'undo', eventId: mark.eventId, reason: 'wrong button' },
  });
});

test('PAGE-22 a time that is none, has not come yet, or is the one it has, is said before it is sent', () => {
  const mark = markOf(sessionOf('full'), 'Onset of effect');
  const waits = (typed: string): unknown => correctionOf(timeDraft(typed, 'why'), mark, now);
  expect(waits('')).toMatchObject({ ok: false, waitsFor: 'enter the time' });
  expect(waits('25:00')).toMatchObject({ ok: false, waitsFor: expect.stringContaining('time of day') });
  expect(waits(clock.minute(at(40)))).toMatchObject({ ok: false, waitsFor: expect.stringContaining('not come yet') });
  expect(waits(clock.second(mark.atMs))).toMatchObject({ ok: false, waitsFor: 'this is the time it has now' });
});

test('PAGE-22 what was said about the pump can be undone but has no time to correct', () => {
  const mark: Mark = { ...markOf(sessionOf('full'), 'Onset of effect'), kind: 'pump-confirmed', milestone: null };
  expect(emptyCorrection(mark).act).toBe('undo');
  expect(emptyCorrection(markOf(sessionOf('full'), 'Infusion started')).act).toBe('time');
});

/** As the sheet puts it: the dose as it stands, and as the room service foresees it. */
function saidOf(session: PlayedSession, command: SessionCommandInput, nowMin: number): readonly string[] {
  session.at(nowMin);
  const foreseen = foreseeSession(session.open, sessionCommandSchema.parse(command), session.context());
  if ('refusal' in foreseen) return [foreseen.refusal.message];
  const view = (state: SessionState) => doseView(state, session.protocol);
  return correctionEffect(view(session.open), view(foreseen.after), session.nowMs, clock.minute);
}

/** Paused at +10, resumed at +15, 45 mL/h from +23. */
function golden(): { readonly session: PlayedSession; readonly id: (kind: SessionEvent['kind']) => string } {
  const session = dosing().at(10);
  session.do({ type: 'pause-dose', reason: 'patient-anxious' });
  session.at(15).do({ type: 'resume-dose' });
  session.at(23).do({ type: 'change-rate', rateMlPerHour: 45 });
  return { session, id: (kind) => session.log.find((event) => event.kind === kind)?.eventId ?? '' };
}
const time = (eventId: string, toMin: number): SessionCommandInput => ({
  type: 'correct-time',
  eventId,
  utcMs: startMs + Math.round(toMin * 60_000),
  reason: 'misread',
});
const startAt = (minutes: number): string => clock.minute(startMs + Math.round(minutes * 60_000));

test('PAGE-23 correcting the start says from how much to how much, and from when the minutes count', () => {
  const { session, id } = golden();
  expect(saidOf(session, time(id('dose-started'), -5), 38)).toEqual([
    `Minutes from the start, and what is due, count from ${startAt(-5)} instead of ${startAt(0)}.`,
    'Delivered up to now: from 29.25 to 34.25 mg.',
    `The bag is empty about ${startAt(45 + 2 / 3)} instead of ${startAt(52 + 1 / 3)}.`,
  ]);
});

test('PAGE-23 every part of the dose is reckoned where it stands', () => {
  const { session, id } = golden();
  expect(saidOf(session, time(id('dose-paused'), 12), 38)).toContain('Delivered up to now: from 29.25 to 31.25 mg.');
  expect(saidOf(session, time(id('dose-resumed'), 20), 38)).toContain('Delivered up to now: from 29.25 to 24.25 mg.');
  expect(saidOf(session, { type: 'undo', eventId: id('rate-changed') }, 38)).toContain('Delivered up to now: from 29.25 to 33.00 mg.');
  session.at(34).do({ type: 'stop-dose-early', reason: 'patient-asked' });
  expect(saidOf(session, time(id('dose-stopped-early'), 30), 38)).toEqual([
    'Delivered up to now: from 26.25 to 23.25 mg.',
    'Left over, to be accounted for: from 13.75 to 16.75 mg.',
  ]);
  expect(saidOf(session, { type: 'undo', eventId: id('dose-stopped-early') }, 38)[0]).toBe('The dose is then open again.');
});

test('PAGE-23 what other entries stand on is refused in the words of the room service, before it is confirmed', () => {
  const { session, id } = golden();
  for (const command of [
    time(id('dose-started'), 12),
    { type: 'undo', eventId: id('dose-started') },
    { type: 'undo', eventId: id('dose-paused') },
    { type: 'undo', eventId: id('dose-resumed') },
    time(id('dose-paused'), -2),
    time(id('rate-changed'), 14),
  ] as const) {
    expect(saidOf(session, command, 38)).toEqual([expect.stringContaining(session.try(command).refusal?.message ?? 'taken')]);
  }
});

test('PAGE-23 undoing a start or an injection that nothing stands on says that no dose was started', () => {
  const session = dosing();
  const start = session.log.findLast((event) => event.kind === 'dose-started')?.eventId ?? '';
  expect(saidOf(session, { type: 'undo', eventId: start }, 8)).toEqual([
    'The dose then counts as not started: from 8.00 to 0 mg delivered, and no clock runs.',
  ]);
});

test('PAGE-23 the preview of any correction is what is true after it', () => {
  const minutes = fc.integer({ min: -600, max: 2200 }).map((seconds) => seconds / 60);
  let foreseen = 0;
  fc.assert(
    fc.property(fc.nat({ max: 40 }), fc.option(minutes), (index, toMin) => {
      const { session } = golden();
      session.at(38);
      const eventId = session.log[index % session.log.length]?.eventId ?? '';
      const command = toMin === null ? ({ type: 'undo', eventId } as const) : time(eventId, toMin);
      const ahead = foreseeSession(session.open, sessionCommandSchema.parse(command), session.context());
      const { refusal } = session.try(command);
      if ('refusal' in ahead) {
        expect(refusal).toEqual(ahead.refusal);
        return;
      }
      expect(refusal).toBeNull();
      expect(doseView(session.open, session.protocol)).toEqual(doseView(ahead.after, session.protocol));
      foreseen += 1;
    }),
    { seed: 22, numRuns: 200 },
  );
  expect(foreseen).toBeGreaterThan(30);
});

test('PAGE-24 a corrected entry shows its first time beside the new one, a late one when it was entered', () => {
  const marks = sessionOf('finished').marks;
  const amended = marks.find((mark) => mark.amendedFromMs !== null);
  const late = marks.find((mark) => mark.late);
  if (amended === undefined || late === undefined) throw new Error('the golden session has both');
  expect(markNotes(amended, clock).amended).toBe(`amended, first ${clock.minute(at(108))}`);
  expect(markNotes(late, clock)).toEqual({ about: `Nurse · entered ${clock.minute(late.enteredMs)} late`, amended: null });
});

/** At 80 kg and 1 mg/kg, the first injection given; as the page sees it. */
function injected(): { readonly session: PlayedSession; readonly section: SessionView; readonly eventId: string } {
  const session = new PlayedSession();
  session.protocol = builtInProtocols.find(({ route }) => route === 'im') ?? session.protocol;
  session.openSession().at(-10);
  session.do({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
  session.do({ type: 'order-injection', mgPerKg: 1, mgPerMl: 50, standingOrder: true });
  const { eventId } = session.at(0).insist({ type: 'give-injection', site: 'deltoid', side: 'left', lot: 'K-114' });
  session.at(1);
  session.do({ type: 'enter-vitals', values: { 'pulse-rate': 78, temp: 37.25 } });
  const { protocol, nowMs } = session;
  const around = { protocol, nowMs, cuffs: [], monitorLive: true, privateMarksShown: false, nameOf: () => null };
  return { session, section: sessionView(session.open, around), eventId };
}

test('CORRECT-8 the sheet begins with what stands, and sends only what was changed', () => {
  const { section, eventId } = injected();
  const what = whatOfEntry(section, eventId, 'Cel');
  expect(what).toEqual({ of: 'administration', kind: 'injection', amount: '80', site: 'deltoid', side: 'left', lot: 'K-114' });
  if (what?.of !== 'administration') throw new Error('an injection is an administration');
  const mark = section.marks.find((one) => one.eventId === eventId);
  if (mark === undefined) throw new Error('an injection is a mark');
  const recorded = { what, temperature: 'Cel' } as const;
  const draft = (change: Partial<typeof what>, whatReason = 'misread'): CorrectionDraft => ({
    ...emptyCorrection(mark, recorded),
    act: 'what',
    what: { ...what, ...change },
    whatReason,
  });
  expect(correctionOf(draft({}), mark, now, recorded)).toEqual({ ok: false, waitsFor: 'change what is wrong' });
  expect(correctionOf(draft({ amount: '0' }), mark, now, recorded)).toEqual({ ok: false, waitsFor: 'correct the amount' });
  expect(correctionOf(draft({ side: 'right' }, ' '), mark, now, recorded)).toEqual({ ok: false, waitsFor: 'say why' });
  expect(correctionOf(draft({ side: 'right' }, 'x'), mark, now, recorded)).toEqual({ ok: false, waitsFor: 'say why' });
  expect(correctionOf(draft({ amount: '75', lot: ' K-9 ' }), mark, now, recorded)).toEqual({
    ok: true,
    command: { type: 'correct-administration', eventId, mg: 75, lot: 'K-9', reason: 'misread' },
  });
  expect(whatOfEntry(section, 'another', 'Cel')).toBeNull();
});

test('CORRECT-8 vitals by hand are in the list of what was recorded, and their figures are typed over', () => {
  const { section } = injected();
  const mark = recordedMarks(section).find(({ label }) => label === 'Vitals by hand');
  expect(mark?.detail).toContain('pulse 78');
  const what = whatOfEntry(section, mark?.eventId ?? '', '[degF]');
  if (mark === undefined || what?.of !== 'vitals') throw new Error('they are typed vitals');
  expect(what.typed).toMatchObject({ 'pulse-rate': '78', temp: '99.1', spo2: '' });
  const recorded = { what, temperature: '[degF]' } as const;
  const draft: CorrectionDraft = { ...emptyCorrection(mark, recorded), act: 'what', whatReason: 'misread' };
  expect(correctionOf(draft, mark, now, recorded)).toEqual({ ok: false, waitsFor: 'change what is wrong' });
  const typed = { ...what.typed, 'pulse-rate': '87', temp: '' };
  expect(correctionOf({ ...draft, what: { of: 'vitals', typed } }, mark, now, recorded)).toMatchObject({
    ok: true,
    command: { type: 'correct-vitals', eventId: mark.eventId, values: { 'pulse-rate': 87 }, reason: 'misread' },
  });
});

test('CORRECT-12 the sheet offers what was left in the bag where one came off, beside what was worked out', () => {
  const session = dosing().at(10);
  const { eventId } = session.do({ type: 'stop-dose-early', reason: 'patient-asked' });
  const { protocol, nowMs } = session.at(11);
  const section = sessionView(session.open, {
    protocol,
    nowMs,
    cuffs: [],
    monitorLive: true,
    privateMarksShown: false,
    nameOf: () => null,
  });
  const mark = section.marks.find((one) => one.eventId === eventId);
  const what = whatOfEntry(section, eventId, 'Cel');
  if (mark === undefined || what?.of !== 'left') throw new Error('a stop takes a bag off');
  expect(what).toEqual({ of: 'left', ml: '', worked: '30' });
  const sent = (ml: string, stands = what, whatReason = 'read and not typed') => {
    const recorded = { what: stands, temperature: 'Cel' } as const;
    return correctionOf({ ...emptyCorrection(mark, recorded), act: 'what', what: { ...stands, ml }, whatReason }, mark, now, recorded);
  };
  expect(sent('')).toEqual({ ok: false, waitsFor: 'type the mL that were left' });
  expect(sent('about 30')).toEqual({ ok: false, waitsFor: 'type the mL that were left' });
  expect(sent('30.4', { ...what, ml: '30.4' })).toEqual({ ok: false, waitsFor: 'change what is wrong' });
  expect(sent('30.4', what, 'x')).toEqual({ ok: false, waitsFor: 'say why' });
  const command = { type: 'correct-volume-left', eventId, volumeLeftMl: 30.4, reason: 'read and not typed' };
  expect(sent(' 30,4 ')).toEqual({ ok: true, command });
  expect(sent('0')).toMatchObject({ ok: true, command: { volumeLeftMl: 0 } });
  const start = section.marks.find(({ label }) => label === 'Infusion started');
  expect(whatOfEntry(section, start?.eventId ?? '', 'Cel')).toBeNull();
});

test('CORRECT-9 the sheet names a reading of the monitor, or a stretch in which a typed minute is all of that minute', () => {
  const cuff = (minute: number, byHand: boolean) => ({ atMs: at(minute), sys: 184, dia: 121, mean: null, byHand });
  const marked = { ...cuff(30, false), artefact: true } as const;
  expect(openPressures({ cuffReadings: [cuff(10, false), cuff(20, true), marked, cuff(35, false)] }).map(({ atMs }) => atMs)).toEqual([
    at(35),
    at(10),
  ]);
  const draft = { ...emptyArtefact, metric: 'spo2' as const, from: clock.minute(at(30)), reason: ' finger cold ' };
  expect(artefactRequest(emptyArtefact, now)).toEqual({ ok: false, waitsFor: 'choose the reading' });
  expect(artefactRequest({ ...emptyArtefact, pressureMs: at(35) }, now)).toMatchObject({
    ok: true,
    command: { type: 'mark-artefact', metric: 'nibp', fromMs: at(35) },
  });
  expect(artefactRequest(draft, now)).toEqual({
    ok: true,
    command: { type: 'mark-artefact', metric: 'spo2', fromMs: at(30), toMs: at(30) + 59_999, reason: 'finger cold' },
  });
  expect(artefactRequest({ ...draft, to: clock.second(at(31)) }, now)).toMatchObject({ command: { toMs: at(31) } });
  expect(artefactRequest({ ...draft, to: clock.minute(at(29)) }, now)).toMatchObject({ ok: false });
  expect(artefactRequest({ ...draft, from: 'x' }, now)).toEqual({ ok: false, waitsFor: 'type when it was' });
});

test('DOUBT-9 what is typed as a reason without words keeps every button waiting', () => {
  const mark = markOf(sessionOf('full'), 'Onset of effect');
  expect(correctionOf(timeDraft(clock.minute(at(10)), 'x'), mark, now)).toMatchObject({ waitsFor: 'say why' });
  expect(correctionOf({ ...timeDraft('', ''), act: 'undo', undoReason: '...' }, mark, now)).toMatchObject({ waitsFor: 'say why' });
  expect(clinicalTimeOf({ typed: clock.minute(at(10)), reason: 'x' }, now)).toEqual({ ok: false, problem: 'Say why it is entered late.' });
  expect(clinicalTimeOf({ typed: clock.minute(at(10)), reason: 'busy' }, now)).toMatchObject({ ok: true, at: { reason: 'busy' } });
  expect([reasonProblem(''), reasonProblem('xx'), reasonProblem('busy')]).toEqual([undefined, 'Write it in words.', undefined]);
});
