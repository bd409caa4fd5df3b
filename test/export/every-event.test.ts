import { describe, expect, test } from 'vitest';
import { csvOfDocument } from '../../electron/service/export/record-csv.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { recordPages } from '../../electron/service/export/record-print.ts';
import { besideRecord } from '../../electron/service/session/events/events-beside-record.ts';
import { sessionEventBodies, type SessionEvent, type SessionEventKind } from '../../electron/service/session/events/session-event.ts';
import { recordHistory } from '../../electron/service/projection/record-history.ts';
import { wholeRecord } from '../../renderer/screens/record/entry-history.ts';
import { startMs, type PlayedSession } from '../session/played-session.ts';
import { adverseEventId, eventSamples, ratingId } from './event-samples.ts';
import { materialOf, sectionOf } from './golden-material.ts';
import { bodyOf, sessionWith } from './session-with-event.ts';

const kinds = Object.keys(sessionEventBodies) as SessionEventKind[];
const ofRecord = kinds.filter((kind) => !besideRecord.includes(kind));
const noReadings = {
  trend: {
    fromMs: startMs,
    stepMs: 1000,
    length: 0,
    columns: { 'pulse-rate': [], spo2: [], 'resp-rate': [], etco2: [], 'heart-rate': [] },
  },
  cuffs: [],
};

/** Answers to single items and the room's own links are drawn on the timeline of the record, and not listed. */
const drawnOnly: ReadonlySet<SessionEventKind> = new Set([
  'item-answered',
  'rating-finished',
  'monitor-lost',
  'monitor-live',
  'recording-gap',
]);
/** Where the screen says it otherwise: an undo is "undone", and the time that holds is the time of the line. */
const onScreen: ReadonlySet<string> = new Set(['Undo', 'Time correction', 'Correction', '09:53', 'Observation amended', '10:47']);

/** Everything that a person typed: the words and names of a body, wherever they stand in it. */
function typedIn(value: unknown): string[] {
  if (typeof value === 'string') return /^typed | [A-Z]/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(typedIn);
}

/** As a reader reads it: lines run on, and the pieces of a broken word count as one. */
const read = (text: string): string => text.replaceAll(/\s+/g, ' ');
const printed = (session: PlayedSession): string =>
  read(
    recordPages(materialOf(session, noReadings), 'full')
      .flatMap((page) => page.marks.map((mark) => (mark.mark === 'text' ? mark.text : '')))
      .join(' '),
  );

function missingIn(text: string, kind: SessionEventKind): string[] {
  return [...typedIn(kind === 'session-opened' ? eventSamples[kind].body : bodyOf(kind)), ...eventSamples[kind].finds].filter(
    (words) => !text.includes(read(words)),
  );
}

/** The same session, with everything that was typed begun in a writing from right to left. */
function fromRightToLeft(session: PlayedSession): PlayedSession {
  const turned = (value: unknown): unknown => {
    if (typeof value === 'string') return typedIn(value).length > 0 ? `${arabic} ${value}` : value;
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, turned(item)]));
  };
  const log = session.log.map((event) => ({ ...event, body: turned(event.body) }) as SessionEvent);
  session.log.splice(0, session.log.length, ...log);
  return session;
}
const arabic = 'نور';

/** Sentences that the room service puts together for a screen about what was recorded. */
function sentencesOf(session: PlayedSession): readonly string[] {
  const source = materialOf(session, noReadings);
  const section = sectionOf(source);
  const { state, nameOf } = source;
  const history = recordHistory(state, nameOf).flatMap(({ label, detail, reasons, changes }) => [
    label,
    detail,
    ...reasons,
    ...changes.flatMap((change) => [change.label, change.detail, change.replaces, change.reason]),
  ]);
  const shown = [...section.marks, ...section.artefacts, ...section.dose.administrations, ...section.undoable].flatMap((entry) => [
    entry.label,
    'detail' in entry ? entry.detail : null,
  ]);
  const more = [...section.typedVitals.map(({ detail }) => detail), ...section.checklist.map(({ detail }) => detail)];
  const later = section.adverseEvents.flatMap(({ versions }) => versions.flatMap(({ said }) => said));
  return [...history, ...shown, ...more, ...later].filter((sentence) => sentence !== null);
}

/** Without what is set apart, also one within another. */
function outsideOf(sentence: string): string {
  const inner = sentence.replaceAll(/\u2068[^\u2068\u2069]*\u2069/g, '');
  return inner === sentence ? sentence : outsideOf(inner);
}

describe('every kind of event', () => {
  test.each(kinds)('SCREEN-61 of %s what was typed from right to left is set apart in every sentence of the room service', (kind) => {
    const sentences = sentencesOf(fromRightToLeft(sessionWith(kind, 'holds')));
    expect(sentences.filter((sentence) => outsideOf(sentence).includes(arabic))).toEqual([]);
    const isTyped = typedIn(eventSamples[kind].body).length > 0;
    if (isTyped && !besideRecord.includes(kind) && !drawnOnly.has(kind)) {
      expect(sentences.some((sentence) => sentence.includes(`\u2068${arabic}`))).toBe(true);
    }
  });

  test.each(ofRecord)('SCREEN-61 of %s no mark of direction is stored or leaves the room', (kind) => {
    const session = fromRightToLeft(sessionWith(kind, 'holds'));
    const document = recordDocument(materialOf(session, noReadings));
    const written = JSON.stringify([session.log, document]) + [...csvOfDocument(document)].join('');
    expect(written).toContain(JSON.stringify(session.log.at(-1)?.kind));
    expect(written.match(/[\u2068\u2069]/g)).toBeNull();
  });

  test.each(kinds)('EXPORT-22 the sample of %s has every field that the kind has', (kind) => {
    expect(Object.keys(bodyOf(kind)).toSorted()).toEqual(Object.keys(sessionEventBodies[kind].shape).toSorted());
  });

  test('EXPORT-22 what was typed is looked for: in the samples there is much of it', () => {
    expect(kinds.flatMap((kind) => typedIn(eventSamples[kind].body)).length).toBeGreaterThan(60);
    expect([ratingId, adverseEventId].flatMap(typedIn)).toEqual([]);
  });

  describe.each(['holds', 'undone', 'moved'] as const)('that %s', (then) => {
    const some =
      then === 'holds' ? ofRecord : ofRecord.filter((kind) => kind !== 'session-opened' && !('eventId' in eventSamples[kind].body));

    test.each(some)('EXPORT-22 of %s everything that was typed or decided is in the document', (kind) => {
      const session = sessionWith(kind, then);
      const { history } = recordDocument(materialOf(session, noReadings));
      const entries = history.map(({ label, detail, about, reason }) => `${label}: ${detail} ${about} ${reason}`).join(' ');
      expect(missingIn(read(entries), kind)).toEqual([]);
    });

    test.each(some)('EXPORT-22 of %s everything that was typed or decided is in the table', (kind) => {
      const session = sessionWith(kind, then);
      const rows = [...csvOfDocument(recordDocument(materialOf(session, noReadings)))].join('\n');
      expect(missingIn(read(rows.replaceAll('""', '"')), kind)).toEqual([]);
      if (then !== 'holds') expect(rows).toContain('typed vole');
    });

    test.each(some.filter((kind) => !drawnOnly.has(kind)))(
      'RECORD-8 of %s everything that was typed or decided is in the list of the record',
      (kind) => {
        const session = sessionWith(kind, then);
        const source = materialOf(session, noReadings);
        const { state, nameOf } = source;
        const entries = wholeRecord(sectionOf(source), { history: recordHistory(state, nameOf), signing: { items: [] } });
        const lines = entries.flatMap(({ title, detail, earlier }) => [
          [title, detail].filter((part) => part !== null).join(': '),
          ...earlier.map(({ said, what, reason }) => [said !== null && 'words' in said ? said.words : '', what, reason].join(' ')),
        ]);
        // An undo and a correction stand with what they are about, in words of the screen.
        const unsaid = missingIn(read(lines.join(' | ')), kind).filter((words) => !onScreen.has(words));
        expect(unsaid).toEqual([]);
      },
    );

    test.each(some)('EXPORT-22 of %s everything that was typed or decided is in the print', (kind) => {
      const text = printed(sessionWith(kind, then));
      expect(missingIn(text, kind)).toEqual([]);
      if (then !== 'holds') expect(text).toContain('typed vole');
    });
  });
});
