import { beforeAll, describe, expect, test } from 'vitest';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import type { SessionSource } from '../../electron/service/export/record/session-source.ts';
import { recordHistory } from '../../electron/service/projection/record-history.ts';
import { sessionSigning } from '../../electron/service/projection/session-signing.ts';
import { namesIn, type NamesOverTime } from '../../electron/service/staff/names.ts';
import { sectionOf } from './golden-material.ts';
import { storedSessions, type StoredSession } from './record-hashes.ts';

let sessions: readonly StoredSession[];
beforeAll(() => {
  sessions = storedSessions();
});

/** The same session in a room where everybody is called otherwise from an event on. */
function renamedAt({ names, ...source }: SessionSource, seq: number): SessionSource {
  const since = (name: string) => [
    { name, seq: 0 },
    { name: `${name} renamed`, seq },
  ];
  const renamed: NamesOverTime = new Map([...names].map(([personId, theirs]) => [personId, { names: since(theirs.names[0]?.name ?? '') }]));
  return { ...source, names: renamed, nameOf: namesIn(renamed, source.state.log) };
}

/** Everything that names whoever recorded something. */
function told(source: SessionSource): string {
  const { state, protocol, vitals, recordHash, nameOf } = source;
  const signing = sessionSigning(state, { protocol, vitals, offsetMin: 0, recordHash, nameOf });
  return JSON.stringify([recordDocument(source), sectionOf(source), recordHistory(state, nameOf), signing], null, 1);
}

/** What stands beside the id of an event as whoever recorded it. */
function* namedEvents(value: unknown): Generator<{ readonly eventId: string; readonly by: string }> {
  if (typeof value !== 'object' || value === null) return;
  if ('eventId' in value && 'by' in value && typeof value.eventId === 'string' && typeof value.by === 'string') {
    yield { eventId: value.eventId, by: value.by };
  }
  for (const inner of Object.values(value)) yield* namedEvents(inner);
}

describe('the records of every kind of event, where everybody was renamed', () => {
  test('ACCESS-10 afterwards, read as before', () => {
    for (const { title, source } of sessions) {
      const lastSeq = source.state.log.at(-1)?.seq ?? 0;
      expect(told(renamedAt(source, lastSeq + 1)), title).toBe(told(source));
    }
  });

  test('ACCESS-10 before they began, have the new names throughout', () => {
    for (const { title, source } of sessions) {
      const said = told(renamedAt(source, 1));
      expect(said, title).toContain(' renamed"');
      expect(JSON.stringify([...namedEvents(JSON.parse(said))].filter(({ by }) => !by.endsWith(' renamed'))), title).toBe('[]');
    }
  });

  test('ACCESS-10 in the middle, name each entry as its person was called then', () => {
    let changed = 0;
    for (const { title, source } of sessions) {
      const { log } = source.state;
      const seq = log[Math.floor(log.length / 2)]?.seq ?? 0;
      const seqOf = new Map(log.map((event) => [event.eventId, event.seq]));
      for (const { eventId, by } of namedEvents(JSON.parse(told(renamedAt(source, seq))))) {
        const recorded = seqOf.get(eventId);
        if (recorded === undefined) continue;
        expect(`${title}: ${eventId} ${by.endsWith(' renamed')}`).toBe(`${title}: ${eventId} ${recorded >= seq}`);
        changed += recorded >= seq ? 1 : 0;
      }
    }
    expect(changed).toBeGreaterThan(sessions.length);
  });
});
