import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SessionRecords, type RecordSources } from '../../electron/service/projection/session-records.ts';
import { foldRoom, type KnownPatient } from '../../electron/service/session/room/room-state.ts';
import type { RecordedEvent } from '../../electron/service/session/events/session-event.ts';

function recordsOf(patients: readonly KnownPatient[]): SessionRecords {
  const events = patients.map((body) => ({ kind: 'patient-added', sessionId: null, body }) as RecordedEvent);
  const known = foldRoom(events).patients;
  return new SessionRecords({ patients: () => known, ofPatient: () => [] } as unknown as RecordSources);
}

const patient = (name: string, index: number): KnownPatient => ({
  patientId: `p${index}`,
  name,
  birthDate: '1984-03-14',
  recordNumber: `R-${index}`,
});

test('REC-19 finding a patient gives the first by name of all who match, of one name in the order in which they were added', () => {
  const names = fc.array(fc.constantFrom('Ada', 'ada', 'Ådne', 'Bea', 'bea Ada', 'Çem', 'Zoë', 'Zoe'), { maxLength: 40 });
  fc.assert(
    fc.property(names, fc.constantFrom('', 'a', 'ada', 'zo'), fc.integer({ min: 1, max: 20 }), (given, query, max) => {
      const patients = given.map(patient);
      const matching = patients.filter(({ name }) => name.toLowerCase().includes(query));
      const sorted = matching.toSorted((a, b) => a.name.localeCompare(b.name)).slice(0, max);
      const found = recordsOf(patients).findPatients(query, max);
      expect(found.map(({ patientId }) => patientId)).toEqual(sorted.map(({ patientId }) => patientId));
    }),
    { numRuns: 200, seed: 171 },
  );
});

test('REC-19 twenty thousand patients of one name are found as the twenty that were added first, or by what else is typed', () => {
  const records = recordsOf(Array.from({ length: 20_000 }, (_, index) => patient('Ada Example', index)));
  expect(records.findPatients('ada', 20).map(({ patientId }) => patientId)).toEqual(Array.from({ length: 20 }, (_, index) => `p${index}`));
  expect(records.findPatients('example r-19999', 20).map(({ patientId }) => patientId)).toEqual(['p19999']);
});
