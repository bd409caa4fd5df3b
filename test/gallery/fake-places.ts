import { builtInProtocols } from '../../shared/clinical/protocol-directory.ts';
import type { DrugLogView } from '../../shared/contract/drug-log-view.ts';
import type { PrivateNote } from '../../shared/contract/private-notes.ts';
import type { CompletenessItemView, RecordEntry, SigningView } from '../../shared/contract/signing.ts';
import { at, fixtureId } from '../fixtures/boards/golden-times.ts';

/** Answers of the calls that whole places of their own ask: protocols, signing, controlled drugs, the private side. */

export const fakeProtocols = {
  list: () =>
    Promise.resolve(
      builtInProtocols.map(({ id, version, name, route, status, author, approver, effectiveFrom }) => ({
        protocolId: id,
        version,
        name,
        route,
        status,
        author,
        approver,
        effectiveFrom,
        validity: 'in-force' as const,
      })),
    ),
  read: ({ protocolId }: { protocolId: string }) => {
    const found = builtInProtocols.find(({ id }) => id === protocolId);
    return found === undefined ? Promise.reject(new Error('no such protocol')) : Promise.resolve(found);
  },
  publish: () => new Promise<never>(() => undefined),
};

const hash = '9f2c7b1e4d5a60318c7be2f4a9d0135e7b8c6d2f1a0e9b8c7d6e5f4a3b2c1d0e';

function item(key: string, kind: CompletenessItemView['kind'], label: string, detail: string, asks: CompletenessItemView['asks']) {
  return { key, kind, label, detail, atMs: at(28), asks, closed: null } satisfies CompletenessItemView;
}

const items: readonly CompletenessItemView[] = [
  item('missing:iv_removed', 'missing', 'IV removed', 'not recorded', 'reason'),
  item(
    'excursion:nibp',
    'excursion',
    'Blood pressure above protocol limit',
    '172/104 at +28:00, limit 160/100, for 5 min',
    'what-was-done',
  ),
  {
    ...item('gap:1', 'gap', 'No readings from the monitor', 'cable out, 02:10', 'reason'),
    closed: { reason: 'patient moved to the chair, cuff and probe put back', atMs: at(127), by: 'Nurse' },
  },
  item('late:1', 'late-entry', 'Baseline vitals', 'entered 12 min later', 'nothing'),
];

/** `finished` waits for its points, `complete` for its signature, `signed` has one and may be amended. */
export function fakeSigning(state: string): SigningView {
  const closed = items.map((one) => (one.closed === null ? { ...one, closed: { reason: 'done', atMs: at(127), by: 'Nurse' } } : one));
  const signed = state === 'signed';
  return {
    sessionId: fixtureId(8, 1),
    status: signed ? 'signed' : 'ended',
    recordHash: hash,
    items: state === 'finished' ? [...items] : closed,
    versions: signed
      ? [
          {
            version: 1,
            recordHash: hash,
            throughSeq: 402,
            signatures: [
              { name: 'Anneliese-Charlotte Wolfeschlegelsteinhausen', role: 'nurse', meaning: 'authored', atMs: at(130) },
              { name: 'Therapist', role: 'therapist', meaning: 'witnessed', atMs: at(132) },
            ],
            amendment: null,
          },
        ]
      : [],
    amendment: null,
    endedEventId: fixtureId(6, 500),
    privateNotes: 2,
  };
}

export function fakeHistory(): readonly RecordEntry[] {
  return [];
}

const vial = { drug: 'ketamine', unit: 'vial', unitUg: 500_000, ugPerMl: 50_000 } as const;

export function fakeDrugLog(): DrugLogView {
  const row = (
    n: number,
    kind: DrugLogView['rows'][number]['kind'],
    ug: number,
    balanceUg: number | null,
  ): DrugLogView['rows'][number] => ({
    eventId: fixtureId(6, 700 + n),
    kind,
    atMs: at(-n * 20),
    enteredMs: at(-n * 20),
    late: n === 2,
    amendedFromMs: null,
    undone: false,
    stock: vial,
    ug,
    lot: kind === 'received' ? 'LOT 24-1187 B' : null,
    balanceUg,
    differenceUg: kind === 'counted' ? -500_000 : null,
    reason: kind === 'counted' ? 'one vial broken at unpacking, reported' : null,
    session: kind === 'drawn' ? { sessionId: fixtureId(8, 1), patientName: 'Demo Patient', recordNumber: 'DEMO-0042' } : null,
    by: 'Nurse',
    witness: 'Second nurse',
  });
  return {
    balances: [{ stock: vial, balanceUg: 4_500_000, lastCount: { atMs: at(-60), countedUg: 4_500_000, differenceUg: -500_000 } }],
    rows: [row(1, 'drawn', 500_000, 4_500_000), row(2, 'counted', 5_000_000, 5_000_000), row(3, 'received', 5_000_000, 5_500_000)],
    older: 12,
    unreadable: [
      { sessionId: fixtureId(8, 40), patient: { patientName: 'Demo Patient C', recordNumber: 'DEMO-0044' } },
      { sessionId: fixtureId(8, 41), patient: null },
    ],
    unaccounted: [
      {
        sessionId: fixtureId(8, 2),
        patientName: 'Demo Patient B',
        recordNumber: 'DEMO-0043',
        atMs: at(-3000),
        drawnUg: 500_000,
        givenUg: 40_000,
        wastedUg: 400_000,
        openUg: 60_000,
      },
    ],
  };
}

const privateNotes: readonly PrivateNote[] = [
  'Speaks of the house by the sea again, of the stairs and of who stood at the foot of them; stays with it longer than last time. To come back to in integration, and not before.',
  null,
  'My own unease at the pause, noted so that it stays mine',
].map((text, index) => ({
  noteId: fixtureId(9, index + 1),
  atMs: at(12 + 9 * index),
  recordedMs: at(12 + 9 * index),
  text,
  movedMs: index === 2 ? at(33) : null,
}));

export const fakePrivate = {
  look: () => Promise.resolve({ closedBecause: null, open: false, begun: true, withPhrase: false }),
  open: () => Promise.resolve({ notes: privateNotes, draft: null, sealedBefore: 0 }),
  close: () => Promise.resolve({}),
  read: () => Promise.resolve({ notes: privateNotes, draft: null, sealedBefore: 0 }),
  keepDraft: () => Promise.resolve({}),
  configure: () => Promise.resolve({}),
};
