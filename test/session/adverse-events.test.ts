import { describe, expect, test } from 'vitest';
import { adverseEventViews, drugGivenViews } from '../../electron/service/projection/session-adverse-events.ts';
import { sessionMarks } from '../../electron/service/projection/session-marks.ts';
import type { AdverseEventState } from '../../electron/service/session/state/adverse-event-state.ts';
import { adverseEventCategories, commonAdverseEvents } from '../../shared/clinical/adverse-event.ts';
import { dosing, startMs, type PlayedSession } from './played-session.ts';

const ms = (minutes: number): number => startMs + Math.round(minutes * 60_000);
const nobody = '018f0000-0000-7000-8000-000000000000';

function eventOf(session: PlayedSession): AdverseEventState {
  const [event] = session.open.adverseEvents;
  if (event === undefined) throw new Error('no adverse event is recorded');
  return event;
}

function nausea(session: PlayedSession): string {
  session.do({ type: 'record-adverse-event', category: 'nausea', severity: 'moderate' });
  return eventOf(session).adverseEventId;
}

describe('adverse events', () => {
  test('ADVERSE-1 category and severity are enough; the onset is now or another time', () => {
    const session = dosing().at(12);
    nausea(session);
    session.do({ type: 'record-adverse-event', category: 'anxiety', severity: 'mild', at: { utcMs: ms(9) } });
    expect(session.open.adverseEvents.map(({ category, severity, atMs, open }) => [category, severity, atMs, open])).toEqual([
      ['anxiety', 'mild', ms(9), true],
      ['nausea', 'moderate', ms(12), true],
    ]);
  });

  test('ADVERSE-2 an update says only what is new, so that two people do not overwrite each other', () => {
    const session = dosing().at(12);
    const adverseEventId = nausea(session);
    // Both had the sheet open from the same version.
    session.at(13).do({ type: 'update-adverse-event', adverseEventId, changes: { severity: 'severe' } });
    const second = session.do({
      type: 'update-adverse-event',
      adverseEventId,
      changes: { relatedness: 'probable', detail: 'after moving' },
    });
    expect(eventOf(session)).toMatchObject({ severity: 'severe', relatedness: 'probable', detail: 'after moving', category: 'nausea' });
    expect(second.kind === 'adverse-event-updated' ? second.body.changes : null).toEqual({
      relatedness: 'probable',
      detail: 'after moving',
    });
  });

  test('ADVERSE-3 every version stays, and undoing one takes back just what it said', () => {
    const session = dosing().at(12);
    const adverseEventId = nausea(session);
    const worse = session.at(13).do({ type: 'update-adverse-event', adverseEventId, changes: { severity: 'severe' } });
    const over = session.at(20).do({ type: 'update-adverse-event', adverseEventId, changes: { outcome: 'recovered', endedMs: ms(20) } });
    expect(over.supersedes).toBe(worse.eventId);
    session.do({ type: 'undo', eventId: worse.eventId });
    expect(eventOf(session)).toMatchObject({ severity: 'moderate', outcome: 'recovered', endedMs: ms(20), open: false });
    const [view] = adverseEventViews(session.open, () => 'Nurse');
    expect(view?.versions.map((version) => version.said)).toEqual([[], ['Recovered', 'over']]);
    expect(session.log.filter((event) => event.kind === 'adverse-event-updated')).toHaveLength(2);
  });

  test('ADVERSE-4 an event is open until it has an outcome or an end, and an undo opens it again', () => {
    const session = dosing().at(12);
    const adverseEventId = nausea(session);
    session.do({ type: 'update-adverse-event', adverseEventId, changes: { serious: [] } });
    expect(eventOf(session).open).toBe(true);
    const ended = session.at(14).do({ type: 'update-adverse-event', adverseEventId, changes: { endedMs: ms(14) } });
    expect(eventOf(session).open).toBe(false);
    session.do({ type: 'undo', eventId: ended.eventId });
    expect(eventOf(session).open).toBe(true);
    session.do({ type: 'update-adverse-event', adverseEventId, changes: { outcome: 'unknown' } });
    expect(eventOf(session).open).toBe(false);
  });

  test('ADVERSE-5 an end before the onset or in the future is refused, and an onset moved behind the end', () => {
    const session = dosing().at(12);
    const adverseEventId = nausea(session);
    session.at(20);
    const ends = (minutes: number) =>
      session.try({ type: 'update-adverse-event', adverseEventId, changes: { endedMs: ms(minutes) } }).refusal;
    expect(ends(11)).toMatchObject({ code: 'SESSION_TIME_IMPOSSIBLE', subject: 'endedMs' });
    expect(ends(11)?.message).toBe('It cannot have ended at 10:11: it began at 10:12. Choose a later end, or correct the onset first.');
    expect(ends(21)).toMatchObject({ code: 'SESSION_TIME_IMPOSSIBLE', subject: 'endedMs' });
    expect(ends(15)).toBeNull();
    const moved = session.try({ type: 'correct-time', eventId: eventOf(session).eventId, utcMs: ms(16), reason: 'misread' });
    expect(moved.refusal).toMatchObject({ code: 'SESSION_TIME_IMPOSSIBLE' });
    expect(moved.refusal?.message).toContain('It had ended at 10:15');
    session.do({ type: 'correct-time', eventId: eventOf(session).eventId, utcMs: ms(10), reason: 'misread' });
    expect(eventOf(session)).toMatchObject({ atMs: ms(10), amendedFromMs: ms(12) });
  });

  test('ADVERSE-5 over at once is over at the onset, where the page is up to two seconds behind the service', () => {
    const session = dosing().at(12);
    const adverseEventId = nausea(session);
    const end = (endedMs: number) => session.try({ type: 'update-adverse-event', adverseEventId, changes: { endedMs } }).refusal;
    expect(end(ms(12) - 2001)).toMatchObject({ code: 'SESSION_TIME_IMPOSSIBLE' });
    expect(end(ms(12) - 2000)).toBeNull();
    expect(eventOf(session).endedMs).toBe(ms(12));
  });

  test('ADVERSE-6 an onset in the future or before the session is refused; one long ago needs a reason', () => {
    const session = dosing().at(12);
    const at = (minutes: number, reason?: string) =>
      session.try({
        type: 'record-adverse-event',
        category: 'headache',
        severity: 'mild',
        at: { utcMs: ms(minutes), ...(reason === undefined ? {} : { reason }) },
      }).refusal?.code;
    expect(at(13)).toBe('SESSION_TIME_IMPOSSIBLE');
    expect(at(-60)).toBe('SESSION_TIME_IMPOSSIBLE');
    expect(at(2)).toBe('SESSION_REASON_REQUIRED');
    expect(at(2, 'patient said so later')).toBeUndefined();
    expect(eventOf(session).late).toBe(true);
  });

  test('ADVERSE-7 an update of no recorded event, or one that says nothing new, is refused', () => {
    const session = dosing().at(12);
    const adverseEventId = nausea(session);
    expect(session.try({ type: 'update-adverse-event', adverseEventId: nobody, changes: { severity: 'mild' } }).refusal?.code).toBe(
      'ADVERSE_EVENT_NOT_FOUND',
    );
    for (const changes of [{}, { severity: 'moderate' }, { outcome: null }, { actions: [] }] as const) {
      expect(session.try({ type: 'update-adverse-event', adverseEventId, changes: { ...changes } as never }).refusal?.code).toBe(
        'ADVERSE_EVENT_UNCHANGED',
      );
    }
    session.do({ type: 'undo', eventId: eventOf(session).eventId });
    expect(session.try({ type: 'update-adverse-event', adverseEventId, changes: { severity: 'mild' } }).refusal?.code).toBe(
      'ADVERSE_EVENT_NOT_FOUND',
    );
  });

  test('ADVERSE-12 the categories are those that stand in the record’s history, each with one label', () => {
    const labels = Object.values(adverseEventCategories);
    expect(labels).toHaveLength(34);
    expect(new Set(labels).size).toBe(34);
    expect(new Set(commonAdverseEvents).size).toBe(commonAdverseEvents.length);
  });
});

describe('rescue and comfort drugs', () => {
  test('ADVERSE-8 a drug is linked with its event both ways; neither is left without the other', () => {
    const session = dosing().at(12);
    const adverseEventId = nausea(session);
    const given = session.at(13).do({ type: 'give-drug', drug: 'ondansetron', dose: '4 mg', route: 'iv', adverseEventId });
    expect(adverseEventViews(session.open, () => null)[0]?.drugs).toEqual([given.eventId]);
    expect(drugGivenViews(session.open, () => null)[0]).toMatchObject({ drug: 'ondansetron', adverseEventId });
    expect(
      session.try({ type: 'give-drug', drug: 'ondansetron', dose: '4 mg', route: 'iv', adverseEventId: nobody }).refusal,
    ).toMatchObject({ code: 'ADVERSE_EVENT_NOT_FOUND', subject: nobody });
    const undone = session.try({ type: 'undo', eventId: eventOf(session).eventId });
    expect(undone.refusal).toMatchObject({ code: 'ADVERSE_EVENT_NOT_FOUND', subject: given.eventId });
    session.do({ type: 'undo', eventId: given.eventId });
    expect(adverseEventViews(session.open, () => null)[0]?.drugs).toEqual([]);
    expect(session.try({ type: 'undo', eventId: eventOf(session).eventId }).refusal).toBeNull();
  });

  test('ADVERSE-9 a drug for no recorded event stands alone, with its amount as typed', () => {
    const session = dosing().at(12);
    session.do({ type: 'give-drug', drug: 'oxygen', dose: '2 L/min', route: 'inhaled', reason: 'comfort', at: { utcMs: ms(11) } });
    expect(drugGivenViews(session.open, () => 'Nurse')).toEqual([
      expect.objectContaining({ dose: '2 L/min', reason: 'comfort', adverseEventId: null, atMs: ms(11), by: 'Nurse' }),
    ]);
  });

  test('ADVERSE-10 a therapist records what they see, undoes it, and gives no drug', () => {
    const session = dosing().at(12);
    session.role = 'therapist';
    const event = session.do({ type: 'record-adverse-event', category: 'dysphoria', severity: 'mild' });
    expect(session.try({ type: 'give-drug', drug: 'midazolam', dose: '1 mg', route: 'iv' }).refusal?.code).toBe('STAFF_NOT_ALLOWED');
    expect(session.try({ type: 'undo', eventId: event.eventId }).refusal).toBeNull();
  });

  test('ADVERSE-11 marks carry what was said last, and a drug names what it was given for', () => {
    const session = dosing().at(12);
    const adverseEventId = nausea(session);
    session.do({ type: 'give-drug', drug: 'ondansetron', dose: '4 mg', route: 'odt', adverseEventId });
    session.do({
      type: 'update-adverse-event',
      adverseEventId,
      changes: { category: 'vomiting', severity: 'severe', serious: ['important-medical-event'] },
    });
    const marks = sessionMarks(session.open, () => null).filter((mark) => mark.kind === 'adverse-event' || mark.kind === 'drug');
    expect(marks.map(({ kind, label, detail }) => [kind, label, detail])).toEqual([
      ['adverse-event', 'Vomiting', 'severe · serious'],
      ['drug', 'ondansetron 4 mg', 'ODT · for vomiting'],
    ]);
  });
});
