import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkRecordFile, recordFile } from '../../electron/service/export/record-file.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { materialOf, playGoldenSession } from './golden-material.ts';

/** As a Vigil wrote it that knew no version 2. */
const first = fileURLToPath(new URL('../fixtures/records/version-1.json', import.meta.url));

test('EXPORT-47 a record that was written as version 1 is checked as ever, and a change of it is found', () => {
  const text = readFileSync(first, 'utf8');
  expect(JSON.parse(text)).toMatchObject({ formatVersion: 1 });
  expect(checkRecordFile(text)).toMatchObject({ findings: [], record: { throughSeq: expect.any(Number) } });
  const changed = text.replace('"late": false', '"late": true');
  expect(changed).not.toBe(text);
  expect(checkRecordFile(changed).findings).toEqual([expect.stringMatching(/not what was written/)]);
});

test('EXPORT-47 the script of the documents reads both versions', () => {
  const script = fileURLToPath(new URL('../../docs/check-record.mjs', import.meta.url));
  const { stdout } = spawnSync(process.execPath, [script, first], { encoding: 'utf8' });
  // Nobody signed it: that is all there is to say against it.
  expect(stdout.split('\n')[0]).toMatch(/^no checkpoint/);
});

test('EXPORT-48 a record has the ids of the log: room, patient, people, events', () => {
  const played = playGoldenSession();
  const material = materialOf(played);
  const document = recordDocument(material);
  const events = new Map(played.log.map((event) => [event.eventId, event]));
  expect(document.room.roomId).toBe(material.room.roomId);
  expect(document.session.patient.patientId).toBe(material.state.opened.patientId);
  for (const { eventId, byId } of [...document.milestones, ...document.observations, ...document.ratings]) {
    const actor = events.get(eventId)?.actor;
    expect(actor).toEqual({ personId: byId });
  }
  const begun = document.dose.segments.map(({ eventId }) => events.get(eventId)?.kind);
  expect(begun[0]).toBe('dose-started');
  expect(new Set(begun).has(undefined)).toBe(false);
  expect(document.dose.segments.map(({ from }) => Date.parse(from.iso))).toEqual(
    document.dose.segments.map(({ eventId }) => events.get(eventId)?.occurred.utcMs),
  );
});

test('EXPORT-48 a file of version 2 that lacks an id is no record of it', () => {
  const document = recordDocument(materialOf(playGoldenSession()));
  expect(checkRecordFile(recordFile(document)).findings).toEqual([]);
  const { patientId: _left, ...patient } = document.session.patient;
  const without = { ...document, session: { ...document.session, patient } } as unknown as typeof document;
  expect(checkRecordFile(recordFile(without)).findings).toEqual([expect.stringContaining('session.patient.patientId')]);
});
