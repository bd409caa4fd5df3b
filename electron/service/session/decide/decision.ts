import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { Doubt, Refusal, RefusalCode } from '../../../../shared/contract/contract-errors.ts';
import type { Answer } from '../../../../shared/contract/doubt.ts';
import type { Role } from '../../../../shared/contract/board/people.ts';
import type { SecondPersons } from '../../../../shared/contract/second-persons.ts';
import type { InstrumentId } from '../../../../shared/clinical/instrument-id.ts';
import type { SessionCommand } from '../../../../shared/contract/session-commands.ts';
import type { Formats } from '../../../../shared/values/formats.ts';
import type { Id, PersonId } from '../../../../shared/values/ids.ts';
import type { Instant } from '../../../../shared/values/instant.ts';
import type { RecordSeal } from '../events/signing.ts';
import type { NameOf, NewEvent, SessionEvent, SessionEventKind } from '../events/session-event.ts';
import type { SessionVitals } from '../questions/session-vitals.ts';

/** Events to write, together or not at all, once every doubt about them has been answered. */
export interface Accepted {
  readonly events: readonly NewEvent<SessionEventKind>[];
  readonly doubts: readonly Doubt[];
  /** What would be asked if it were not met: an answer can arrive after the moment at which it was still open. */
  readonly met?: readonly Doubt[];
}

/** What a command yields, or why nothing is written. The rules of a subject name doubts and see no answers; `doubts.ts` compares both. */
export type Decision = Accepted | Refused;

/** Everything a decision may know beside the session itself. */
export interface DecisionContext {
  readonly now: Instant;
  newId(): Id;
  /** The version the session was opened with. */
  readonly protocol: Protocol;
  /** Some monitor of this room gives decoded readings now. */
  readonly monitorLive: boolean;
  readonly actor: ActingPerson;
  /** The person at this page typed their own PIN again for this very act. */
  readonly ownPinChecked?: boolean;
  /** The second person, whose own PIN was right a moment ago; null where nobody stands by. */
  readonly secondPerson: ActingPerson | null;
  /** Whom this clinic lets be the second person. */
  readonly secondPersons?: SecondPersons;
  /**
   * Why this person's role may not do it, or null. `target` is the event that an undo or a correction is about.
   * The table is `staff/roles.ts`; it comes as an argument so that a decision cannot be made without one.
   */
  roleRefusal(command: SessionCommand, target: SessionEvent | null): Refusal | null;
  /** What went into this patient in other sessions of this room today, in µg; read when a decision asks. */
  todayElsewhereUg?(): number;
  /** Of the patient's last session; null where there is none. */
  readonly lastVisitGrams: number | null;
  /** Another session runs in this room. */
  readonly otherSessionOpen: boolean;
  /** What the monitors said in this session; read from the log when a decision asks, because few do. */
  vitals?(): SessionVitals;
  /** What a signature given now would be bound to. */
  seal?(): (RecordSeal & { readonly recordHash: string }) | null;
  /** How the clinic writes times: for what a person reads in the record as they read it now. */
  readonly formats?: Formats;
  readonly nameOf?: NameOf;
  /** Hash of the clinic's wording per instrument, where it has loaded one. */
  readonly textPackHashes?: Readonly<Partial<Record<InstrumentId, string>>>;
}

/** What the one gate knows beside it: why the person holds that it is right. */
export interface CommandContext extends DecisionContext {
  readonly answers?: readonly Answer[];
}

export interface ActingPerson {
  readonly personId: PersonId;
  readonly name: string;
  readonly role: Role;
}

/** The second person as an event keeps them, or why there is none. `what` is the act, for example `The double-check`. */
export function requireSecondPerson(
  context: DecisionContext,
  what: string,
): { readonly witness: { personId: PersonId; name: string } } | Refused {
  const { secondPerson } = context;
  if (secondPerson !== null) return { witness: { personId: secondPerson.personId, name: secondPerson.name } };
  return refuse('STAFF_WITNESS_REQUIRED', `${what} needs a second person: let them choose their name and type their own PIN.`, 'witness');
}

/** Why this person cannot be the second one: they do the act themselves. null where they are two. */
export function secondPersonObstacle(actorId: PersonId, secondPersonId: PersonId): Refusal | null {
  if (actorId !== secondPersonId) return null;
  const message = 'Nobody can witness their own act. Let a second person choose their name and type their own PIN.';
  return { code: 'STAFF_OWN_WITNESS', message, subject: 'witness' };
}

export type CommandOf<T extends SessionCommand['type']> = Extract<SessionCommand, { type: T }>;

export interface Refused {
  readonly refusal: Refusal;
}

export function refuse(code: RefusalCode, message: string, subject?: string): Refused {
  return { refusal: subject === undefined ? { code, message } : { code, message, subject } };
}

export function accept(...events: readonly NewEvent<SessionEventKind>[]): Accepted {
  return { events, doubts: [] };
}

/** Accepted as soon as what is doubtful about it has been answered. */
export function acceptWith(doubts: readonly Doubt[], ...events: readonly NewEvent<SessionEventKind>[]): Accepted {
  return { events, doubts };
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out what was not given: a stored body has no keys that hold nothing. */
export function withoutAbsent<T extends object>(body: T): Present<T> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Present<T>;
}
