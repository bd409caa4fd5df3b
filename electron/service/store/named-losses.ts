import type { SessionId } from '../../../shared/values/ids.ts';
import { roomEventBodies, type EventBody } from '../session/events/session-event.ts';
import type { Connection } from './connection.ts';

/** A stretch of events that is lost. */
export type LogHole = EventBody<'room-salvaged'>['holes'][number];
/** A time of which rows may be lost. */
export type LostTime = EventBody<'room-salvaged'>['readings'][number];

/** What the salvages of a room named as lost; of a room without any, nothing. */
export interface NamedLosses {
  /** In order. */
  readonly salvages: readonly Salvaged[];
  /** All holes of the log, by the first number that is lost. */
  readonly holes: ReadonlyMap<number, LogHole>;
  readonly setAside: ReadonlySet<SessionId>;
  readonly waves: readonly LostTime[];
  /** Up to this event checkpoints may be missing; 0: none are. */
  readonly checkpointsLostUpTo: number;
  readonly lostNotes: ReadonlySet<string>;
}

/** That a room was saved out of a damaged file, as the first entry of its epoch tells. */
export interface Salvaged {
  readonly seq: number;
  readonly atMs: number;
  readonly account: string;
  /** Of the log, within it. */
  readonly holes: readonly { readonly from: number; readonly through: number }[];
  readonly setAside: readonly SessionId[];
  /** The SHA-256 of the damaged file, and of the report. */
  readonly damagedFile: string;
  readonly report: string;
}

export const nothingNamed: NamedLosses = {
  salvages: [],
  holes: new Map(),
  setAside: new Set(),
  waves: [],
  checkpointsLostUpTo: 0,
  lostNotes: new Set(),
};

interface FirstOfEpoch {
  readonly seq: number;
  readonly kind: string;
  readonly recorded_ms: number;
  readonly body: string;
}

const bodySchema = roomEventBodies['room-salvaged'];

/** Found by the epochs, of which there are as many as restores and salvages. An entry that is none names nothing. */
export function namedLosses(connection: Connection): NamedLosses {
  const first = connection.prepare<[], FirstOfEpoch>(
    `SELECT seq, kind, recorded_ms, body FROM epoch JOIN event_log ON seq = first_seq WHERE cause = 'restored' ORDER BY seq`,
  );
  const told = first.all().flatMap(({ seq, kind, recorded_ms, body }) => {
    const parsed = kind === 'room-salvaged' ? bodySchema.safeParse(jsonIn(body)) : null;
    return parsed?.success === true ? [{ seq, atMs: recorded_ms, body: parsed.data }] : [];
  });
  const last = told.at(-1);
  return {
    salvages: told.map(({ seq, atMs, body: { account, holes, setAside, damagedFile, report } }) => ({
      seq,
      atMs,
      account,
      holes: holes.map(({ from, through }) => ({ from, through })),
      setAside,
      damagedFile,
      report,
    })),
    holes: new Map(last?.body.holes.map((hole) => [hole.from, hole])),
    setAside: new Set(told.flatMap(({ body }) => body.setAside)),
    waves: last?.body.waves ?? [],
    checkpointsLostUpTo: told.findLast(({ body }) => body.checkpointsLost)?.seq ?? 0,
    lostNotes: new Set(told.flatMap(({ body }) => body.lostNotes)),
  };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether an event is one of those that were named as lost. */
export function isInHole({ holes }: Pick<NamedLosses, 'holes'>, seq: number): boolean {
  for (const { from, through } of holes.values()) if (seq >= from && seq <= through) return true;
  return false;
}
