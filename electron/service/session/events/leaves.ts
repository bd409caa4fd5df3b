import type { EventId } from '../../../../shared/values/ids.ts';
import { takenPrivate } from './events-beside-record.ts';
import type { EventBody, EventKind, RecordedEvent, SessionEvent } from './session-event.ts';

/**
 * What leaves the room of each event: the one place that says so, for the record's document and for whatever the log is sent
 * to. The log itself is never changed, and its hash is over the whole body, so that a body leaves as it is or not at all;
 * what may be told of one that does not leave stands beside it.
 */
export type Leaving<B = unknown> =
  | { readonly as: 'exact'; readonly body: B }
  | { readonly as: 'redacted'; readonly because: WithheldBecause; readonly body: object }
  | { readonly as: 'withheld'; readonly because: WithheldBecause };

export type WithheldBecause =
  /** What somebody proves with that they are who they are, or a key. */
  | 'credential'
  /** Words of the patient, who did not agree to have them kept. */
  | 'not-agreed'
  /** Of the private side, or taken there by its author. */
  | 'private'
  /** Of a kind that this version of Vigil does not know, or not to be read. */
  | 'unknown';

/** What a session's log says of its earlier entries. */
export interface HeldBack {
  /** Entries whose words their author took to the private side, and what was said about them. */
  readonly taken: ReadonlySet<EventId>;
  /** Versions of an observation whose quotation the patient, by a later version, did not agree to. */
  readonly notAgreed: ReadonlySet<EventId>;
}

type Subject<K extends EventKind> = Pick<RecordedEvent<K>, 'eventId'> & { readonly body: EventBody<K> };
type Rule<K extends EventKind> = (event: Subject<K>, held: HeldBack) => Leaving<EventBody<K>>;

const whole = <B>({ body }: { readonly body: B }): Leaving<B> => ({ as: 'exact', body });

const nothing = (because: WithheldBecause) => (): Leaving<never> => ({ as: 'withheld', because });

/** These fields alone, so that a field that is added later stays here until it is named. */
const onlyOf =
  <B extends object>(because: WithheldBecause, ...fields: readonly (keyof B)[]) =>
  ({ body }: { readonly body: B }): Leaving<never> => ({
    as: 'redacted',
    because,
    body: Object.fromEntries(Object.entries(body).filter(([field]) => fields.includes(field as keyof B))),
  });

/** Unless it was taken to the private side. */
const unlessTaken = <B>({ eventId, body }: { readonly eventId: EventId; readonly body: B }, { taken }: HeldBack): Leaving<B> =>
  taken.has(eventId) ? { as: 'withheld', because: 'private' } : { as: 'exact', body };

function agreedWords<K extends 'observation-recorded' | 'observation-amended'>(event: Subject<K>, held: HeldBack): Leaving<EventBody<K>> {
  const { eventId, body } = event;
  const { utterance, ...rest } = body.details ?? {};
  if (held.taken.has(eventId) || utterance === undefined) return unlessTaken(event, held);
  if (utterance.consent && !held.notAgreed.has(eventId)) return { as: 'exact', body };
  return { as: 'redacted', because: 'not-agreed', body: { ...body, details: rest } };
}

/** A kind that is not here does not compile, and leaves nowhere. */
const rules: { readonly [K in EventKind]: Rule<K> } = {
  // Of the room
  'room-set-up': whole,
  'service-started': whole,
  'room-restored': whole,
  'room-salvaged': whole,
  'clock-stepped': whole,
  'person-added': onlyOf('credential', 'personId', 'name', 'role', 'firstPin', 'confirmedBy'),
  'pin-reset': onlyOf('credential', 'personId', 'confirmedBy'),
  'pin-changed': onlyOf('credential', 'personId'),
  'badge-given': onlyOf('credential', 'personId', 'confirmedBy'),
  'badge-removed': whole,
  'kiosk-left': whole,
  'lockout-ended': whole,
  'person-changed': whole,
  'access-ended': whole,
  'access-given': whole,
  'signed-in': whole,
  'sign-in-refused': whole,
  'witness-authenticated': whole,
  'signed-out': whole,
  'patient-added': whole,
  'monitor-configured': whole,
  'monitor-removed': whole,
  'protocol-published': whole,
  'text-pack-loaded': whole,
  'text-pack-removed': whole,
  'private-notes-configured': whole,
  'formats-chosen': whole,
  'second-persons-chosen': whole,
  'privacy-cover-chosen': whole,
  'pin-age-chosen': whole,
  // Who read their private notes, and when, is theirs.
  'looked-at': (event) => (event.body.what === 'private-notes-opened' ? { as: 'withheld', because: 'private' } : whole(event)),
  'controlled-drug-received': whole,
  'controlled-drug-counted': whole,
  'controlled-drug-disposed': whole,
  'recovery-key-added': nothing('credential'),
  'recovery-key-typed-back': nothing('credential'),
  'recovery-key-removed': nothing('credential'),
  'data-key-rotated': nothing('credential'),
  // Of a session
  'session-opened': whole,
  'weight-recorded': whole,
  'session-ended': whole,
  'identity-checked': whole,
  'double-check-confirmed': whole,
  'remote-facts-recorded': whole,
  'dose-ordered': whole,
  'dose-started': whole,
  'rate-changed': whole,
  'dose-paused': whole,
  'dose-resumed': whole,
  'bolus-given': whole,
  'bag-changed': whole,
  'dose-completed': whole,
  'dose-stopped-early': whole,
  'stop-requested': whole,
  'pump-confirmed': whole,
  'injection-ordered': whole,
  'injection-given': whole,
  'devices-ordered': whole,
  'device-given': whole,
  'lozenges-ordered': whole,
  'lozenge-placed': whole,
  'lozenge-expelled': whole,
  'drug-given': whole,
  'controlled-drug-drawn': whole,
  'controlled-drug-wasted': whole,
  'milestone-reached': whole,
  'rating-opened': whole,
  'item-answered': whole,
  'rating-finished': whole,
  'rating-not-assessable': whole,
  'slot-missed': whole,
  'vitals-entered': whole,
  'artefact-marked': whole,
  'surroundings-changed': whole,
  'adverse-event-recorded': whole,
  'adverse-event-updated': whole,
  'observation-recorded': agreedWords,
  'observation-amended': agreedWords,
  'event-undone': unlessTaken,
  'time-corrected': whole,
  'gift-corrected': whole,
  'vitals-corrected': whole,
  'volume-left-corrected': whole,
  'criterion-confirmed': whole,
  'criterion-overridden': whole,
  'discharge-assessed': whole,
  'left-against-advice': whole,
  'escort-recorded': whole,
  'handover-recorded': whole,
  'rems-answered': whole,
  'sex-recorded': whole,
  'monitor-lost': whole,
  'monitor-live': whole,
  'device-clock-noted': whole,
  'recording-gap': whole,
  'item-closed': whole,
  'session-signed': whole,
  'session-cosigned': whole,
  'amendment-begun': whole,
  'amendment-closed': whole,
  'private-note-marked': nothing('private'),
  'text-moved-across': nothing('private'),
};

/** @param held of the event's session; `nothingHeld` for an event of the room */
export function leaves<K extends EventKind>(event: Pick<RecordedEvent<K>, 'kind' | 'eventId' | 'body'>, held: HeldBack): Leaving {
  if (!Object.hasOwn(rules, event.kind)) return { as: 'withheld', because: 'unknown' };
  // Kind and body of an event belong together, which a lookup by a kind cannot say.
  const rule = rules[event.kind] as (event: unknown, held: HeldBack) => Leaving;
  return rule(event, held);
}

/** Whether an event of this kind leaves as it is, whatever it says and whatever else the log says. */
export function leavesWhole(kind: string): boolean {
  return Object.hasOwn(rules, kind) && rules[kind as EventKind] === whole;
}

export const nothingHeld: HeldBack = { taken: new Set(), notAgreed: new Set() };

/** @param log whole, of one session */
export function heldBack(log: readonly SessionEvent[]): HeldBack {
  const notAgreed = new Set<EventId>();
  const undone = new Set<EventId>();
  const refused = new Set<EventId>();
  // Backwards, an undo is met before its target, and a version before those that it takes the place of.
  for (const event of log.toReversed()) {
    if (undone.has(event.eventId)) continue;
    if (event.kind === 'event-undone') undone.add(event.body.eventId);
    if (event.kind !== 'observation-recorded' && event.kind !== 'observation-amended') continue;
    const observation = event.kind === 'observation-recorded' ? event.eventId : event.body.eventId;
    if (refused.has(observation)) notAgreed.add(event.eventId);
    if (event.body.details?.utterance?.consent === false) refused.add(observation);
  }
  return { taken: takenPrivate(log), notAgreed };
}

/** Entries that do not leave as they are: of them a proof has only the place and the hash. */
export function heldEntries(log: readonly SessionEvent[]): ReadonlySet<EventId> {
  const held = heldBack(log);
  return new Set(log.filter((event) => leaves(event, held).as !== 'exact').map(({ eventId }) => eventId));
}

/** The log as it is told: what may be told of an entry in the place of its words, and nothing that stays here. */
export function toldLog(log: readonly SessionEvent[]): readonly SessionEvent[] {
  const held = heldBack(log);
  return log.flatMap((event) => {
    const leaving = leaves(event, held);
    if (leaving.as === 'withheld') return [];
    return leaving.as === 'exact' ? event : [{ ...event, body: leaving.body } as SessionEvent];
  });
}
