import { fakeDrugLog, fakeHistory, fakePrivate, fakeProtocols, fakeSigning } from './fake-places.ts';
import { fakeLooks } from './fake-looks.ts';
import { fakeMonitors } from './fake-monitors.ts';
import { holdLimits } from '../../shared/clinical/hold-limit.ts';
import { builtInProtocol } from '../session/played-session.ts';
import type { LiveStore } from '../../renderer/live/live-store.ts';
import type { RoomClient } from '../../renderer/connection/room-client.ts';
import { exportFormats, type ExportFormat } from '../../shared/contract/export-formats.ts';
import type { KeyCeremony } from '../../shared/contract/recovery-keys.ts';
import type { Refusal } from '../../shared/contract/contract-errors.ts';
import type { PersonView, Role } from '../../shared/contract/board/people.ts';
import type { Patient, ProtocolSummary, SessionSummary } from '../../shared/contract/room-contract.ts';
import { staffMembers } from './staff-members.ts';
import { recordFigures } from '../../electron/service/export/record/record-figures.ts';
import { materialOf, playGoldenSession } from '../export/golden-material.ts';
import { goldenBoard } from '../fixtures/boards/golden-board.ts';
import { at, fixtureId } from '../fixtures/boards/golden-times.ts';

/** How the fake answers: with lists as on a busy day, with nothing, or with refusals; `once`: each read fails the first time. */
export type FakeKind = 'full' | 'empty' | 'error' | 'once';

/** As long as a hash takes. */
function comparing<In, Out>(answer: (input: In) => Promise<Out>): (input: In) => Promise<Out> {
  return (input) => new Promise<void>((resolve) => setTimeout(resolve, 1500)).then(() => answer(input));
}

/** Of everybody in the gallery: it opens the choice of their own. */
export const galleryFirstPin = '604813';

/** A recovery key that waits to be typed back. */
export const someCeremony: KeyCeremony = {
  ceremonyId: fixtureId(9, 9),
  recoveryKey: '7K3QF-29XWM-0ABCD-EFGH1-23456-789Z$',
  asked: [1, 4, 5],
};

/** As the service refuses, so far as a screen can tell. */
function refused(refusal: Refusal): Promise<never> {
  return Promise.reject(Object.assign(new Error(refusal.message), { code: 'REFUSED', data: refusal }));
}

const protocol: ProtocolSummary = {
  protocolId: 'iv-ketamine-0.5',
  version: 4,
  name: 'IV ketamine 0.5 mg/kg over 40 min',
  status: 'defaults, to be signed off by the clinic',
  route: 'iv',
  holdLimits: [...holdLimits(builtInProtocol().limits)],
  summary: [
    { term: 'vitals', text: 'cuff every 5 min, recovery every 15 min' },
    { term: 'ratings', text: 'CADSS-6 +20 · CADSS-23 +40 · SUDS every 20, sedation every 10' },
    { term: 'hold', text: 'BP 160/100, SpO₂ under 94 %' },
    { term: 'review', text: 'BP 160/100 · pulse 120 · SpO₂ 94 % · resp 10' },
  ],
};

const dayMin = 1440;

const patients: readonly Patient[] = [
  {
    patientId: fixtureId(9, 1),
    name: 'Demo Patient',
    birthDate: '1984-03-14',
    recordNumber: 'DEMO-0042',
    lastVisit: { atMs: at(-4 * dayMin), weightGrams: 79_600 },
    sessions: 2,
  },
  { patientId: fixtureId(9, 2), name: 'Demo Patient B', birthDate: '1991-11-02', recordNumber: 'DEMO-0043', lastVisit: null, sessions: 0 },
  {
    patientId: fixtureId(9, 3),
    name: 'Anneliese-Charlotte Wolfeschlegelsteinhausen',
    birthDate: '1959-07-30',
    recordNumber: 'DEMO-0044',
    lastVisit: { atMs: at(-7 * dayMin), weightGrams: null },
    sessions: 5,
  },
];

function summary(
  index: number,
  patientName: string,
  openedMin: number,
  lastsMin: number | null,
  startsAfterMin: number | null,
): SessionSummary {
  return {
    sessionId: fixtureId(8, index),
    patientName,
    birthDate: '1984-03-14',
    protocolName: 'IV ketamine 0.5 mg/kg over 40 min',
    course: index % 4 === 0 ? null : { number: (index % 6) + 1, of: 6 },
    openedMs: at(openedMin),
    startedMs: startsAfterMin === null ? null : at(openedMin + startsAfterMin),
    endedMs: lastsMin === null ? null : at(openedMin + lastsMin),
    state: lastsMin === null ? 'open' : 'ended',
    signed:
      lastsMin === null
        ? { status: 'open', version: 0, by: null, atMs: null }
        : index % 3 === 0
          ? { status: 'ended', version: 0, by: null, atMs: null }
          : { status: 'signed', version: 1, by: 'M. Ruiz', atMs: at(openedMin + lastsMin + 6) },
  };
}

const sessions: readonly SessionSummary[] = [
  summary(1, 'Demo Patient', -43, null, 43),
  summary(2, 'Demo Patient B', -125, 80, 30),
  summary(3, 'Anneliese-Charlotte Wolfeschlegelsteinhausen', -300, 20, null),
  { ...summary(40, 'Demo Patient C', -700, null, null), state: 'unreadable', signed: null },
  {
    ...summary(41, '', -740, null, null),
    patientName: null,
    birthDate: null,
    protocolName: null,
    course: null,
    state: 'unreadable',
    signed: null,
  },
  ...Array.from({ length: 26 }, (_, index) =>
    summary(index + 4, `Demo Patient ${String.fromCodePoint(67 + (index % 20))}`, -(index + 1) * 0.6 * dayMin - 300, 150, 40),
  ),
];

const wrongPin: Refusal = { code: 'STAFF_WRONG_PIN', message: 'That is not the PIN of this person. Type it again.', subject: 'pin' };

/** A plain object of promises, enough to draw every screen; the feed's store is written only where a tap must show. */
export function fakeClient(kind: FakeKind, store: LiveStore, signing = 'finished'): RoomClient {
  if (kind === 'once') return failingOnce(fakeClient('full', store, signing));
  const storeFailed: Refusal = {
    code: 'STORE_FAILED',
    message: 'The database could not be read: disk I/O error. Check the disk, then restart Vigil.',
  };
  const answer = <T>(full: T, empty: T): Promise<T> =>
    kind === 'error' ? refused(storeFailed) : Promise.resolve(kind === 'empty' ? empty : full);
  /** A prescriber or IT is made by two. */
  const confirmersOf = (role: Role): string[] => {
    const people = store.getState().board?.staff.people ?? [];
    return role === 'nurse' || role === 'therapist' ? [] : people.slice(1, 2).map(({ personId }) => personId);
  };
  const never = new Promise<never>(() => undefined);
  const finished = goldenBoard({ state: 'finished' });
  const facts = recordFigures(materialOf(playGoldenSession()));
  return {
    live: { watch: () => never, acknowledge: () => Promise.resolve({}) },
    staff: {
      signIn: ({ personId, pin, newPin }: { personId: string; pin: string; newPin?: string }) => {
        if (pin === galleryFirstPin && newPin === undefined) {
          return refused({ code: 'STAFF_FIRST_PIN', message: 'Somebody else chose this PIN.', subject: 'newPin' });
        }
        const person = store.getState().board?.staff.people.find((one) => one.personId === personId);
        if (kind === 'error' || person === undefined) {
          return comparing(refused)({
            code: 'STAFF_LOCKED_OUT',
            message: 'Five wrong PINs. Nurse can try again at 10:43; somebody else can sign in now.',
          });
        }
        return Promise.resolve({ person, seat: 'seat' });
      },
      resume: () => Promise.resolve({ person: store.getState().board?.staff.people[0] ?? null }),
      signOut: () => Promise.resolve({}),
      stay: () => Promise.resolve({}),
      makings: () =>
        kind === 'error'
          ? refused(storeFailed)
          : Promise.resolve(
              (['nurse', 'therapist', 'prescriber', 'it'] as const).map((role) => ({ role, confirmers: confirmersOf(role) })),
            ),
      list: () => (kind === 'error' ? refused(storeFailed) : Promise.resolve(staffMembers(store, confirmersOf))),
      resetPin: () => Promise.resolve({}),
      endAccess: () => Promise.resolve({}),
      giveAccess: () => Promise.resolve({}),
      add: ({ name, role }: { name: string; role: Role }) =>
        kind === 'error'
          ? refused({ code: 'STAFF_NAME_TAKEN', message: `"${name}" is in the list already. Add something that tells the two apart.` })
          : Promise.resolve(addPerson(store, { personId: fixtureId(3, 77), name, role })),
    },
    setup: {
      room: () =>
        kind === 'error'
          ? refused({
              code: 'STAFF_PIN_WEAK',
              message: 'A PIN that repeats its digits is guessed at once. Choose another.',
              subject: 'pin',
            })
          : Promise.resolve(someCeremony),
      ports: () =>
        answer(
          [
            { path: '/dev/ttyUSB0', stableId: 'usb-FTDI_FT232R_A10K3F2-if00', manufacturer: 'FTDI', usedBy: null },
            { path: '/dev/ttyS0', stableId: null, manufacturer: null, usedBy: null },
          ],
          [],
        ),
      ...fakeMonitors(kind === 'error'),
      protocols: () =>
        Promise.resolve([
          {
            protocol: 'masimo-ascii1',
            vendor: 'Masimo',
            models: ['Rad-8', 'Radical-7'],
            description: 'Pulse and SpO₂ once a second. Not validated on hardware.',
          },
          {
            protocol: 'nonin-df7',
            vendor: 'Nonin',
            models: ['Onyx', 'Xpod'],
            description: 'Pulse and SpO₂ with the pleth wave. Not validated on hardware.',
          },
          {
            protocol: 'dinamap',
            vendor: 'GE',
            models: ['Dinamap Pro'],
            description: 'Cuff pressure, pulse and SpO₂. Reads only, never starts a cuff. Not validated on hardware.',
          },
        ]),
      addMonitor: () =>
        kind === 'error'
          ? refused({
              code: 'MONITOR_PORT_TAKEN',
              message: '/dev/ttyUSB0 is used by "Oximeter" already. Choose another port, or remove that monitor first.',
            })
          : Promise.resolve({ monitorId: fixtureId(4, 77) }),
      removeMonitor: ({ monitorId }: { monitorId: string }) => {
        const { board, heard } = store.getState();
        if (board === null || heard === null) return never;
        const monitors = board.monitors.filter((monitor) => monitor.monitorId !== monitorId);
        store.take({ kind: 'snapshot', number: 2, board: { ...board, monitors } }, heard.atMs);
        return Promise.resolve({});
      },
    },
    protocols: fakeProtocols,
    signing: {
      read: () => answer(fakeSigning(signing), fakeSigning('complete')),
      history: () => Promise.resolve(fakeHistory()),
    },
    drugLog: { view: () => answer(fakeDrugLog(), { balances: [], rows: [], older: 0, unaccounted: [], unreadable: [] }) },
    looks: fakeLooks(answer),
    private: fakePrivate,
    print: {
      rems: () => Promise.resolve({ form: null }),
      prove: () => never,
      file: ({ format }: { format: ExportFormat }) =>
        Promise.resolve({ fileName: `vigil-2026-11-23-5b0c91d2.${exportFormats[format].ending}`, content: { as: 'text', text: '' } }),
    },
    textPacks: { list: () => answer([], []), words: () => Promise.resolve(null), load: () => never, remove: () => never },
    patients: {
      find: ({ query }: { query: string }) =>
        answer(
          patients.filter((patient) => `${patient.name} ${patient.recordNumber}`.toLowerCase().includes(query.toLowerCase())),
          [],
        ),
      add: () =>
        refused({
          code: 'PATIENT_DUPLICATE',
          message: 'DEMO-0042 is the record number of Demo Patient, born 14 Mar 1984. Choose that patient, or check the number.',
        }),
    },
    session: {
      open: () => never,
      preview: () => {
        const dose = store.getState().board?.session?.dose ?? null;
        return Promise.resolve({ dose, doubts: [], refusal: null });
      },
      execute: ({ command, witness }: { command: { type: string }; witness?: unknown }) =>
        kind === 'error' && witness !== undefined ? refused(wrongPin) : execute(command),
      list: () => answer([...sessions], []),
      record: () => {
        if (kind === 'error') return refused({ code: 'SESSION_NOT_FOUND', message: 'There is no such session in this room.' });
        const { session, trend, clock } = kind === 'empty' ? goldenBoard({ state: 'empty' }) : finished;
        const none = {
          fromMs: clock.now.utcMs,
          stepMs: 1000,
          length: 0,
          columns: { 'pulse-rate': [], spo2: [], 'resp-rate': [], etco2: [], 'heart-rate': [] },
        };
        return session === null ? never : Promise.resolve({ session, trend: trend ?? none, now: clock.now, facts });
      },
      waves: () => Promise.resolve({ any: false, signals: [] }),
      protocols: () => Promise.resolve([protocol]),
    },
  } as unknown as RoomClient;

  function execute(command: { type: string; item?: number; value?: number }): Promise<unknown> {
    if (kind === 'error') {
      const words: Partial<Record<string, Refusal>> = {
        'record-weight': {
          code: 'WEIGHT_IMPLAUSIBLE',
          message: '176 kg is 176.0 kg: more than 10 % away from 79.6 kg at the last visit. Put it right, or give the reason.',
          subject: 'value',
          doubts: [
            {
              key: 'weight-far-from-last-visit',
              code: 'WEIGHT_IMPLAUSIBLE',
              words: '176 kg is 176.0 kg: more than 10 % away from 79.6 kg at the last visit. Check the unit and weigh again',
              needs: 'reason',
            },
          ],
        },
        'give-injection': {
          code: 'MONITORING_STEP_MISSING',
          message: 'No blood pressure, no pulse and no SpO₂ of the last 15 min. Put it right, or give the reason.',
          doubts: [
            {
              key: 'monitor-not-live',
              code: 'SESSION_MONITOR_NOT_LIVE',
              words: 'No monitor gives readings. Connect the monitor, or give the reason for starting without',
              needs: 'reason',
            },
            {
              key: 'hold-figure-missing',
              code: 'MONITORING_STEP_MISSING',
              words: 'No blood pressure, no pulse and no SpO₂ of the last 15 min. Measure and type them, or say why not',
              needs: 'reason',
            },
          ],
        },
        'change-rate': {
          code: 'DOSE_OUTSIDE_PROTOCOL',
          message: 'At 450 mL/h the whole bag would take 5.3 min, the protocol has 20 to 120 min. Put it right, or give the reason.',
          subject: 'rateMlPerHour',
          doubts: [
            {
              key: 'rate-tenfold',
              code: 'DOSE_OUTSIDE_PROTOCOL',
              words: '450 mL/h is ten times the 45 mL/h that ran before',
              needs: 'second-person',
            },
            {
              key: 'rate-outside-protocol',
              code: 'DOSE_OUTSIDE_PROTOCOL',
              words: 'At 450 mL/h the whole bag would take 5.3 min, "Ketamine 0.5 mg/kg" has 20 to 120 min',
              needs: 'prescriber',
            },
          ],
        },
      };
      return refused(words[command.type] ?? storeFailed);
    }
    if (command.type === 'answer-item') answerItem(store, command.item ?? 0, command.value ?? null);
    return Promise.resolve({ eventIds: [fixtureId(6, 999)], seq: 1, recorded: { utcMs: at(38), offsetMin: -300 } });
  }
}

function addPerson(store: LiveStore, person: PersonView): PersonView {
  const { board, heard } = store.getState();
  if (board !== null && heard !== null) {
    const staff = { ...board.staff, people: [...board.staff.people, person] };
    store.take({ kind: 'snapshot', number: 2, board: { ...board, staff } }, heard.atMs);
  }
  return person;
}

/** The one thing that has to come back for a sheet to go on: an answer. */
function answerItem(store: LiveStore, item: number, value: number | null): void {
  const { board, heard } = store.getState();
  if (board === null || board.session === null || heard === null) return;
  const ratings = board.session.ratings.map((rating) =>
    rating.state === 'open' ? { ...rating, items: rating.items.map((old, index) => (index === item - 1 ? value : old)) } : rating,
  );
  store.take({ kind: 'snapshot', number: 2, board: { ...board, session: { ...board.session, ratings } } }, heard.atMs);
}

/** What a page asks for to show it. */
const reads: ReadonlySet<string> = new Set([
  'session.protocols',
  'session.list',
  'session.record',
  'patients.find',
  'signing.read',
  'signing.history',
  'protocols.list',
  'protocols.read',
  'textPacks.list',
  'drugLog.view',
  'looks.list',
  'setup.ports',
  'setup.protocols',
  'staff.makings',
  'staff.list',
]);

/** Each read is not answered the first time, as where the contact is lost under it. */
function failingOnce(client: RoomClient): RoomClient {
  const failed = new Set<string>();
  const parts = Object.entries(client as unknown as Record<string, Record<string, (input: unknown) => unknown>>);
  return Object.fromEntries(
    parts.map(([part, calls]) => [
      part,
      Object.fromEntries(
        Object.entries(calls).map(([name, call]) => [
          name,
          (input: unknown) => {
            const path = `${part}.${name}`;
            if (!reads.has(path) || failed.has(path)) return call(input);
            failed.add(path);
            return Promise.reject(new Error('no answer'));
          },
        ]),
      ),
    ]),
  ) as unknown as RoomClient;
}
