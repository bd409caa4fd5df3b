import { isListeningPath, isNetworkPath } from '../../../shared/values/network-path.ts';
import type { PortInfo } from '../platform/byte-ports.ts';
import type { LinkProtocol } from './link-protocol.ts';

/** A port in the list, as one link sees it. */
export interface ListedPort extends Pick<PortInfo, 'path' | 'stableId'> {
  /** Configured for another monitor, or open for one. */
  readonly taken: boolean;
}

export interface LinkConfig {
  readonly path: string;
  readonly stableId: string | null;
  /** No valid frame for this long means silence. Milliseconds. */
  readonly quietMs: number;
  /** Speaks to the monitor. Such a link opens no port but its own: on an unknown one it would transmit. */
  readonly transmits: boolean;
  /** How many line settings the protocol knows, in the order to try them. */
  readonly profileCount: number;
  /** A source whose rhythm is its own: silence is judged by what was learned of it, up to this. Milliseconds. */
  readonly slowestQuietMs?: number;
  /** An open port that says nothing for this long is opened again; null: never, because others come to it; left out: 25 seconds. Milliseconds. */
  readonly stuckMs?: number | null;
}

/** An open port without bytes is opened again now and then, because some adapters get stuck without an error. */
export const usualStuckMs = 25_000;

/** A place on the network has no line settings to try; one that monitors call is open whether they do or not. */
export function linkConfigOf(
  port: { readonly path: string; readonly stableId: string | null },
  {
    quietMs,
    slowestQuietMs = quietMs,
    transmits,
    portProfiles,
  }: Pick<LinkProtocol, 'quietMs' | 'slowestQuietMs' | 'transmits' | 'portProfiles'>,
): LinkConfig {
  const isNetwork = isNetworkPath(port.path);
  return {
    ...port,
    quietMs,
    transmits,
    profileCount: isNetwork ? 1 : portProfiles.length,
    slowestQuietMs,
    stuckMs: isListeningPath(port.path) ? null : isNetwork ? Math.max(usualStuckMs, slowestQuietMs) : usualStuckMs,
  };
}

export interface LinkTarget {
  readonly path: string;
  /**
   * A port nobody configured: it is listened to, and becomes this monitor's only after frames of its protocol.
   * Never written to.
   */
  readonly candidate: boolean;
}

export interface TargetSearch {
  readonly config: LinkConfig;
  /** The last port list; null until there is one. */
  readonly ports: readonly ListedPort[] | null;
  /** The paths that were listed before the link was lost. None of them can be a candidate. */
  readonly knownPaths: readonly string[];
  /** Where the monitor was found after it had moved. */
  readonly adoptedPath: string | null;
  /** Candidates that gave nothing of use, until when they are left alone. */
  readonly rejected: readonly RejectedPort[];
  readonly nowMs: number;
}

export interface RejectedPort {
  readonly path: string;
  readonly untilMs: number;
}

/**
 * What to open next. In this order: the adapter itself under whatever name it has now; the configured name,
 * unless another adapter has it; the name the monitor was found under last and then ports that are new, which
 * have to be identified before a value of theirs is believed.
 * A name that the list does not have is tried too: pseudo-terminals and some adapters are not listed. A place on the
 * network never moves to a port of this computer.
 */
export function chooseTarget(search: TargetSearch): LinkTarget | null {
  const { config, ports } = search;
  const trusted = trustedTarget(search);
  if (trusted !== null) return trusted;
  if (!config.transmits && ports !== null && !isNetworkPath(config.path)) {
    const candidate = candidatePorts(search)[0];
    if (candidate !== undefined) return { path: candidate.path, candidate: true };
  }
  const listed = ports?.some((port) => port.path === config.path) ?? false;
  // An adapter with an id is listed as long as it is plugged in. If it is not listed, its path may belong to another device.
  const mayBeUnlisted = config.stableId === null || ports === null;
  return !listed && mayBeUnlisted ? { path: config.path, candidate: false } : null;
}

/** The monitor's own port where the list shows it; null where it does not. */
export function trustedTarget(search: Pick<TargetSearch, 'config' | 'ports'>): LinkTarget | null {
  const { config } = search;
  const free = (search.ports ?? []).filter((port) => !port.taken);
  const adapter = config.stableId === null ? undefined : free.find((port) => port.stableId === config.stableId);
  if (adapter !== undefined) return { path: adapter.path, candidate: false };
  const named = free.find((port) => port.path === config.path);
  return named !== undefined && !isAnotherAdapter(named, config) ? { path: named.path, candidate: false } : null;
}

export function isAnotherAdapter(port: ListedPort, config: LinkConfig): boolean {
  return config.stableId !== null && port.stableId !== null && port.stableId !== config.stableId;
}

/**
 * Ports that the monitor may have come back on, the likeliest first: where it was found last, a name like the
 * configured one (`/dev/ttyUSB1` for `/dev/ttyUSB0`), then the rest by name.
 */
function candidatePorts(search: TargetSearch): readonly ListedPort[] {
  const { config, nowMs } = search;
  const family = pathFamily(config.path);
  const likeness = (port: ListedPort): number => (port.path === search.adoptedPath ? 0 : pathFamily(port.path) === family ? 1 : 2);
  return (search.ports ?? [])
    .filter((port) => !port.taken && !search.rejected.some((entry) => entry.path === port.path && entry.untilMs > nowMs))
    .filter((port) => port.path === search.adoptedPath || mayBeOurs(port, search))
    .toSorted((a, b) => likeness(a) - likeness(b) || (a.path < b.path ? -1 : 1));
}

/**
 * Where the configured adapter has an id of its own only its name counts, taken over by an adapter that
 * replaced it: any other port is another adapter. Without an id, any port that was not there before counts.
 */
function mayBeOurs(port: ListedPort, search: TargetSearch): boolean {
  return search.config.stableId === null ? !search.knownPaths.includes(port.path) : port.path === search.config.path;
}

/** A path without the number at its end: ports of one family are one kind of adapter. */
export function pathFamily(path: string): string {
  return path.replace(/\d+$/u, '');
}
