import { roomContract, type RoomContract } from '../../shared/contract/room-contract.ts';
import type { Role } from '../../shared/contract/board/people.ts';
import { formatsOfCountry } from '../../shared/values/formats.ts';
import { pinAgeUnchosen } from '../../shared/contract/pin-age.ts';
import { privacyCoverUnchosen } from '../../shared/contract/privacy-cover.ts';
import { secondPersonsUnchosen } from '../../shared/contract/second-persons.ts';
import { testPin } from '../support/test-room.ts';

type Area = keyof RoomContract;
export type Call = { [A in Area]: `${A}.${keyof RoomContract[A] & string}` }[Area];

/** `anyone`: also a page at which nobody is signed in. */
export interface CallRow {
  readonly who: 'anyone' | readonly Role[];
  /** Something the call is glad of, or refuses for a reason that is not the person's. */
  readonly input?: () => unknown;
}

const all: readonly Role[] = ['nurse', 'therapist', 'prescriber', 'it'];
const allInRoom: readonly Role[] = ['nurse', 'therapist', 'prescriber'];
const clinical: readonly Role[] = ['nurse', 'prescriber'];
const authors: readonly Role[] = ['therapist', 'prescriber'];
const outfitters: readonly Role[] = ['nurse', 'it'];
const overseers: readonly Role[] = ['prescriber', 'it'];
const keepers: readonly Role[] = ['nurse', 'prescriber', 'it'];

const someId = '018f0000-0000-7000-8000-000000000000';

/** Every call of the contract, by its name. */
export const callNames = Object.entries(roomContract).flatMap(([area, procedures]) =>
  Object.keys(procedures).map((name) => `${area}.${name}`),
) as Call[];

/** Who may make each call of the contract, with what it takes: what a new call has to say before it is one. */
export function callRows(sessionId: string, uuid: () => string): Record<Call, CallRow> {
  const vial = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;
  const ofSession = (): object => ({ sessionId });
  const witnessed = (): object => ({ commandId: uuid(), stock: vial, witness: { personId: someId, pin: testPin } });
  const patient = (): object => ({ name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: uuid() });

  return {
    'live.watch': { who: 'anyone' },
    'live.acknowledge': { who: 'anyone', input: () => ({ number: 1 }) },
    'staff.signIn': { who: 'anyone', input: () => ({ personId: someId, pin: testPin }) },
    'staff.resume': { who: 'anyone', input: () => ({ seat: 'no such seat' }) },
    'staff.signOut': { who: 'anyone' },
    // Refuses where nobody of that name sits at the page.
    'staff.bringForward': { who: all, input: () => ({ personId: someId }) },
    'staff.cover': { who: 'anyone' },
    'staff.stay': { who: 'anyone' },
    'staff.makings': { who: all },
    'staff.list': { who: all },
    'staff.resetPin': { who: all, input: () => ({ personId: someId, pin: '000000' }) },
    'staff.change': { who: all, input: () => ({ personId: someId, name: 'New' }) },
    // Refused for its weakness.
    'staff.changePin': { who: all, input: () => ({ pin: testPin, newPin: '000000' }) },
    'staff.endLockout': { who: all, input: () => ({ personId: someId }) },
    'staff.endAccess': { who: all, input: () => ({ personId: someId }) },
    'staff.readBadge': { who: 'anyone', input: () => ({ code: 'NOBODYS' }) },
    'staff.giveBadge': { who: all, input: () => ({ personId: someId, code: 'NOBODYS' }) },
    'staff.removeBadge': { who: all, input: () => ({ personId: someId }) },
    'staff.giveAccess': { who: all, input: () => ({ personId: someId }) },
    'staff.add': { who: keepers, input: () => ({ name: 'New', role: 'nurse', pin: '000000' }) },
    // A room that is set up refuses it; the demo, which is nobody's, has to take it.
    'setup.room': {
      who: 'anyone',
      input: () => ({ roomName: 'Room 3', person: { name: 'New', role: 'nurse', pin: '000000' }, monitors: [] }),
    },
    'setup.ports': { who: 'anyone' },
    'setup.protocols': { who: 'anyone' },
    'setup.formats': { who: keepers, input: () => formatsOfCountry.us },
    'setup.secondPersons': { who: keepers, input: () => secondPersonsUnchosen },
    // Refused where Vigil was not started as a kiosk.
    'setup.leaveKiosk': { who: ['it'], input: () => ({ pin: '000000' }) },
    'setup.pinAge': { who: ['prescriber', 'it'], input: () => pinAgeUnchosen },
    'setup.privacyCover': { who: keepers, input: () => privacyCoverUnchosen },
    'recoveryKeys.list': { who: keepers },
    // Refused where somebody has to confirm it.
    'recoveryKeys.begin': { who: keepers, input: () => ({ name: 'Escrow' }) },
    'recoveryKeys.typeBack': { who: keepers, input: () => ({ ceremonyId: someId, groups: ['A', 'B', 'C'] }) },
    // Whoever knows the number of a ceremony began it.
    'recoveryKeys.leave': { who: 'anyone', input: () => ({ ceremonyId: someId }) },
    'recoveryKeys.remove': { who: keepers, input: () => ({ keyId: 'none' }) },
    'setup.addMonitor': { who: outfitters, input: () => ({ name: 'Oximeter', protocol: 'masimo-ascii1', port: `/dev/${uuid()}` }) },
    'setup.capture': { who: outfitters, input: () => ({ monitorId: someId, on: true }) },
    'setup.removeMonitor': { who: outfitters, input: () => ({ monitorId: someId }) },
    'setup.detect': { who: outfitters, input: () => ({ port: '/dev/none', ask: false }) },
    'setup.detection': { who: outfitters, input: () => ({ port: '/dev/none' }) },
    'setup.stopDetection': { who: outfitters, input: () => ({ port: '/dev/none' }) },
    'setup.detectionQuestions': { who: 'anyone' },
    'setup.monitorDetail': { who: all, input: () => ({ monitorId: someId }) },
    'setup.setListenOnly': { who: outfitters, input: () => ({ monitorId: someId, listenOnly: true }) },
    'protocols.list': { who: all },
    'protocols.read': { who: all, input: () => ({ protocolId: 'iv-ketamine-0.5-40', version: 1 }) },
    'protocols.publish': {
      who: ['prescriber'],
      input: () => ({
        commandId: uuid(),
        basedOn: { protocolId: 'iv-ketamine-0.5-40', version: 2 },
        draft: {},
        author: 'New',
        effectiveFrom: '2027-01-01',
      }),
    },
    'textPacks.list': { who: 'anyone' },
    'textPacks.load': { who: keepers, input: () => ({ content: 'not JSON' }) },
    'textPacks.remove': { who: keepers, input: () => ({ instrument: 'phq-9' }) },
    'textPacks.words': { who: 'anyone', input: () => ({ hash: 'x' }) },
    'print.file': { who: allInRoom, input: () => ({ sessionId, format: 'json' }) },
    'print.pages': { who: allInRoom, input: () => ({ sessionId, kind: 'one-page' }) },
    'print.rems': { who: allInRoom, input: ofSession },
    'print.prove': { who: allInRoom, input: ofSession },
    'looks.list': { who: overseers, input: () => ({ of: { by: 'everybody' }, before: null }) },
    'looks.file': { who: overseers, input: () => ({ of: { by: 'everybody' } }) },
    'patients.find': { who: allInRoom, input: () => ({ query: 'demo' }) },
    'patients.add': { who: clinical, input: () => ({ commandId: uuid(), ...patient() }) },
    'private.look': { who: authors, input: ofSession },
    'private.open': { who: authors, input: () => ({ sessionId, pin: '000000', phrase: null }) },
    'private.beginAnew': { who: authors, input: () => ({ sessionId, pin: '000000', phrase: null }) },
    'private.openEarlier': { who: authors, input: () => ({ sessionId, pin: '000000', phrase: null }) },
    'private.close': { who: 'anyone' },
    'private.read': { who: authors, input: ofSession },
    'private.keepDraft': { who: authors, input: () => ({ sessionId, draftId: uuid(), text: 'x', begunAt: 1 }) },
    'private.record': { who: authors, input: () => ({ sessionId, noteId: uuid(), draftId: null, text: 'x', begunAt: 1 }) },
    'private.moveToShared': { who: authors, input: () => ({ sessionId, commandId: uuid(), noteId: uuid() }) },
    'private.moveToPrivate': { who: authors, input: () => ({ sessionId, commandId: uuid(), eventId: uuid() }) },
    'private.moveDraft': { who: authors, input: () => ({ sessionId, commandId: uuid(), direction: 'to-private' }) },
    'private.configure': { who: ['prescriber', 'it'], input: () => ({ offered: true, marksShown: true }) },
    'drugLog.view': { who: clinical },
    'drugLog.receive': { who: clinical, input: () => ({ ...witnessed(), units: 10 }) },
    'drugLog.count': { who: clinical, input: () => ({ ...witnessed(), mg: 5000 }) },
    'drugLog.dispose': { who: clinical, input: () => ({ ...witnessed(), mg: 10, reason: 'broken' }) },
    'signing.read': { who: allInRoom, input: ofSession },
    'signing.history': { who: allInRoom, input: ofSession },
    'session.open': { who: clinical, input: () => ({ commandId: uuid(), patientId: someId, protocolId: 'none', course: null }) },
    'session.execute': {
      who: clinical,
      input: () => ({
        sessionId,
        commandId: uuid(),
        command: { type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } },
      }),
    },
    'session.preview': {
      who: clinical,
      input: () => ({ sessionId, command: { type: 'record-weight', value: 80, unit: 'kg' } }),
    },
    'session.list': { who: allInRoom },
    'session.record': { who: allInRoom, input: ofSession },
    'session.waves': { who: allInRoom, input: () => ({ ...ofSession(), fromMs: 0, lengthMs: 60_000 }) },
    'session.protocols': { who: 'anyone' },
    'session.keepDraft': { who: allInRoom, input: () => ({ ...ofSession(), personId: someId, draft: 'x' }) },
    'session.draft': { who: allInRoom, input: () => ({ ...ofSession(), personId: someId }) },
  };
}
