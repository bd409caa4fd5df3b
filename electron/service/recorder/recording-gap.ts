import type { UtcMs } from '../../../shared/values/instant.ts';
import type { NewEvent, SessionEvent } from '../session/events/session-event.ts';
import type { RoomState } from '../session/room/room-state.ts';
import type { SessionState } from '../session/state/session-state.ts';
import type { Store } from '../store/store.ts';

/** A shorter absence than this is not worth a gap in the record. */
const gapMsMin = 2000;

/**
 * Until when Vigil kept a session, by its own time: its last event or reading, or whatever else was recorded meanwhile, which
 * goes by the same time. Without a monitor these are all that tells that Vigil was running.
 */
export function keptUntilMs(store: Store, { sessionId, log, openedMs }: SessionState): UtcMs {
  const last = ownEvents(log).at(-1);
  const lastEventMs = last?.recorded.utcMs ?? openedMs;
  let untilMs = lastEventMs;
  for (const event of store.events.readAll({ afterSeq: last?.seq ?? 0 })) {
    // What follows is of another computer.
    if (event.kind === 'room-restored' || event.kind === 'room-salvaged') break;
    // By a command, of a room that was stopped.
    if (event.kind === 'data-key-rotated') continue;
    untilMs = Math.max(untilMs, event.recorded.utcMs);
  }
  for (const row of store.readings.readSession(sessionId, lastEventMs)) untilMs = Math.max(untilMs, row.at.utcMs + 1000);
  return untilMs;
}

/** Without those between an end and its undo: between sessions the computer's clock is followed, whatever it says. */
function ownEvents(log: readonly SessionEvent[]): readonly SessionEvent[] {
  const undone = log.findLastIndex(({ kind, body }) => kind === 'event-undone' && isEnd(log, body));
  if (undone === -1) return log;
  const ended = log.slice(0, undone).findLastIndex(({ kind }) => kind === 'session-ended');
  return [...log.slice(0, ended + 1), ...log.slice(undone + 1)];
}

function isEnd(log: readonly SessionEvent[], body: object): boolean {
  return 'eventId' in body && log.some(({ kind, eventId }) => kind === 'session-ended' && eventId === body.eventId);
}

interface Pause {
  readonly step: NewEvent<'clock-stepped'> | null;
  readonly cause: 'restart' | 'restored' | 'salvaged';
}

/**
 * What was missed of a session that was kept until `keptMs`, until now: by a restart, a restore or a salvage (`cause`). Null
 * where that is nothing to speak of. Over a restart in which the clock was set back (`step`) it is a gap of unknown
 * length, which is said as well.
 */
export function recordingGap(keptMs: UtcMs, nowMs: UtcMs, { step, cause }: Pause): NewEvent<'recording-gap'> | null {
  if (cause === 'restart' && nowMs - keptMs < gapMsMin && (step === null || step.body.byMs > 0)) return null;
  return { kind: 'recording-gap', body: { fromMs: Math.min(keptMs, nowMs), toMs: nowMs, cause } };
}

/** Why a session that is open at a start was not recorded: nothing of it is newer than a restore or a salvage, or Vigil was off. */
export function pauseOf({ log }: Pick<SessionState, 'log'>, room: Pick<RoomState, 'restored' | 'salvaged'>, step: Pause['step']): Pause {
  const last = log.at(-1)?.seq ?? 0;
  const isBefore = (seq: number | undefined): boolean => seq !== undefined && last < seq;
  if (isBefore(room.salvaged?.seq)) return { step, cause: 'salvaged' };
  return { step, cause: isBefore(room.restored?.seq) ? 'restored' : 'restart' };
}
