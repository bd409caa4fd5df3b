import type { Protocol } from './protocol.ts';

/**
 * Every version of every protocol that a room knows: those that come with Vigil and those its clinic published.
 * Versions are added and never changed, because a session is read by the one it was opened with. Where a later Vigil
 * brings a version under a number that the clinic had published before, the clinic's stands.
 */
export interface ProtocolLibrary {
  /** In order of coming: each protocol's versions from old to new. */
  readonly versions: readonly Protocol[];
  find(id: string, version: number): Protocol | null;
  newest(id: string): Protocol | null;
  /** The newest that is in force on a day (ISO date); null where none is yet. */
  inForce(id: string, day: string): Protocol | null;
  /** One of each protocol: what may be chosen for a session on that day. */
  offered(day: string): readonly Protocol[];
  with(protocol: Protocol): ProtocolLibrary;
}

export function protocolLibrary(versions: readonly Protocol[]): ProtocolLibrary {
  const ids = [...new Set(versions.map((protocol) => protocol.id))];
  const newestOf = (candidates: readonly Protocol[]): Protocol | null => candidates.toSorted((a, b) => b.version - a.version)[0] ?? null;
  const inForce = (id: string, day: string): Protocol | null =>
    newestOf(versions.filter((protocol) => protocol.id === id && (protocol.effectiveFrom === null || protocol.effectiveFrom <= day)));
  return {
    versions,
    find: (id, version) => versions.find((protocol) => protocol.id === id && protocol.version === version) ?? null,
    newest: (id) => newestOf(versions.filter((protocol) => protocol.id === id)),
    inForce,
    offered: (day) => ids.map((id) => inForce(id, day)).filter((protocol) => protocol !== null),
    with: (protocol) => protocolLibrary([...versions.filter((one) => !isSameVersion(one, protocol)), protocol]),
  };
}

function isSameVersion(a: Protocol, b: Protocol): boolean {
  return a.id === b.id && a.version === b.version;
}
