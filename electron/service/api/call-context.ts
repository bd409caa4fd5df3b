import type { PersonView } from '../../../shared/contract/board/people.ts';
import type { LookedFrom } from '../../../shared/contract/looks.ts';
import type { WaveWindow } from '../../../shared/contract/board/waves.ts';
import type { PersonId, SessionId } from '../../../shared/values/ids.ts';
import type { Acquisition } from '../acquisition/acquisition.ts';
import type { Captures } from '../acquisition/captures.ts';
import type { Detections } from '../acquisition/detections.ts';
import type { BytePorts } from '../platform/byte-ports.ts';
import type { Clock, Ids, Log } from '../platform/platform.ts';
import type { HashCost } from '../platform/slow-hash.ts';
import type { RoomDrugLog } from '../projection/room-drug-log.ts';
import type { LookList } from '../projection/look-list.ts';
import type { BoardView, FeedReader, LiveFeed } from '../projection/live-feed.ts';
import type { SessionRecords } from '../projection/session-records.ts';
import type { SessionSource } from '../export/record/session-source.ts';
import type { RecordSealed } from '../export/record/record-proof.ts';
import type { Looks } from '../recorder/looks.ts';
import type { PrivateNotes } from '../recorder/private-notes.ts';
import type { RecoveryKeys } from '../recorder/recovery-keys.ts';
import type { Recorder } from '../recorder/recorder.ts';
import type { Person } from '../staff/person.ts';
import { roomRoleRefusal } from '../staff/roles.ts';
import type { ObservationDrafts } from './observation-drafts.ts';
import type { Seats } from './seats.ts';

/** An open room: everything the procedures stand on. */
export interface OpenRoom {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ports: BytePorts;
  readonly hashCost: HashCost;
  readonly recorder: Recorder;
  readonly acquisition: Acquisition;
  readonly captures: Captures;
  readonly records: SessionRecords;
  readonly drugLog: RoomDrugLog;
  readonly privateNotes: PrivateNotes;
  readonly recoveryKeys: RecoveryKeys;
  readonly looks: Looks;
  readonly lookList: LookList;
  readonly feed: LiveFeed;
  readonly seats: Seats;
  readonly observationDrafts: ObservationDrafts;
  /** Does what the record of a session needs, to be shown, signed or written, in short steps. */
  gatherRecord(sessionId: SessionId): Generator<void>;
  /** What a session's record is written from. Throws `RefusedError` where there is no such session. */
  sessionSource(sessionId: SessionId): SessionSource;
  recordProof(sessionId: SessionId): RecordSealed;
  /** The waveforms of a session between two instants; empty where there are none. */
  waveWindow(sessionId: SessionId, fromMs: number, toMs: number): WaveWindow;
  /** Reads the configured monitors from the log again and connects to them. */
  connectMonitors(): void;
}

/** Holds the room that is open now; set-up in the demo opens another one. */
export interface RoomHost {
  readonly room: OpenRoom;
  readonly demo: boolean;
  /** The computer's own ports, also while the demo runs on simulated ones. */
  readonly systemPorts: BytePorts;
  /** Looks at those ports. */
  readonly detections: Detections;
  readonly log: Log;
  /** Gives the window of a kiosk free; not there where the shell was not started as one. */
  readonly leaveKiosk?: (() => void) | undefined;
  /** Opens the real room's data if the demo is running. Throws `RefusedError`; the demo goes on and the next try may do. */
  prepareRoom(): Promise<OpenRoom>;
  /** Ends the demo, if it was running; its pages reconnect to the room. */
  enterRoom(): void;
}

export interface SignedIn {
  readonly person: PersonView;
  readonly seat: string;
}

/** A call that changes what a repeat of it would find. */
export interface Attempt<Answer> {
  readonly attemptId: string;
  readonly personId: PersonId;
  readonly answer: Promise<Answer>;
}

/** One page's connection: its seats, and the feed it reads. */
export interface PageConnection {
  readonly from: Exclude<LookedFrom, 'command'>;
  /** Of the person whose acts come first at this page. */
  seat: string | null;
  /** Of those who sit here beside them. */
  beside: readonly string[];
  /** The last sign-in here, which a repeat of it waits for. */
  signIn: Attempt<SignedIn> | null;
  /** As `signIn`, for a change of one's own PIN: the old one is wrong as soon as it was right once. */
  pinChange: Attempt<object> | null;
  reader: FeedReader | null;
  close(): void;
}

export interface CallContext {
  readonly host: RoomHost;
  readonly connection: PageConnection;
}

export function openConnection(from: PageConnection['from']): PageConnection {
  return {
    from,
    seat: null,
    beside: [],
    signIn: null,
    pinChange: null,
    reader: null,
    close() {
      this.reader?.close();
      this.reader = null;
    },
  };
}

/** A person at a page, and the ticket of their seat. */
export type SeatedPerson = Person & { readonly seat: string };

/** The tickets of a page, of the one in front first. */
export function seatsOf({ seat, beside }: Pick<PageConnection, 'seat' | 'beside'>): readonly string[] {
  return seat === null ? beside : [seat, ...beside];
}

/** The people who sit at this page now, the one in front first. To be told so does not count as use of a seat. */
export function peopleAt({ host, connection }: CallContext): readonly SeatedPerson[] {
  return seatsOf(connection).flatMap((token) => {
    const personId = host.room.seats.holder(token);
    const person = personId === null ? undefined : host.room.recorder.staff.people.get(personId);
    return person === undefined || person.ended !== null ? [] : [{ ...person, seat: token }];
  });
}

/** Who sat at this page when it was covered, the one in front first; empty where it is not covered. */
function coveredAt({ host, connection }: CallContext): readonly PersonView[] {
  const { seats, recorder } = host.room;
  return seatsOf(connection).flatMap((token) => recorder.staff.people.get(seats.satHere(token) ?? '') ?? []);
}

/**
 * What this page may be told. In the demo the patient is invented, and every page is told everything until somebody
 * covers it.
 */
export function boardViewOf(context: CallContext): BoardView {
  const people = peopleAt(context);
  const covered = people.length === 0 ? coveredAt(context) : [];
  const isDemo = context.host.demo && covered.length === 0;
  return {
    people: people.map(viewOf),
    covered: covered.map(viewOf),
    // The person in front decides what the page shows: if they may read no records, it shows none, whoever sits beside them.
    readsRecords: isDemo || people.slice(0, 1).some(({ role }) => roomRoleRefusal(role, 'read-records') === null),
    seesFigures: isDemo || people.length > 0 || context.host.room.recorder.room.privacyCover.figures,
  };
}

function viewOf({ personId, name, role }: PersonView): PersonView {
  return { personId, name, role };
}
