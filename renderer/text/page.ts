import { isolated } from '../../shared/values/isolated.ts';

/** Words that stand on every screen. */
export const pageText = {
  product: 'Vigil',
  disclaimer: 'Documentation aid. Not a patient monitor or alarm. Watch the patient and the bedside monitor.',
  limits: 'Limits are drawn as lines on the timeline. They do not prompt.',
  demo: 'DEMO · simulated monitor',
  demoShort: 'DEMO',
  born: (date: string, years: number) => `born ${date} · ${years} y`,
  bornShort: (date: string) => `born ${date}`,
  course: (number: number, of: number) => `session ${number} of ${of}`,
  protocol: (name: string, version: number) => `${isolated(name)} · protocol v${version}`,
  protocolShort: (shortName: string, version: number) => `${shortName} · v${version}`,
  clock: 'Room clock',
  nobody: 'Sign in',
  with: 'with',
  and: 'and',
  responsible: (name: string, left: boolean) => `in charge: ${isolated(name)}${left ? ', whose access was ended' : ''}`,
  switchPerson: 'signed in here, switch person',
  cover: 'Cover this page (F9). Recording goes on',
  toDay: 'Day colors',
  toNight: 'Night colors',
  home: 'Home',
  recording: 'recording to disk',
  lastWrite: (time: string) => `last write ${time}`,
  nothingWritten: 'nothing to write yet',
  keys: 'keys',
  version: (version: string, demo: boolean) => `Vigil ${version}${demo ? ' · demo database' : ''}`,
  connecting: {
    title: 'Connecting to the room service',
    words: 'The first figures appear within a few seconds.',
    slow: 'This takes longer than usual. Vigil keeps trying. If it does not end, restart Vigil; what was recorded is on disk.',
  },
  catchingUp: {
    title: 'The demo is being played',
    words: 'An earlier session, and the first 38 minutes of today’s, from the bytes of simulated monitors. It takes some seconds.',
  },
} as const;

type StopCode = 'STORE_READ_ONLY' | 'STORE_FULL' | 'STORE_CORRUPT' | 'STORE_FAILED';

/** Words of the screen that stands over everything when nothing is being kept. */
export const notRecordingText = {
  title: 'Not recording',
  since: (time: string, lasting: string) => `since ${time} · ${lasting}`,
  whatToDo: 'What to do',
  watch: 'Watch the patient and the bedside monitor.',
  paper: 'Write vitals, dose changes and times on paper until this screen goes away; enter them afterwards with “another time”.',
  kept: (time: string) => `Everything recorded until ${time} is on disk.`,
  stopped: {
    title: 'Nothing is being recorded',
    STORE_READ_ONLY: [
      'The data folder can be read but not written. Call clinic IT: the user of this workstation needs write permission.',
      'Vigil goes on by itself as soon as it can write.',
    ],
    STORE_FULL: ['The disk is full. Free some space on it, or call clinic IT.', 'Vigil goes on by itself as soon as there is room.'],
    STORE_CORRUPT: [
      'The database is damaged. Do not restart and do not delete anything. Call clinic IT: they keep the folder as it is, run vigil verify, and restore the clinic’s own backup.',
    ],
    STORE_FAILED: ['The database cannot be written. Call clinic IT.', 'Restart Vigil once; what was recorded before is on disk.'],
  } satisfies { title: string } & Record<StopCode, readonly string[]>,
  lost: {
    title: 'No contact with the room service',
    words: 'This screen cannot say that anything is being recorded. The figures behind it are old.',
    steps: [
      'Wait a few seconds: the room service is started again by itself.',
      'If this screen stays, restart Vigil. What was recorded is on disk.',
    ],
  },
  refused: {
    title: 'Vigil cannot record here',
    steps: ['Put right what it says above, or call clinic IT.', 'Then start Vigil again.'],
  },
} as const;
