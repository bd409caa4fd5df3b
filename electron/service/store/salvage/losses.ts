import { atOnce } from '../../platform/in-turns.ts';
import { sessionEventBodies, type EventBody } from '../../session/events/session-event.ts';
import type { Connection } from '../connection.ts';
import type { Database } from '../database.ts';
import { blobToId, idToBlob } from '../event-row.ts';
import type { KeptHead } from '../log-head.ts';
import { readingsSeal } from '../record-seal.ts';
import type { LostTime } from '../named-losses.ts';
import { lostBelongTo, openDuring, type EarlierSalvage, type Run } from './holes.ts';
import { placesPerSecond, type SavedRows } from './saved-room.ts';
import type { RowRange, Survey } from './survey.ts';

/** What of a damaged room is lost, as its salvage tells. */
export type Losses = Pick<EventBody<'room-salvaged'>, 'roomEntriesLost' | 'setAside' | 'readings' | 'waves' | 'checkpointsLost'>;

interface Told {
  readonly saved: SavedRows;
  readonly survey: Survey;
  /** As `lostBelongTo`. */
  readonly runs: readonly Run[] | null;
  readonly kept: KeptHead | null;
}

/** @param database the new one, with everything that was saved */
export function lossesOf(database: Database, { saved, survey, runs }: Told): Losses {
  return database.read((connection) => {
    const earlier = earlierSalvages(connection);
    const isUnknown = earlier === null;
    const belonging = lostBelongTo(saved.holes, { runs: isUnknown ? null : runs, saved: saved.sessions, earlier: earlier ?? [] });
    const readings = lostTimes('readings', [...survey.lostRanges('reading'), ...saved.orphans.readings], saved);
    const waves = lostTimes('waves', [...survey.lostRanges('wave_block'), ...saved.orphans.waves], saved);
    const proven = createSignatureProof(connection);
    const lacking = [...new Set(readings.flatMap(({ sessions }) => sessions))].filter((sessionId) => !proven(sessionId));
    const setAside = [...new Set([...belonging.sessions, ...lacking])].toSorted();
    return {
      roomEntriesLost: belonging.room,
      setAside,
      readings: readings
        .filter(({ sessions }) => sessions.length === 0 || sessions.some((sessionId) => !proven(sessionId)))
        .map((lost) => ({ ...lost, sessions: lost.sessions.filter((sessionId) => lacking.includes(sessionId)) })),
      waves: [...earlierWaves(earlier ?? []), ...waves],
      checkpointsLost: survey.lostRanges('checkpoint').length > 0 || (earlier ?? []).some(({ checkpointsLost }) => checkpointsLost),
    };
  });
}

type Earlier = EarlierSalvage & Pick<EventBody<'room-salvaged'>, 'waves' | 'checkpointsLost'>;

function earlierWaves(earlier: readonly Earlier[]): LostTime[] {
  return earlier.flatMap(({ waves }) => waves);
}

/** Those that the log still tells of; null where an epoch began otherwise and the entry that tells how is lost. */
function earlierSalvages(connection: Connection): readonly Earlier[] | null {
  const begun = connection
    .prepare<[], { kind: string | null; body: string | null }>(
      `SELECT kind, body FROM epoch LEFT JOIN event_log ON seq = first_seq
        WHERE cause = 'restored' AND first_seq <= (SELECT max(seq) FROM event_log)`,
    )
    .all();
  if (begun.some(({ kind }) => kind === null)) return null;
  return begun.flatMap(({ kind, body }) =>
    kind === 'room-salvaged' && body !== null ? [JSON.parse(body) as EventBody<'room-salvaged'>] : [],
  );
}

/** The index of runs, by number; null where it is not whole. */
export function runsOf(survey: Survey): readonly Run[] | null {
  const { cells, isComplete } = survey.reached('event_run');
  if (!isComplete) return null;
  return cells
    .flatMap(({ values }) =>
      values === null ? [] : [{ from: Number(values[1]), sessionId: Buffer.isBuffer(values[0]) ? blobToId(values[0]) : null }],
    )
    .toSorted((a, b) => a.from - b.from);
}

/**
 * Ranges of places as times. A page holds far more readings than a room has in a second, so that none has been between two
 * that follow each other; a page of waveforms may hold one block.
 */
function lostTimes(of: 'readings' | 'waves', ranges: readonly RowRange[], { sessions }: SavedRows): LostTime[] {
  const times: { fromMs: number | null; throughMs: number | null }[] = [];
  const apartMs = of === 'readings' ? 1 : 60_000;
  for (const { from, through } of ranges.toSorted((a, b) => a.from - b.from)) {
    const [fromS, throughS] = [Math.floor(from / placesPerSecond), Math.floor(through / placesPerSecond)];
    const isBetweenSeconds = throughS - fromS <= 1 && (through + 1) % placesPerSecond === 0;
    if (of === 'readings' && isBetweenSeconds) continue;
    const time = {
      fromMs: Number.isFinite(fromS) ? fromS * 1000 : null,
      throughMs: Number.isFinite(throughS) ? throughS * 1000 + 999 : null,
    };
    const last = times.at(-1);
    const isNext = last !== undefined && last.throughMs !== null && time.fromMs !== null && time.fromMs <= last.throughMs + apartMs;
    if (isNext) last.throughMs = time.throughMs;
    else times.push(time);
  }
  return times.map((time) => ({ ...time, sessions: openDuring(sessions, time) }));
}

/** Whether all readings of a session are there, as its last signature proves. */
function createSignatureProof(connection: Connection): (sessionId: string) => boolean {
  const rows = connection.prepare<[], { session_id: Buffer; body: string }>(
    `SELECT session_id, body FROM event_log WHERE kind = 'session-signed' AND session_id IS NOT NULL ORDER BY seq`,
  );
  const last = new Map(rows.all().map(({ session_id, body }) => [blobToId(session_id), body]));
  return (sessionId) => {
    const body = last.get(sessionId);
    if (body === undefined) return false;
    const { seal } = sessionEventBodies['session-signed'].parse(JSON.parse(body));
    const found = atOnce(readingsSeal(connection, idToBlob(sessionId, 'sessionId')));
    return found.readingRows === seal.readingRows && found.readingsHash === seal.readingsHash;
  };
}
