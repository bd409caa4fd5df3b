import { expect, test } from 'vitest';
import { csvOfDocument, csvOfReadings } from '../../electron/service/export/record-csv.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { checkRecordFile, recordFile } from '../../electron/service/export/record-file.ts';
import { recordWords } from '../../electron/service/export/record/record-words.ts';
import { recordPages } from '../../electron/service/export/record-print.ts';
import type { SessionSource } from '../../electron/service/export/record/session-source.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { infusionInSteps, injectionInSteps, withoutSteps } from '../support/stepped-protocol.ts';
import { PlayedSession } from '../session/played-session.ts';
import { goldenCuffs, goldenHash, goldenTrend, materialOf, minuteMs, playGoldenSession } from './golden-material.ts';

/** What a reader can take a figure of the record for: whose it is, whether it counts, and whether it was due at all. */

const csvOf = (material: SessionSource): string => [...csvOfDocument(recordDocument(material))].join('');
const printOf = (material: SessionSource): string =>
  recordPages(material, 'full')
    .flatMap(({ marks }) => marks.map((mark) => (mark.mark === 'text' ? mark.text : '')))
    .join('\n');

function dosed(): PlayedSession {
  const session = new PlayedSession().at(-20).openSession();
  session.vitals = { cuffs: goldenCuffs(), trend: goldenTrend() };
  return session;
}

function marked(): SessionSource {
  const session = dosed().at(12);
  session.do({ type: 'mark-artefact', metric: 'nibp', fromMs: minuteMs(10) });
  session.do({ type: 'mark-artefact', metric: 'pulse-rate', fromMs: minuteMs(4.5), toMs: minuteMs(5.5) });
  return materialOf(session.at(20));
}

test('EXPORT-30 a pressure that was marked as an artefact is named as one in document, table and print', () => {
  const material = marked();
  const row = recordDocument(material).vitals.find(({ at }) => Date.parse(at.iso) === minuteMs(10));
  expect(row).toMatchObject({ artefact: true });
  expect(csvOf(material)).toMatch(
    /^vitals,2026-11-23T10:10:00\.000-05:00,[^,]*,nibp-sys,148,mm\[Hg\],,cuff of the monitor; marked as an artefact,/m,
  );
  expect(printOf(material)).toContain('monitor, artefact');
  expect(printOf(materialOf(playGoldenSession()))).not.toContain('monitor, artefact');
});

test('EXPORT-30 a marked value of a line stands beside no pressure, and is marked among the readings of the table', () => {
  const material = marked();
  const row = recordDocument(material).vitals.find(({ at }) => Date.parse(at.iso) === minuteMs(5));
  expect(row?.pulsePerMin).toEqual({ absent: 'marked as an artefact' });
  const readings = [{ metric: 'pulse-rate', value: 190, unit: '/min', quality: 'good' }] as const;
  const at = (minute: number) => [{ at: { utcMs: minuteMs(minute), offsetMin: -300 }, readings: [...readings], monitorId: 'm' }];
  const table = (minute: number) => [...csvOfReadings(at(minute) as never, recordWords(material), material.state.artefacts)].join('');
  expect(table(5)).toContain('marked as an artefact');
  expect(table(7)).not.toContain('marked as an artefact');
});

test('EXPORT-31 a row of vitals by hand has what was typed and no figure of a monitor, and stands in the table value by value', () => {
  const session = dosed().at(7);
  session.do({ type: 'enter-vitals', values: { 'nibp-sys': 131, 'nibp-dia': 84 } });
  const material = materialOf(session.at(20));
  const typed = recordDocument(material).vitals.find(({ source }) => source === 'person');
  expect(typed).toMatchObject({
    sysMmHg: 131,
    diaMmHg: 84,
    pulsePerMin: { absent: 'not measured' },
    spo2Percent: { absent: 'not measured' },
  });
  expect(csvOf(material)).toMatch(/^vitals,[^,]*,[^,]*,nibp-dia,84,mm\[Hg\],,by hand,Nora Nurse,/m);
});

test('EXPORT-32 an escort who was named before the dose is the escort of the record, and that they came is said where it is recorded', () => {
  const session = new PlayedSession().at(-20).openSession();
  expect(printOf(materialOf(session))).toContain('No escort was recorded.');
  session.do({ type: 'reach-milestone', milestone: 'escort_confirmed', detail: 'an aunt, 555 0101' });
  expect(recordDocument(materialOf(session)).discharge.escort).toEqual({ name: 'an aunt, 555 0101', phone: null, present: null });
  expect(printOf(materialOf(session))).toContain('Escort: an aunt, 555 0101, nothing recorded of whether they came.');
  session.do({ type: 'confirm-criterion', criterion: 'escort', met: true });
  expect(printOf(materialOf(session))).toContain('Escort: an aunt, 555 0101, present.');
});

test('EXPORT-32 an escort who was confirmed and not named has no name, in print that none was recorded', () => {
  const session = new PlayedSession().at(-20).openSession();
  session.do({ type: 'reach-milestone', milestone: 'escort_confirmed' });
  expect(recordDocument(materialOf(session)).discharge.escort).toEqual({ name: null, phone: null, present: null });
  expect(printOf(materialOf(session))).toContain('Escort: confirmed, no name recorded, nothing recorded of whether they came.');
});

test('EXPORT-33 what was not applicable is not counted among the times that were due', () => {
  const session = playGoldenSession();
  const unmeasured = () => materialOf(session, { trend: goldenTrend(), cuffs: [] });
  const { schedule } = recordDocument(unmeasured());
  const due = schedule.filter(({ end }) => end !== 'not-applicable').length;
  const slotKey = schedule.find(({ end }) => end === 'open')?.key ?? '';
  session.append([{ kind: 'slot-missed', body: { slotKey, label: 'BP', reason: 'the cuff did not fit', notApplicable: true } }]);
  const words = printOf(unmeasured());
  expect(words).toMatch(new RegExp(`\\d+ of ${due - 1} times that were due were kept\\.`));
  expect(words).toMatch(/\d+ (was|were) not applicable\./);
});

test('EXPORT-34 all that was said of an adverse event stands in the table, in the words of the screen', () => {
  const session = playGoldenSession();
  const [event] = session.append([
    {
      kind: 'adverse-event-recorded',
      body: { adverseEventId: '70000000-0000-7000-8000-000000000001', category: 'nausea', severity: 'mild' },
    },
  ]);
  session.append([
    {
      kind: 'adverse-event-updated',
      body: {
        adverseEventId: '70000000-0000-7000-8000-000000000001',
        changes: { serious: [], actions: ['positioned'], relatedness: 'probable', outcome: 'recovered' },
      },
      supersedes: event?.eventId ?? '',
    },
  ]);
  const said = ['not serious', 'Positioned, airway opened', 'Recovered', 'Probable'];
  expect(csvOf(materialOf(session))).toContain(said.join('; '));
  expect(printOf(materialOf(session))).toContain('Positioned, airway opened');
});

test('EXPORT-35 a record that is being amended is found as it was written, and a signed one with another hash is not', () => {
  const document = recordDocument(materialOf(playGoldenSession()));
  const signature = {
    eventId: '01900000-0000-7000-8000-0000000000a1',
    personId: '01900000-0000-7000-8000-0000000000a2',
    name: 'Nora Nurse',
    role: 'nurse',
    meaning: 'authored',
    at: '2026-11-23T12:10:00.000-05:00',
    version: 1,
    recordHash: 'a'.repeat(64),
  };
  const fileIn = (state: 'signed' | 'being-amended') =>
    recordFile({ ...document, record: { ...document.record, version: 1, state, hash: goldenHash }, signatures: [signature] } as never);
  expect(checkRecordFile(fileIn('being-amended')).findings).toEqual([]);
  expect(checkRecordFile(fileIn('signed')).findings).toEqual(['version 1 was signed with another hash']);
});

test('EXPORT-38 beside what was drawn for an order stand its own mg/kg, not those that were asked for', () => {
  const ordered = (protocol: Protocol, order: SessionCommandInput): SessionSource => {
    const session = new PlayedSession();
    session.protocol = protocol;
    session.at(-10).openSession();
    session.do({ type: 'record-weight', value: 81.3, unit: 'kg', again: { value: 81.3, unit: 'kg' } });
    session.do(order);
    return materialOf(session);
  };
  const iv = { type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true } as const;
  const im = { type: 'order-injection', mgPerKg: 1, mgPerMl: 50, secondMgPerKg: 0.5, standingOrder: true } as const;
  const material = ordered(infusionInSteps(), iv);
  expect(recordDocument(material).dose.order).toMatchObject({ mg: 41, mgPerKg: 0.504 });
  expect(printOf(material).replaceAll('\n', ' ')).toContain('Ordered: 41 mg (0.504 mg/kg)');
  expect(recordDocument(ordered(injectionInSteps(), im)).dose.order).toMatchObject({
    mg: 81,
    mgPerKg: 0.996,
    second: { mg: 41, mgPerKg: 0.504 },
  });
  // Without steps it is what was asked for, as in every record of before.
  expect(recordDocument(ordered(withoutSteps('iv'), iv)).dose.order).toMatchObject({ mg: 40.65, mgPerKg: 0.5 });
});
