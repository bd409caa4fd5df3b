import type { TrendColumns } from '../../../shared/clinical/measured-vitals.ts';
import type { BoardSection, RoomBoard } from '../../../shared/contract/board/room-board.ts';
import type { MonitorStatus } from '../../../shared/contract/board/monitors.ts';
import type { PersonId, SessionId } from '../../../shared/values/ids.ts';
import type { SteadyClock } from '../platform/steady-clock.ts';
import { isRemoteSession } from '../session/questions/remote-session.ts';
import type { RoomState } from '../session/room/room-state.ts';
import type { SessionState } from '../session/state/session-state.ts';
import type { StaffDirectory } from '../staff/person.ts';
import type { BoardSource, BoardView } from './live-feed.ts';
import type { SessionReadings } from './session-readings.ts';
import { protocolOf } from '../session/questions/session-protocol.ts';
import { sessionSection } from './session-section.ts';

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
}

/**
 * The board of one room, drawn for whoever reads it. A page at which nobody sits, or only somebody who may read no
 * record, is told figures, clock, links, whether the record is kept, and that a session is open: nothing that names
 * or describes a patient. A section is worked out when it is sent, and only then.
 */
export function roomBoard(from: BoardSources): BoardSource {
  const draw: { readonly [K in BoardSection]: (view: BoardView) => RoomBoard[K] } = {
    room: () => {
      const { setUp, privateNotes, formats, secondPersons } = from.room();
      return {
        name: setUp?.roomName ?? '',
        demo: from.demo,
        setUp: setUp !== null,
        version: from.version,
        privateSide: privateNotes,
        formats,
        secondPersons,
      };
    },
    clock: () => ({ now: from.clock.now(), rate: from.clock.rate, computerOffsetMin: from.clock.computerOffsetMin }),
    recording: from.recording,
    monitors: () => [...from.monitors()],
    vitals: ({ readsRecords }) => (readsRecords ? from.vitals() : withoutNames(from.vitals())),
    waves: from.waves,
    staff: () => ({
      people: [...from.staff().people.values()].map(({ personId, name, role }) => ({ personId, name, role })),
      present: [...from.present()],
    }),
    here: ({ people }) => ({ people: [...people] }),
    cover: () => coverOf(from),
    session: ({ readsRecords }) => (readsRecords ? drawSession(from) : null),
  };
  return {
    section: (name, view) => draw[name](view),
    trend: ({ readsRecords }) => (readsRecords ? trendOf(from) : null),
  };
}

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

function drawSession(from: BoardSources): RoomBoard['session'] {
  const state = from.session();
  if (state === null) return null;
  return sessionSection(state, {
    protocol: protocolOf(state, from.room().protocols),
    cuffs: readingsOf(from, state.sessionId)?.cuffs ?? [],
    trend: trendOf(from),
    offsetMin: from.clock.now().offsetMin,
    formats: from.room().formats,
    nowMs: from.clock.now().utcMs,
    monitorLive: from.monitorLive(),
    privateMarksShown: from.room().privateNotes.marksShown,
    nameOf: (personId) => from.staff().people.get(personId)?.name ?? null,
  });
}

function trendOf(from: BoardSources): TrendColumns | null {
  const sessionId = from.session()?.sessionId;
  return sessionId === undefined ? null : (readingsOf(from, sessionId)?.trend.columns ?? null);
}

function readingsOf(from: BoardSources, sessionId: SessionId): SessionReadings | null {
  const readings = from.readings();
  return readings?.sessionId === sessionId ? readings : null;
}
