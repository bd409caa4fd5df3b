import { assertNever } from '../../../shared/values/assert-never.ts';
import type { LinkState } from '../../../shared/contract/board/monitors.ts';
import { heardAt, intervalOf, silentCadence, silentTurns, type Cadence } from '../../../shared/values/cadence.ts';
import type { PortErrorCode } from '../platform/byte-ports.ts';
import { addToWindow, emptyDiscardWindow, isDegraded, type DiscardWindow } from './discard-window.ts';
import {
  chooseTarget,
  isAnotherAdapter,
  trustedTarget,
  usualStuckMs,
  type LinkConfig,
  type LinkTarget,
  type ListedPort,
  type RejectedPort,
} from './link-target.ts';

/**
 * The life of one monitor's link, as a total function: any input in any state gives a state and what to do.
 *
 *   idle ──open──► opening ──opened──► open ──close──► closing ──closed──► idle
 *    ▲                │ open-failed      │ closed (cable, adapter)            │
 *    └──── retry ─────┴──────────────────┴────────────────────────────────────┘
 *
 * The phase says what the port does; `link` says what people are told and is worked out from the facts. Open is
 * not live: only a valid frame within the quiet time is.
 */
export interface LinkMachine {
  readonly config: LinkConfig;
  readonly phase: 'idle' | 'opening' | 'open' | 'closing';
  readonly link: LinkState;
  readonly createdMs: number;
  /** Monotonic, of the last step. */
  readonly nowMs: number;
  /** Monotonic, of the last turn: only a turn finds silence, since after a stall bytes may wait to be heard. */
  readonly judgedMs: number;
  readonly target: LinkTarget | null;
  /** Index into the protocol's line settings. */
  readonly profile: number;
  /** What to say while nothing is open. */
  readonly closedAs: LinkState;
  /** What was said when we closed the port ourselves, kept until the new opening shows something else. */
  readonly carried: LinkState | null;
  readonly everSeen: boolean;
  readonly attempts: number;
  readonly retryAtMs: number;
  readonly openedMs: number;
  readonly framesSinceOpen: number;
  readonly lastFrameMs: number | null;
  readonly lastByteMs: number | null;
  readonly bytesSinceFrame: number;
  /** How often the monitor speaks, kept over openings. */
  readonly cadence: Cadence;
  readonly discards: DiscardWindow;
  readonly ports: readonly ListedPort[] | null;
  readonly knownPaths: readonly string[];
  readonly adoptedPath: string | null;
  readonly rejected: readonly RejectedPort[];
}

/** `closed` without our asking: the cause is for the record. */
export type LinkInput =
  | { readonly kind: 'turn' }
  | { readonly kind: 'port-list'; readonly ports: readonly ListedPort[] }
  | { readonly kind: 'opened' }
  | { readonly kind: 'open-failed'; readonly code: PortErrorCode }
  | { readonly kind: 'bytes'; readonly count: number }
  | { readonly kind: 'frame'; readonly count: number }
  | { readonly kind: 'discarded'; readonly count: number }
  | { readonly kind: 'closed'; readonly reason: string }
  /** The computer slept, or was stopped so long that nothing heard before can be trusted. */
  | { readonly kind: 'resumed' };

export type LinkEffect =
  | { readonly kind: 'open'; readonly path: string; readonly profile: number; readonly candidate: boolean }
  | { readonly kind: 'close' }
  | { readonly kind: 'announce'; readonly from: LinkState; readonly to: LinkState; readonly cause: string };

export interface LinkStep {
  readonly state: LinkMachine;
  readonly effects: readonly LinkEffect[];
}

export const retryDelaysMs = [500, 1000, 2000, 5000] as const;
export const openTimeoutMs = 15_000;
/** No frame of the protocol among this many bytes for this long: they are not for us. */
export const wrongDeviceMs = 5000;
export const wrongDeviceBytes = 64;
/** A candidate port without bytes is given up sooner than one with bytes. */
export const candidateSilentMs = 1500;
export const candidateMs = 4000;
export const candidateFrames = 2;
export const rejectedMs = 10_000;
export const firstListMs = 3000;
const listLimit = 64;

export function createLinkMachine(config: LinkConfig, nowMs: number): LinkMachine {
  return {
    config,
    phase: 'idle',
    link: 'opening',
    createdMs: nowMs,
    nowMs,
    judgedMs: nowMs,
    target: null,
    profile: 0,
    closedAs: 'opening',
    carried: null,
    everSeen: false,
    attempts: 0,
    retryAtMs: nowMs,
    openedMs: nowMs,
    framesSinceOpen: 0,
    lastFrameMs: null,
    lastByteMs: null,
    bytesSinceFrame: 0,
    cadence: silentCadence,
    discards: emptyDiscardWindow,
    ports: null,
    knownPaths: [],
    adoptedPath: null,
    rejected: [],
  };
}

export function isGiving(link: LinkState): boolean {
  return link === 'live' || link === 'degraded';
}

/** Values of the open port may be believed: it is the monitor's own, or has shown that it is. */
export function isTrusted(state: LinkMachine): boolean {
  return state.phase === 'open' && state.target !== null && !state.target.candidate;
}

/** One step. `nowMs` is monotonic; a time before the last one is taken as the last one. */
export function stepLink(before: LinkMachine, input: LinkInput, nowMs: number): LinkStep {
  const timed = { ...before, nowMs: Math.max(before.nowMs, Number.isFinite(nowMs) ? nowMs : before.nowMs) };
  const effects: LinkEffect[] = [];
  const taken = take(timed, input, effects);
  const moved = moveOn(taken, effects);
  const link = publicState(moved);
  if (link !== before.link) effects.push({ kind: 'announce', from: before.link, to: link, cause: causeOf(input, link) });
  return { state: { ...moved, link }, effects };
}

function take(state: LinkMachine, input: LinkInput, effects: LinkEffect[]): LinkMachine {
  switch (input.kind) {
    case 'turn':
      return { ...state, judgedMs: state.nowMs };
    case 'port-list':
      return takePortList(state, input.ports.slice(0, listLimit), effects);
    case 'opened':
      return takeOpened(state, effects);
    case 'open-failed':
      return state.phase === 'opening' ? takeOpenFailed(state, input.code) : state;
    case 'bytes':
      return takeBytes(state, input.count);
    case 'frame':
      return takeFrames(state, input.count);
    case 'discarded':
      return takeDiscarded(state, input.count);
    case 'closed':
      return takeClosed(state);
    case 'resumed':
      return takeResumed(state, effects);
    default:
      return assertNever(input);
  }
}

function takePortList(state: LinkMachine, ports: readonly ListedPort[], effects: LinkEffect[]): LinkMachine {
  const had = new Set(state.ports?.map((port) => port.path));
  const has = new Set(ports.map((port) => port.path));
  const next = { ...state, ports };
  if (state.ports === null || isTrusted(state)) next.knownPaths = [...has];
  // A port that was gone and comes back as a new one is new: what counts is what was there all the time.
  else next.knownPaths = state.knownPaths.filter((path) => has.has(path));
  const own = trustedTarget(next);
  if (own !== null) next.everSeen = true;
  const openPath = state.target?.path;
  const gone = openPath !== undefined && had.has(openPath) && !has.has(openPath);
  if (state.phase === 'open' && (gone || isOpenOnAnotherAdapter(next))) {
    // Some adapters go without an error or an end of the stream, and another may sit under the name at once.
    effects.push({ kind: 'close' });
    return { ...lost(next), phase: 'closing' };
  }
  if (state.phase === 'open' && state.target?.candidate === true && own !== null && own.path !== openPath && !had.has(own.path)) {
    effects.push({ kind: 'close' });
    return { ...next, phase: 'closing', retryAtMs: state.nowMs };
  }
  const appeared = ports.some((port) => !had.has(port.path));
  return state.phase === 'idle' && appeared ? { ...next, retryAtMs: state.nowMs } : next;
}

/** Only of links that transmit: a listen-only one proves by its frames what it hears. */
function isOpenOnAnotherAdapter({ config, ports, target }: LinkMachine): boolean {
  const port = ports?.find((entry) => entry.path === target?.path);
  return config.transmits && port !== undefined && isAnotherAdapter(port, config);
}

function takeOpened(state: LinkMachine, effects: LinkEffect[]): LinkMachine {
  if (state.phase === 'opening' && state.target !== null) {
    return {
      ...state,
      phase: 'open',
      everSeen: true,
      openedMs: state.nowMs,
      framesSinceOpen: 0,
      lastFrameMs: null,
      lastByteMs: null,
      bytesSinceFrame: 0,
      discards: emptyDiscardWindow,
    };
  }
  // Late, after we gave up waiting: nobody wants this port now.
  if (state.phase === 'idle') {
    effects.push({ kind: 'close' });
    return { ...state, phase: 'closing' };
  }
  return state;
}

function takeOpenFailed(state: LinkMachine, code: PortErrorCode): LinkMachine {
  if (state.target?.candidate === true) return retryLater(rejectCandidate(state));
  return retryLater({ ...state, closedAs: closedStateOf(code, state.everSeen), carried: null });
}

function closedStateOf(code: PortErrorCode, everSeen: boolean): LinkState {
  switch (code) {
    case 'PORT_BUSY':
      return 'busy';
    case 'PORT_FORBIDDEN':
      return 'forbidden';
    case 'PORT_NOT_FOUND':
    case 'PORT_FAILED':
      return everSeen ? 'unplugged' : 'absent';
    default:
      return assertNever(code);
  }
}

function takeBytes(state: LinkMachine, count: number): LinkMachine {
  if (state.phase !== 'open' || amount(count) === 0) return state;
  return {
    ...state,
    lastByteMs: state.nowMs,
    bytesSinceFrame: Math.min(state.bytesSinceFrame + amount(count), Number.MAX_SAFE_INTEGER),
    discards: addToWindow(state.discards, state.nowMs, amount(count), 0),
  };
}

/** What comes before the first frame is the rest of one that began before we listened: no sign of a bad line. */
function takeDiscarded(state: LinkMachine, count: number): LinkMachine {
  if (state.phase !== 'open' || state.framesSinceOpen === 0) return state;
  return { ...state, discards: addToWindow(state.discards, state.nowMs, 0, amount(count)) };
}

function takeFrames(state: LinkMachine, count: number): LinkMachine {
  if (state.phase !== 'open' || amount(count) === 0 || state.target === null) return state;
  const framesSinceOpen = state.framesSinceOpen + amount(count);
  const cadence = heardAt(state.cadence, state.nowMs);
  const heard = { ...state, framesSinceOpen, lastFrameMs: state.nowMs, bytesSinceFrame: 0, cadence };
  if (state.target.candidate && framesSinceOpen < candidateFrames) return heard;
  const path = state.target.path;
  const adoptedPath = path === state.config.path ? null : path;
  return { ...heard, target: { path, candidate: false }, adoptedPath, attempts: 0, carried: null, rejected: [] };
}

function takeClosed(state: LinkMachine): LinkMachine {
  switch (state.phase) {
    case 'open':
      return state.target?.candidate === true ? retryLater(rejectCandidate(state)) : retryLater(lost(state));
    case 'closing':
      return { ...state, phase: 'idle', target: null };
    case 'opening':
      return retryLater(lost(state));
    case 'idle':
      return state;
    default:
      return assertNever(state.phase);
  }
}

function takeResumed(state: LinkMachine, effects: LinkEffect[]): LinkMachine {
  if (state.phase !== 'open') return { ...state, retryAtMs: Math.min(state.retryAtMs, state.nowMs) };
  effects.push({ kind: 'close' });
  return { ...lost(state), phase: 'closing', retryAtMs: state.nowMs };
}

/** The cable or the adapter is gone: nothing heard so far says anything about now. */
function lost(state: LinkMachine): LinkMachine {
  // A port that opens and ends at once must not be hammered: only one that worked is tried again quickly.
  const worked = state.framesSinceOpen > 0 || state.nowMs - state.openedMs >= wrongDeviceMs;
  const attempts = worked ? 0 : state.attempts;
  return { ...state, closedAs: 'unplugged', carried: null, attempts, retryAtMs: state.nowMs + retryDelaysMs[0], everSeen: true };
}

function retryLater(state: LinkMachine): LinkMachine {
  const delayMs = retryDelaysMs[Math.min(state.attempts, retryDelaysMs.length - 1)] ?? 5000;
  return { ...state, phase: 'idle', target: null, attempts: state.attempts + 1, retryAtMs: state.nowMs + delayMs };
}

function rejectCandidate(state: LinkMachine): LinkMachine {
  const path = state.target?.path;
  if (path === undefined) return state;
  const others = state.rejected.filter((entry) => entry.path !== path && entry.untilMs > state.nowMs);
  return { ...state, rejected: [...others, { path, untilMs: state.nowMs + rejectedMs }].slice(-listLimit), attempts: 0 };
}

/** What happens by time alone: retries, and giving up on a port without bytes. */
function moveOn(state: LinkMachine, effects: LinkEffect[]): LinkMachine {
  switch (state.phase) {
    case 'idle':
      return openNext(state, effects);
    case 'opening':
      return state.nowMs - state.openedMs < openTimeoutMs
        ? state
        : retryLater({ ...state, closedAs: closedStateOf('PORT_FAILED', state.everSeen) });
    case 'open':
      return state.target?.candidate === true ? judgeCandidate(state, effects) : reopenWhenStuck(state, effects);
    case 'closing':
      return state;
    default:
      return assertNever(state.phase);
  }
}

function openNext(state: LinkMachine, effects: LinkEffect[]): LinkMachine {
  if (state.nowMs < state.retryAtMs) return state;
  // Which port is ours is not known before the first list; without any list the configured name has to do.
  if (state.ports === null && state.nowMs - state.createdMs < firstListMs) return state;
  const target = chooseTarget(state);
  if (target === null) {
    // Nothing to open: whatever stopped us last time (busy, no permission) is over, too.
    return { ...state, closedAs: state.everSeen ? 'unplugged' : 'absent', carried: null, retryAtMs: state.nowMs + retryDelaysMs[1] };
  }
  effects.push({ kind: 'open', path: target.path, profile: state.profile, candidate: target.candidate });
  return { ...state, phase: 'opening', target, openedMs: state.nowMs };
}

function judgeCandidate(state: LinkMachine, effects: LinkEffect[]): LinkMachine {
  const openMs = state.nowMs - state.openedMs;
  if (openMs < (state.lastByteMs === null ? candidateSilentMs : candidateMs)) return state;
  effects.push({ kind: 'close' });
  return { ...rejectCandidate(state), phase: 'closing', retryAtMs: state.nowMs };
}

function reopenWhenStuck(state: LinkMachine, effects: LinkEffect[]): LinkMachine {
  const sinceByteMs = state.nowMs - (state.lastByteMs ?? state.openedMs);
  const otherSettings = isWrongDevice(state) && state.config.profileCount > 1;
  const { stuckMs = usualStuckMs } = state.config;
  const isStuck = stuckMs !== null && sinceByteMs >= stuckMs;
  if ((!isStuck && !otherSettings) || isGiving(publicState(state))) return state;
  effects.push({ kind: 'close' });
  const profile = otherSettings ? (state.profile + 1) % state.config.profileCount : state.profile;
  return { ...state, phase: 'closing', carried: publicState(state), profile, retryAtMs: state.nowMs };
}

function isWrongDevice(state: LinkMachine): boolean {
  const sinceFrameMs = state.nowMs - (state.lastFrameMs ?? state.openedMs);
  const sinceByteMs = state.nowMs - (state.lastByteMs ?? state.openedMs);
  return state.bytesSinceFrame >= wrongDeviceBytes && sinceFrameMs >= wrongDeviceMs && sinceByteMs < wrongDeviceMs;
}

function publicState(state: LinkMachine): LinkState {
  // While a candidate is tried, the monitor is still reported as gone.
  if (!isTrusted(state)) return state.carried ?? state.closedAs;
  const { lastFrameMs, judgedMs, nowMs } = state;
  if (lastFrameMs !== null && judgedMs - lastFrameMs <= quietOf(state)) return isDegraded(state.discards, nowMs) ? 'degraded' : 'live';
  if (isWrongDevice(state)) return 'wrong-device';
  if (state.framesSinceOpen > 0) return 'silent';
  if (state.carried === 'silent') return 'silent';
  if (state.carried !== null && nowMs - state.openedMs <= wrongDeviceMs) return state.carried;
  return 'listening';
}

/** One of its turns may be lost; a second one in a row is silence. */
function quietOf({ config, cadence }: LinkMachine): number {
  const { quietMs, slowestQuietMs = quietMs } = config;
  return Math.min(Math.max(quietMs, silentTurns * (intervalOf(cadence) ?? 0)), Math.max(quietMs, slowestQuietMs));
}

function causeOf(input: LinkInput, link: LinkState): string {
  if (input.kind === 'resumed') return 'sleep';
  if (input.kind === 'closed') return input.reason;
  if (input.kind === 'open-failed') return input.code;
  return link;
}

/** Counts come from drivers and ports; whatever they say, the machine's numbers stay whole and small. */
function amount(count: number): number {
  return Number.isFinite(count) ? Math.max(0, Math.min(Math.trunc(count), 1_000_000_000)) : 0;
}
