import type { LookKind } from '../../../shared/contract/looks.ts';
import type { RoomContract } from '../../../shared/contract/room-contract.ts';

/** Whose record an answer is about: that of the session or the looks that were asked for, of each patient who was found, of nobody in particular. */
type About = 'session' | 'found-patients' | 'looks' | 'room';

export interface CallLook {
  readonly what: LookKind;
  readonly about: About;
}

/** No look: an act, which is recorded by itself; or nothing in the answer is from a patient's record. */
const none = null;
const record: CallLook = { what: 'record-opened', about: 'session' };
const ownNotes: CallLook = { what: 'private-notes-opened', about: 'session' };

/** What every call of the contract is a look at. A new one does not compile before it is said here. */
export const looksOfCalls: {
  readonly [Area in keyof RoomContract]: { readonly [Call in keyof RoomContract[Area]]: CallLook | null };
} = {
  // Who watches the session that goes on is noted with the feed itself (`live-procedures.ts`).
  live: { watch: none, acknowledge: none },
  staff: {
    signIn: none,
    resume: none,
    bringForward: none,
    signOut: none,
    stay: none,
    cover: none,
    makings: none,
    list: none,
    add: none,
    change: none,
    changePin: none,
    resetPin: none,
    endAccess: none,
    endLockout: none,
    giveAccess: none,
    readBadge: none,
    giveBadge: none,
    removeBadge: none,
  },
  setup: {
    room: none,
    formats: none,
    secondPersons: none,
    privacyCover: none,
    pinAge: none,
    leaveKiosk: none,
    ports: none,
    protocols: none,
    detect: none,
    detection: none,
    stopDetection: none,
    detectionQuestions: none,
    // The newest bytes of a monitor: figures that the room shows to everybody in it.
    monitorDetail: none,
    setListenOnly: none,
    addMonitor: none,
    capture: none,
    removeMonitor: none,
  },
  recoveryKeys: { list: none, begin: none, typeBack: none, leave: none, remove: none },
  protocols: { list: none, read: none, publish: none },
  textPacks: { list: none, load: none, remove: none, words: none },
  print: {
    file: { what: 'record-saved', about: 'session' },
    pages: { what: 'record-printed', about: 'session' },
    rems: record,
    prove: { what: 'signature-checked', about: 'session' },
  },
  looks: { list: { what: 'looks-opened', about: 'looks' }, file: { what: 'looks-saved', about: 'looks' } },
  patients: { find: { what: 'patient-found', about: 'found-patients' }, add: none },
  private: {
    // Whether there are any, and not what they say.
    look: none,
    open: ownNotes,
    beginAnew: ownNotes,
    openEarlier: ownNotes,
    close: none,
    read: ownNotes,
    keepDraft: none,
    record: none,
    moveToShared: none,
    moveToPrivate: none,
    moveDraft: none,
    configure: none,
  },
  drugLog: {
    view: { what: 'drug-log-opened', about: 'room' },
    receive: none,
    count: none,
    dispose: none,
  },
  signing: { read: record, history: record },
  session: {
    open: none,
    execute: none,
    preview: record,
    list: { what: 'sessions-listed', about: 'room' },
    // Of what whoever asks typed themselves.
    keepDraft: none,
    draft: none,
    record,
    waves: record,
    protocols: none,
  },
};

/** Null for a call that is no look, and for one that the contract does not have. */
export function lookOfCall([area, name]: readonly string[]): CallLook | null {
  const calls: Readonly<Record<string, Readonly<Record<string, CallLook | null>>>> = looksOfCalls;
  return calls[area ?? '']?.[name ?? ''] ?? null;
}
