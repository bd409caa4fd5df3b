import { metricIds } from '../../../shared/clinical/metric.ts';
import type { TrendColumns } from '../../../shared/clinical/measured-vitals.ts';
import type { BoardSection, RoomBoard } from '../../../shared/contract/board/room-board.ts';
import type { MonitorStatus } from '../../../shared/contract/board/monitors.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { PersonId, SessionId } from '../../../shared/values/ids.ts';
import type { SteadyClock } from '../platform/steady-clock.ts';
import { personInCharge } from '../session/questions/in-charge.ts';
import { isRemoteSession } from '../session/questions/remote-session.ts';
import type { RoomState } from '../session/room/room-state.ts';
import type { SessionState } from '../session/state/session-state.ts';
import { namesIn } from '../staff/names.ts';
import { peopleWithAccess, type StaffDirectory } from '../staff/person.ts';
import type { BoardSource, BoardView } from './live-feed.ts';
import type { SessionReadings } from './session-readings.ts';
import { protocolOf } from '../session/questions/session-protocol.ts';
import type { SessionContext } from './session-context.ts';
import { momentView, recordedView, type RecordedView } from './session-view.ts';

/** What the board is a picture of, asked for anew each time a section is drawn. */
export interface BoardSources {
  readonly clock: SteadyClock;
  readonly version: string;
  readonly demo: boolean;
  readonly room: () => RoomState;
  readonly staff: () => StaffDirectory;
  readonly present: () => readonly PersonId[];
  readonly session: () => SessionState | null;
  readonly readings: () => SessionReadings | null;
  readonly monitors: () => readonly MonitorStatus[];
  readonly vitals: () => RoomBoard['vitals'];
  readonly waves: () => RoomBoard['waves'];
  readonly monitorLive: () => boolean;
  readonly recording: () => RoomBoard['recording'];
  readonly backups: () => RoomBoard['room']['backups'];
}

/**
 * The board of one room, drawn for whoever reads it. A page at which nobody sits, or only somebody who may read no
 * record, is told figures, clock, links, whether the record is kept, and that a session is open: nothing that names
 * or describes a patient. A section is worked out when it is sent, and only then.
 */
export function roomBoard(from: BoardSources): BoardSource {
  const drawSession = liveSession(from);
  const draw: { readonly [K in BoardSection]: (view: BoardView) => RoomBoard[K] } = {
    room: () => {
      const { setUp, privateNotes, formats, secondPersons, privacyCover, pinAge, restored, salvaged } = from.room();
      return {
        name: setUp?.roomName ?? '',
        demo: from.demo,
        setUp: setUp !== null,
        version: from.version,
        privateSide: privateNotes,
        formats,
        secondPersons,
        privacyCover,
        pinAge,
        backups: from.backups(),
        restored: restored === null ? null : { atMs: restored.atMs, takenMs: restored.takenMs },
        salvaged: salvaged && {
          atMs: salvaged.atMs,
          entriesLost: salvaged.entriesLost,
          isEndKnown: salvaged.isEndKnown,
          roomEntriesLost: salvaged.roomEntriesLost,
          sessionsSetAside: salvaged.setAside.length,
        },
      };
    },
    clock: () => ({ now: from.clock.now(), rate: from.clock.rate, computerOffsetMin: from.clock.computerOffsetMin }),
    recording: from.recording,
    monitors: () => [...from.monitors()],
    vitals: ({ readsRecords, seesFigures }) => (!seesFigures ? coveredFigures : readsRecords ? from.vitals() : withoutNames(from.vitals())),
    waves: ({ seesFigures }) => (seesFigures ? from.waves() : []),
    staff: () => ({
      people: peopleWithAccess(from.staff()).map(({ personId, name, role }) => ({ personId, name, role })),
      present: [...from.present()],
    }),
    here: ({ people, covered }) => ({ people: [...people], covered: [...covered] }),
    cover: () => coverOf(from),
    session: ({ readsRecords }) => (readsRecords ? drawSession() : null),
  };
  return {
    section: (name, view) => draw[name](view),
    trend: ({ readsRecords }) => (readsRecords ? trendOf(from) : null),
  };
}

const coveredFigures = Object.fromEntries(metricIds.map((metric) => [metric, { state: 'covered' }])) as RoomBoard['vitals'];

/** A figure by hand stays a figure; whose hand it was is part of the record. */
function withoutNames(vitals: RoomBoard['vitals']): RoomBoard['vitals'] {
  const entries = Object.entries(vitals).map(([metric, vital]) => [
    metric,
    'source' in vital && vital.source.by === 'person' ? { ...vital, source: { ...vital.source, name: '' } } : vital,
  ]);
  return Object.fromEntries(entries) as RoomBoard['vitals'];
}

function coverOf(from: BoardSources): RoomBoard['cover'] {
  const state = from.session();
  if (state === null || state.ended !== null) return null;
  const fromAfar = isRemoteSession(state, from.room().protocols);
  return { openedMs: state.openedMs, phase: state.phase, startedMs: state.dose.startedMs, fromAfar };
}

/**
 * The live session for the page, second by second. What no clock changes is drawn again only when something was
 * recorded of it or of the people and rules of the room: in a quiet second most of the picture is the same object.
 */
function liveSession(from: BoardSources): () => SessionView | null {
  let kept: { readonly drawnFrom: readonly unknown[]; readonly view: RecordedView } | null = null;
  return () => {
    const [state, room, staff] = [from.session(), from.room(), from.staff()];
    if (state === null) return null;
    const now = from.clock.now();
    const context: SessionContext = {
      protocol: protocolOf(state, room.protocols),
      cuffs: readingsOf(from, state.sessionId)?.cuffs ?? [],
      trend: trendOf(from),
      offsetMin: now.offsetMin,
      formats: room.formats,
      nowMs: now.utcMs,
      monitorLive: from.monitorLive(),
      privateMarksShown: room.privateNotes.marksShown,
      nameOf: namesIn(staff.people, state.log),
    };
    // States are never changed in place. The list of cuff readings is, and only grows.
    const drawnFrom = [state, room, staff, context.cuffs.length];
    const isSame = kept?.drawnFrom.every((one, index) => one === drawnFrom[index]) ?? false;
    if (kept === null || !isSame) kept = { drawnFrom, view: { ...recordedView(state, context), ...inChargeNow(state, staff) } };
    return { ...kept.view, ...momentView(state, context) };
  };
}

/** A record has the name of then; a running session says who it is today, and whether they can still sign in here. */
function inChargeNow(state: SessionState, { people }: StaffDirectory): Partial<Pick<SessionView, 'responsible' | 'responsibleLeft'>> {
  const person = people.get(personInCharge(state) ?? '');
  return person === undefined ? {} : { responsible: person.name, responsibleLeft: person.ended !== null };
}

function trendOf(from: BoardSources): TrendColumns | null {
  const sessionId = from.session()?.sessionId;
  return sessionId === undefined ? null : (readingsOf(from, sessionId)?.trend.columns ?? null);
}

function readingsOf(from: BoardSources, sessionId: SessionId): SessionReadings | null {
  const readings = from.readings();
  return readings?.sessionId === sessionId ? readings : null;
}
