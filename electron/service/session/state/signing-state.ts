import type { PersonId, EventId } from '../../../../shared/values/ids.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { isBesideRecord } from '../events/events-beside-record.ts';
import type { EffectiveEvent } from './history.ts';
import type { Actor, EventBody, SessionEvent, SessionEventKind } from '../events/session-event.ts';

/** Signatures and versions of the record. They cannot be undone, and their times cannot be corrected. */
export const signatureKinds: readonly SessionEventKind[] = ['session-signed', 'session-cosigned', 'amendment-begun', 'amendment-closed'];

const foldedKinds: ReadonlySet<SessionEventKind> = new Set<SessionEventKind>([...signatureKinds, 'item-closed']);

export interface Signature {
  readonly eventId: EventId;
  readonly atMs: UtcMs;
  readonly personId: PersonId;
  readonly name: string;
  readonly role: EventBody<'session-signed'>['role'];
  readonly meaning: EventBody<'session-signed'>['meaning'];
}

/** One state of the record that somebody signed. It stays provable, whatever is amended later. */
export interface SignedVersion {
  readonly version: number;
  readonly recordHash: string;
  readonly throughSeq: number;
  /** The author's first, then the co-signatures. */
  readonly signatures: readonly Signature[];
  /** Why there is this version; null for the first. */
  readonly amendment: { readonly reason: string; readonly begunMs: UtcMs; readonly by: Actor } | null;
}

export interface OpenAmendment {
  readonly eventId: EventId;
  readonly reason: string;
  readonly begunMs: UtcMs;
  readonly by: Actor;
  /** Entries since it was begun. */
  readonly changes: number;
}

export interface ClosedItem {
  readonly reason: string;
  readonly atMs: UtcMs;
  readonly by: Actor;
}

export interface SigningState {
  readonly versions: readonly SignedVersion[];
  readonly amendment: OpenAmendment | null;
  /** By the item's key, the newest reason. */
  readonly closed: ReadonlyMap<string, ClosedItem>;
}

/** The version that an entry was added in after the first signature; null where it stood in what was signed first. */
export function addedInVersion({ versions }: SigningState, { seq, kind }: Pick<SessionEvent, 'seq' | 'kind'>): number | null {
  const [first] = versions;
  if (first === undefined || seq <= first.throughSeq || foldedKinds.has(kind)) return null;
  return versions.find(({ throughSeq }) => throughSeq >= seq)?.version ?? versions.length + 1;
}

/** @param history what holds; signing is a matter of the sequence of recording, whatever the clinical times are */
export function foldSigning(history: readonly EffectiveEvent[]): SigningState {
  const versions: SignedVersion[] = [];
  const closed = new Map<string, ClosedItem>();
  let amendment: OpenAmendment | null = null;
  const said = history.filter(({ event }) => foldedKinds.has(event.kind)).sort((a, b) => a.event.seq - b.event.seq);
  for (const { event } of said) {
    const atMs = event.recorded.utcMs;
    if (event.kind === 'item-closed')
      for (const key of event.body.keys) closed.set(key, { reason: event.body.reason, atMs, by: event.actor });
    if (event.kind === 'session-signed') {
      const { version, recordHash, seal } = event.body;
      const cause = amendment === null ? null : { reason: amendment.reason, begunMs: amendment.begunMs, by: amendment.by };
      versions.push({ version, recordHash, throughSeq: seal.throughSeq, signatures: [signatureOf(event, event.body)], amendment: cause });
      amendment = null;
    } else if (event.kind === 'session-cosigned') {
      const index = versions.findIndex(({ version }) => version === event.body.version);
      const signed = versions[index];
      if (signed !== undefined) versions[index] = { ...signed, signatures: [...signed.signatures, signatureOf(event, event.body)] };
    } else if (event.kind === 'amendment-begun') {
      amendment = { eventId: event.eventId, reason: event.body.reason, begunMs: atMs, by: event.actor, changes: 0 };
    } else if (event.kind === 'amendment-closed') {
      amendment = null;
    }
  }
  return { versions, amendment, closed };
}

/**
 * Counts undone entries, too, so that an amendment in which something was tried does not pass for an untouched one.
 * Events beside the record do not count.
 */
export function withChanges(signing: SigningState, log: readonly SessionEvent[]): SigningState {
  const { amendment } = signing;
  if (amendment === null) return signing;
  const begun = log.findIndex((event) => event.eventId === amendment.eventId);
  return { ...signing, amendment: { ...amendment, changes: log.slice(begun + 1).filter(({ kind }) => !isBesideRecord(kind)).length } };
}

type Signed = Pick<EventBody<'session-signed'>, 'personId' | 'name' | 'role' | 'meaning'>;

function signatureOf({ eventId, recorded }: SessionEvent, { personId, name, role, meaning }: Signed): Signature {
  return { eventId, atMs: recorded.utcMs, personId, name, role, meaning };
}
