import type { SignedState } from '../../shared/contract/signing.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import { isolated } from '../../shared/values/isolated.ts';
import { agoWords } from '../format/durations.ts';

type Salvaged = NonNullable<RoomBoard['room']['salvaged']>;

/** What became of a record that is over, by how it is signed. */
const signedAs: Readonly<Record<SignedState['status'], (version: number) => string>> = {
  open: () => 'not signed',
  ended: () => 'not signed',
  signed: (version) => (version > 1 ? `signed, version ${version}` : 'signed'),
  // The version before the amendment is signed, and stands.
  amending: () => 'amendment not signed',
};

/** Until then hours say how old something is, and days from there on. */
const twoDaysMs = 2 * 86_400_000;

/** Words of the home screen. */
export const homeText = {
  title: 'Home',
  room: {
    heading: 'This room',
    free: 'No session in this room',
    freeWords: 'Start one when the patient arrives. Everything is kept from the first tap, also without a network.',
    open: 'Session in this room',
    start: 'Start a session',
    back: 'Return to the session',
    goOn: 'Go on preparing',
    toSession: 'Open the session screen',
    born: (date: string) => `born ${date}`,
    howHeading: 'How a session works',
    how: [
      ['Who and what', 'patient, protocol and weight; the dose is worked out in front of you'],
      ['The room', 'monitor live, checklist ticked, read back with a second person'],
      ['Infusion started', 'one tap; from then on vitals, dose, ratings and notes stand on one time axis'],
      ['Ended', 'the record can be opened again here at any time'],
    ],
    notStarted: 'being prepared',
    covered: 'sign in to see whose it is',
    opened: (time: string) => `opened ${time}`,
    sinceStart: (elapsed: string) => `${elapsed} since start`,
    course: (number: number, of: number) => `session ${number} of ${of}`,
  },
  setUp: {
    heading: 'This is the demo room',
    words:
      'The patient and the monitors are simulated, and the database is its own. Setting up this room makes the first person, an encrypted database with its recovery key, and connects your monitors. It takes about three minutes.',
    button: 'Set up this room',
  },
  today: {
    heading: 'Sessions today',
    order: 'by time opened',
    empty: 'No session yet today',
    emptyWords: 'Sessions of this room appear here as soon as they are opened.',
  },
  unsigned: {
    heading: 'Unsigned records',
    order: 'the oldest first',
    waiting: 'not signed yet',
    amending: 'amendment not signed',
    ended: (day: string, time: string) => `ended ${day}, ${time}`,
    signedBy: (version: number, name: string) => `version ${version} by ${isolated(name)}`,
    sign: 'Sign',
    signOf: (name: string | null, ended: string) => `Sign the record of ${isolated(name ?? 'a patient')}, ${ended}`,
  },
  earlier: {
    heading: 'Earlier records',
    order: 'newest first',
    empty: 'No earlier record',
    emptyWords: 'A session stays here after its day, with its whole timeline.',
  },
  list: {
    loading: 'Reading the list of sessions…',
    failed: 'The list of sessions could not be read.',
    signedOut: 'Sign in to see the sessions',
    signedOutWords: 'Records are opened only by people who work with patients, signed in with their own PIN.',
    notTheirs: 'No sessions are shown to you',
    signIn: 'Sign in',
    openRecord: 'Open',
    openRecordOf: (name: string | null, time: string) => `Open the record of ${isolated(name ?? 'a patient')}, ${time}`,
    returnTo: 'Return',
    running: 'in this room now',
    preparing: 'being prepared',
    ended: (time: string) => `ended ${time}`,
    signedAs,
    endedUnstarted: 'ended, no dose given',
    unreadable: 'cannot be read',
    /** Of a session of which not even the opening can be read. */
    patient: (name: string | null) => name ?? 'Patient cannot be read',
    unreadableWords: 'entries damaged: tell IT',
    infusion: (time: string) => `infusion ${time}`,
    more: (count: number) => `${count} older ${count === 1 ? 'record' : 'records'}: type a name to find one`,
    find: 'Find a record by name',
    findEmpty: 'No record under this name',
  },
  workstation: {
    heading: 'This workstation',
    aside: 'as of now',
    monitor: 'Monitor',
    noMonitor: 'No monitor is set up',
    noMonitorWords: 'Vitals can be entered by hand until one is connected.',
    simulated: 'simulated',
    frames: (rate: string) => `${rate} frames/s`,
    discarded: (bytes: string) => (bytes === '0' ? '0 bytes not understood' : `${bytes} bytes not understood`),
    lastByte: (age: string) => `last byte ${age}`,
    neverByte: 'no byte yet',
    disk: 'Disk',
    recording: 'recording',
    notRecording: 'not recording',
    free: (gigabytes: string) => `${gigabytes} GB free`,
    freeUnknown: 'free space not known',
    lastWrite: (time: string) => `last write ${time}, on disk`,
    noWrite: 'nothing written yet',
    database: 'Database',
    encrypted: 'encrypted',
    demoDatabase: 'demo data',
    chain: (seq: string) => `hash chain to event ${seq}`,
    chainEmpty: 'hash chain empty',
    moment: (day: string, time: string) => `${day}, ${time}`,
    backup: {
      name: 'Backup',
      notSetUp: 'not set up',
      notSetUpWords: 'This room makes no backups by itself.',
      noneYet: 'none yet',
      waits: 'waits for the end of the dose',
      none: 'no backup has been made',
      failed: 'failed, tried again by itself',
      age: (ms: number) => (ms < twoDaysMs ? agoWords(ms) : `${Math.floor(ms / (twoDaysMs / 2))} days ago`),
      last: (moment: string) => `compared after writing ${moment}`,
      notDrilled: 'not yet restored on trial',
      drilled: (moment: string) => `restored on trial ${moment}`,
    },
    restored: 'Restored',
    restoredWords: (taken: string) =>
      `This room was restored from the backup of ${taken}. Anything recorded between then and the restore is not in it.`,
    salvaged: 'Salvaged',
    salvagedWords: ({ entriesLost, isEndKnown, sessionsSetAside, roomEntriesLost }: Salvaged) => {
      const lost =
        entriesLost === 0
          ? 'No entry of it is known to be lost.'
          : entriesLost === 1
            ? '1 entry of it is lost.'
            : `${entriesLost} entries of it are lost.`;
      const lacking =
        sessionsSetAside === 0
          ? ''
          : ` ${sessionsSetAside === 1 ? '1 session lacks' : `${sessionsSetAside} sessions lack`} entries or readings, or may: what is left of ${sessionsSetAside === 1 ? 'it' : 'them'} can be exported by IT, and not gone on with or signed.`;
      const ofRoom = roomEntriesLost
        ? ' Entries of the room itself are missing: look through people, patients and monitors, and count the drugs.'
        : '';
      const end = isEndKnown ? '' : ' Nothing told where its log ended: more may be lost at the end.';
      return `This room was saved out of a damaged file. ${lost}${end}${lacking}${ofRoom}`;
    },
    addMonitor: 'Add a monitor',
    changeMonitors: 'Open the monitors',
    people: 'People',
    openPeople: 'Add or change people',
    peopleCount: (count: number) => `${count} can sign in`,
    present: (names: string) => `signed in here: ${names}`,
    nobody: 'nobody is signed in',
    protocols: 'Protocols',
    protocolsState: 'versions and dry runs',
    protocolsWords: 'Dose, limits, schedule and discharge criteria; what a session is opened with.',
    openProtocols: 'Read or change protocols',
    looks: 'Who looked',
    looksState: 'for a prescriber and IT',
    looksWords: 'Who opened, printed, saved or searched for whose record, and when.',
    openLooks: 'Show who looked',
    drugLog: 'Drug log',
    drugLogState: 'controlled drugs of this room',
    drugLogWords: 'What was received, drawn, given and wasted, with its running balance.',
    openDrugLog: 'Open the drug log',
  },
  linkState: {
    absent: 'port not there',
    opening: 'opening',
    listening: 'waiting for values',
    live: 'live',
    degraded: 'live, noisy line',
    silent: 'no data',
    unplugged: 'cable out',
    busy: 'port in use',
    forbidden: 'no permission',
    'wrong-device': 'another device',
  },
} as const;
