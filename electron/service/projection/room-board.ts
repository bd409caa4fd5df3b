import type { BoardSection, MonitorStatus, RoomBoard, TrendColumns } from '../../../shared/contract/room-board.ts';
import type { PersonId, SessionId } from '../../../shared/values/ids.ts';
import type { Clock } from '../platform/platform.ts';
import type { RoomState } from '../session/room-state.ts';
import type { SessionState } from '../session/session-state.ts';
import type { StaffDirectory } from '../staff/person.ts';
import type { BoardSource } from './live-feed.ts';
import type { SessionReadings } from './session-readings.ts';
import { protocolOf } from './session-records.ts';
import { sessionSection } from './session-section.ts';

/** What the board is a picture of, asked for anew each time a section is drawn. */
export interface BoardSources {
  readonly clock: Clock;
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

/** The board of one room. A section is worked out when it is sent, and only then. */
export function roomBoard(from: BoardSources): BoardSource {
  const draw: { readonly [K in BoardSection]: () => RoomBoard[K] } = {
    room: () => {
      const { setUp, privateNotes, formats } = from.room();
      return {
        name: setUp?.roomName ?? '',
        demo: from.demo,
        setUp: setUp !== null,
        version: from.version,
        privateSide: privateNotes,
        formats,
      };
    },
    clock: () => ({ now: from.clock.now(), rate: from.clock.rate }),
    recording: from.recording,
    monitors: () => [...from.monitors()],
    vitals: from.vitals,
    waves: from.waves,
    staff: () => ({
      people: [...from.staff().people.values()].map(({ personId, name, role }) => ({ personId, name, role })),
      present: [...from.present()],
    }),
    session: () => drawSession(from),
  };
  return {
    section: (name) => draw[name](),
    trend: () => trendOf(from),
  };
}

function drawSession(from: BoardSources): RoomBoard['session'] {
  const state = from.session();
  if (state === null) return null;
  return sessionSection(state, {
    protocol: protocolOf(state, from.room().protocols),
    cuffs: readingsOf(from, state.sessionId)?.cuffs ?? [],
    trend: trendOf(from),
    offsetMin: from.clock.now().offsetMin,
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
