import { assertNever } from '../../../shared/values/assert-never.ts';
import type { Comparison } from './compare-heads.ts';

/**
 * When a target is asked, sent to and left alone: rules without a socket, a clock or a disk. Whoever drives it hands in what
 * happened and does what comes out.
 *
 *     head-moved, tick, connected, compared, answered, failed ─► step ─► connect, ask-head, send, close
 *
 * Three things hold everywhere. Where the log ends at the target is the target's to say, and it is asked at every connection:
 * nothing is concluded from silence or from what was sent. "Up to date" is said of an answer that came after the last entry.
 * A pause ends by the clock alone: no new entry is needed to try again.
 */
export interface SyncState {
  readonly phase: Phase;
  /** Of the connection; what comes from an earlier one is not heard. */
  readonly turn: number;
  /** Where the room's log ends. */
  readonly local: number;
  /** The last that the target was seen to hold of this log, and when it said so. Shown; nothing is decided by it. */
  readonly arrived: { readonly seq: number; readonly atMs: number } | null;
  /** The last that this connection acknowledged, and whether such a one was gone before. */
  readonly acknowledged: number;
  readonly hasVanished: boolean;
  /** Rows in the next batch. */
  readonly limit: number;
  /** Where a refused batch ended: batches before it do not grow. */
  readonly suspectsUntil: number;
  readonly failures: number;
  readonly wakeAtMs: number | null;
  /** What the target could not take: of each only its place is there. */
  readonly parked: readonly Parked[];
  /** What is wrong, in words, and since when. */
  readonly problem: { readonly words: string; readonly sinceMs: number } | null;
  /** What happened that a person should know and nobody has to mend. */
  readonly note: string | null;
}

export type Phase =
  | { readonly is: 'waiting' | 'connecting' | 'comparing' | 'paused' | 'stopped' }
  /** `next`: the first that the target lacks. */
  | { readonly is: 'sending'; readonly next: number }
  /** `open`: the connection is kept for a while. */
  | { readonly is: 'up-to-date'; readonly open: boolean; readonly idleSinceMs: number };

export interface Parked {
  readonly seq: number;
  readonly words: string;
}

/** What went wrong, as a target reads it. */
export interface SyncFault {
  readonly kind: 'again' | 'pause' | 'row' | 'defect';
  readonly words: string;
  readonly tooLarge: boolean;
}

export type AppendAnswer = 'appended' | 'elsewhere' | 'fork' | 'unknown-past' | 'left';

export type SyncInput =
  | { readonly type: 'head-moved'; readonly seq: number }
  /** Time has come to what `wakeAtMs` says, or may have. */
  | { readonly type: 'tick' }
  /** A person mended something, or asks for it now. */
  | { readonly type: 'try-now' }
  | { readonly type: 'connected'; readonly turn: number }
  /** `seq`: where the room's log ended when it was compared. */
  | { readonly type: 'compared'; readonly turn: number; readonly comparison: Comparison; readonly seq: number }
  | { readonly type: 'answered'; readonly turn: number; readonly answer: AppendAnswer; readonly through: number }
  /** `batch`: what was on the way. */
  | {
      readonly type: 'failed';
      readonly turn: number;
      readonly fault: SyncFault;
      readonly batch?: { readonly first: number; readonly rows: number };
    };

export type SyncEffect =
  | { readonly do: 'connect'; readonly turn: number }
  | { readonly do: 'ask-head'; readonly turn: number }
  /** `marked`: rows of which only the place is sent. */
  | { readonly do: 'send'; readonly turn: number; readonly next: number; readonly limit: number; readonly marked: readonly number[] }
  | { readonly do: 'close' };

export interface SyncStep {
  readonly state: SyncState;
  readonly effects: readonly SyncEffect[];
}

/** `random`: from 0 to below 1, drawn for this step. */
export interface SyncNow {
  readonly nowMs: number;
  readonly random: number;
}

const firstLimit = 200;
const longestBatch = 1000;
const firstPauseMs = 250;
export const longestPauseMs = 60_000;
export const mendPauseMs = 600_000;
const answerMs = 30_000;
/** The target may have been restored without a word: it is asked again. */
export const heartbeatMs = 60_000;
const keptOpenMs = 30_000;
const parkedMax = 20;

export function initialSync(local: number, parked: readonly Parked[] = []): SyncState {
  return {
    phase: { is: 'waiting' },
    turn: 0,
    local,
    arrived: null,
    acknowledged: 0,
    hasVanished: false,
    limit: firstLimit,
    suspectsUntil: 0,
    failures: 0,
    wakeAtMs: 0,
    parked,
    problem: null,
    note: null,
  };
}

export function step(state: SyncState, input: SyncInput, now: SyncNow): SyncStep {
  if ('turn' in input && input.turn !== state.turn) return only(state);
  switch (input.type) {
    case 'head-moved':
      return headMoved({ ...state, local: Math.max(state.local, input.seq) }, now);
    case 'tick':
      return state.wakeAtMs === null || now.nowMs < state.wakeAtMs ? only(state) : woken(state, now);
    case 'try-now':
      return state.phase.is === 'waiting' || state.phase.is === 'paused' || state.phase.is === 'stopped'
        ? connect(state, now)
        : only(state);
    case 'connected':
      return state.phase.is === 'connecting' ? askHead({ ...state, acknowledged: 0, hasVanished: false }, now) : only(state);
    case 'compared':
      return state.phase.is === 'comparing' ? compared(state, input, now) : only(state);
    case 'answered':
      return state.phase.is === 'sending' ? answered(state, input, now) : only(state);
    case 'failed':
      return failed(state, input, now);
    default:
      return assertNever(input);
  }
}

function only(state: SyncState, ...effects: SyncEffect[]): SyncStep {
  return { state, effects };
}

/** A level and no edge: what comes while something is on the way is sent behind it. */
function headMoved(state: SyncState, now: SyncNow): SyncStep {
  if (state.phase.is !== 'up-to-date' || (state.arrived !== null && state.arrived.seq >= state.local)) return only(state);
  return state.phase.open ? send(state, (state.arrived?.seq ?? 0) + 1, now) : connect(state, now);
}

function woken(state: SyncState, now: SyncNow): SyncStep {
  const { phase } = state;
  switch (phase.is) {
    case 'waiting':
    case 'paused':
      return connect(state, now);
    case 'connecting':
    case 'comparing':
    case 'sending': {
      // The state knows no size of what is on the way; the limit is not below it.
      const fault: SyncFault = { kind: 'again', words: 'Nothing came back in time.', tooLarge: phase.is === 'sending' };
      return failed(state, { type: 'failed', turn: state.turn, fault }, now);
    }
    case 'up-to-date':
      if (phase.open && now.nowMs - phase.idleSinceMs >= keptOpenMs) {
        const wakeAtMs = phase.idleSinceMs + heartbeatMs;
        return only({ ...state, turn: state.turn + 1, phase: { ...phase, open: false }, wakeAtMs }, { do: 'close' });
      }
      return phase.open ? askHead(state, now) : connect(state, now);
    case 'stopped':
      return only({ ...state, wakeAtMs: null });
    default:
      return assertNever(phase);
  }
}

function connect(state: SyncState, { nowMs }: SyncNow): SyncStep {
  const turn = state.turn + 1;
  return only({ ...state, turn, phase: { is: 'connecting' }, wakeAtMs: nowMs + answerMs }, { do: 'connect', turn });
}

function askHead(state: SyncState, { nowMs }: SyncNow): SyncStep {
  return only({ ...state, phase: { is: 'comparing' }, wakeAtMs: nowMs + answerMs }, { do: 'ask-head', turn: state.turn });
}

function send(state: SyncState, next: number, { nowMs }: SyncNow): SyncStep {
  const { turn, limit, parked } = state;
  const marked = parked.map(({ seq }) => seq).filter((seq) => seq >= next && seq < next + limit);
  return only({ ...state, phase: { is: 'sending', next }, wakeAtMs: nowMs + answerMs }, { do: 'send', turn, next, limit, marked });
}

function compared(before: SyncState, input: Extract<SyncInput, { type: 'compared' }>, now: SyncNow): SyncStep {
  const { comparison, seq } = input;
  const state = { ...before, local: Math.max(before.local, seq) };
  switch (comparison.is) {
    case 'equal': {
      const equal = { ...state, arrived: { seq, atMs: now.nowMs }, failures: 0, problem: null };
      if (state.local > seq) return send(equal, seq + 1, now);
      const phase = { is: 'up-to-date', open: true, idleSinceMs: now.nowMs } as const;
      return only({ ...equal, phase, wakeAtMs: now.nowMs + keptOpenMs });
    }
    case 'behind': {
      const held = comparison.next - 1;
      const vanished = before.acknowledged > held;
      // Once, it was restored under an open connection; twice, it keeps nothing.
      if (vanished && before.hasVanished) return pause(state, acceptedNotThere, now);
      const behind = { ...state, arrived: { seq: held, atMs: now.nowMs }, acknowledged: held, hasVanished: before.hasVanished || vanished };
      return send({ ...behind, note: noteOf(before, comparison) }, comparison.next, now);
    }
    case 'ahead':
      return stop(state, oldCopy(comparison.by), now);
    case 'fork':
      return stop(state, twoAsOne, now);
    default:
      return assertNever(comparison);
  }
}

const acceptedNotThere = 'The hub said that it has entries, and does not have them. Look at the hub: vigil hub doctor';
const twoAsOne =
  'The hub has other entries under the numbers of this room: two computers record as one room. Nothing is sent until it is clear which.';
const oldCopy = (by: number): string =>
  `The hub has ${by} entries of this room that this computer does not have: this data folder is an old copy, or another computer records with it. Nothing is sent until it is clear which.`;

function noteOf({ arrived, note }: SyncState, { next, onlyThere }: Extract<Comparison, { is: 'behind' }>): string | null {
  if (onlyThere > 0) return `The hub has ${onlyThere} entries from after the copy that this room was restored from. They stay there.`;
  if (arrived === null || arrived.seq < next) return note;
  return `The hub had entries up to ${arrived.seq} and ends at ${next - 1}: it was restored, or lost them. They are sent again.`;
}

function answered(state: SyncState, { answer, through }: Extract<SyncInput, { type: 'answered' }>, now: SyncNow): SyncStep {
  switch (answer) {
    case 'appended': {
      const limit = through + 1 < state.suspectsUntil ? state.limit : grown(state.limit);
      const arrived = { seq: through, atMs: now.nowMs };
      const sent = { ...state, limit, arrived, acknowledged: through, failures: 0, problem: null };
      return through < state.local ? send(sent, through + 1, now) : askHead(sent, now);
    }
    case 'elsewhere':
      return wait(state, 'The log of this room ends elsewhere at the hub than it said.', now);
    case 'unknown-past':
      // It may have been restored since it was asked; then the next answer tells.
      return wait(state, 'The hub does not have the entry that this room goes on from. Look at the hub: vigil hub doctor', now);
    case 'left':
      return stop(state, 'The clinic has taken this room out: the hub takes nothing more from it.', now);
    case 'fork':
      return stop(state, twoAsOne, now);
    default:
      return assertNever(answer);
  }
}

function failed(state: SyncState, { fault, batch }: Extract<SyncInput, { type: 'failed' }>, now: SyncNow): SyncStep {
  if (state.phase.is === 'waiting' || state.phase.is === 'paused' || state.phase.is === 'stopped') return only(state);
  switch (fault.kind) {
    case 'again':
      return wait(fault.tooLarge ? { ...state, limit: halved(batch?.rows ?? state.limit) } : state, fault.words, now);
    case 'pause':
      return pause(state, fault.words, now);
    case 'defect':
      return stop(state, fault.words, now);
    case 'row':
      return batch === undefined ? pause(state, fault.words, now) : suspect(state, fault.words, batch, now);
    default:
      return assertNever(fault.kind);
  }
}

/** The batch is halved until one row is left, whose place alone is then sent. */
function suspect(
  state: SyncState,
  words: string,
  { first, rows }: { readonly first: number; readonly rows: number },
  now: SyncNow,
): SyncStep {
  const suspectsUntil = Math.max(state.suspectsUntil, first + rows);
  if (rows > 1) return askHead({ ...state, limit: halved(rows), suspectsUntil }, now);
  if (state.parked.some(({ seq }) => seq === first)) return pause(state, `${words} Not even the place of entry ${first} is taken.`, now);
  if (state.parked.length >= parkedMax) return pause(state, `${words} ${parkedMax} entries could not be sent already.`, now);
  return askHead({ ...state, limit: 1, suspectsUntil: 0, parked: [...state.parked, { seq: first, words }] }, now);
}

function grown(limit: number): number {
  return limit < firstLimit ? Math.min(firstLimit, limit * 2) : Math.min(longestBatch, Math.ceil(limit * 1.25));
}

function halved(rows: number): number {
  return Math.max(1, Math.floor(rows / 2));
}

/** Full jitter: rooms that lost the same hub do not all come back at once. */
function wait(state: SyncState, words: string, now: SyncNow): SyncStep {
  const longestMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(state.failures, 20));
  return leave({ ...state, failures: state.failures + 1 }, 'waiting', words, now.nowMs + now.random * longestMs, now);
}

function pause(state: SyncState, words: string, now: SyncNow): SyncStep {
  return leave(state, 'paused', words, now.nowMs + mendPauseMs, now);
}

function stop(state: SyncState, words: string, now: SyncNow): SyncStep {
  return leave(state, 'stopped', words, null, now);
}

function leave(
  state: SyncState,
  is: 'waiting' | 'paused' | 'stopped',
  words: string,
  wakeAtMs: number | null,
  { nowMs }: SyncNow,
): SyncStep {
  const problem = state.problem?.words === words ? state.problem : { words, sinceMs: nowMs };
  return only({ ...state, turn: state.turn + 1, phase: { is }, wakeAtMs, problem }, { do: 'close' });
}
