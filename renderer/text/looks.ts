import { exportFormats, type ExportFormat } from '../../shared/contract/export-formats.ts';
import type { LookedFrom, LookKind, LooksOf } from '../../shared/contract/looks.ts';
import { isolated } from '../../shared/values/isolated.ts';

const done: Readonly<Record<LookKind, string>> = {
  'session-watched': 'Was shown the session as it went on',
  'record-opened': 'Opened the record',
  'record-printed': 'Prepared a print of the record',
  'record-saved': 'Saved the record',
  'signature-checked': 'Checked its signatures',
  'patient-found': 'Found the patient in a search',
  'sessions-listed': 'Saw the list of sessions or patients',
  'drug-log-opened': 'Opened the drug log',
  'drug-log-saved': 'Saved the drug log',
  'private-notes-opened': 'Opened their own private notes',
  'looks-opened': 'Read who looked',
  'looks-saved': 'Saved who looked as a table',
  'room-verified': 'Verified the record of the whole room',
  'log-sent': 'Began to send the record of the whole room to a hub',
};

const from: Readonly<Record<LookedFrom, string>> = { window: 'in the window', browser: 'in a browser', command: 'by a command' };

/** Words of who looked at what. */
export const looksText = {
  title: 'Who looked',
  words:
    'Newest first. The same look again within an hour is one line, a print or a file within a minute; a session that goes on is one line for each person. After a start of Vigil the first look is told again.',
  recordWords: (recordNumber: string) => `At the records of ${isolated(recordNumber)}: all sessions of this patient.`,
  close: 'Close',
  loading: 'reading…',
  whose: 'Whose looks',
  by: { everybody: 'Everybody', person: 'One person', 'record-number': 'One patient' } satisfies Readonly<Record<LooksOf['by'], string>>,
  person: 'Person',
  recordNumber: 'Record number',
  recordNumberHint: 'of the patient whose record was looked at',
  show: 'Show',
  choosePerson: 'Choose a person.',
  typeNumber: 'Type a record number.',
  none: 'Nobody has looked yet, as far as this room has kept it.',
  list: 'Looks',
  older: 'Show older',
  save: 'Save as CSV',
  saving: 'writing…',
  saved: (fileName: string) => `Saved as ${isolated(fileName)}. It is not encrypted: keep it as you keep the record.`,
  done: (what: LookKind, format: ExportFormat | null) => (format === null ? done[what] : `${done[what]} as ${exportFormats[format].name}`),
  somebody: 'Somebody who is not known here',
  account: (name: string) => `${isolated(name)}, an account of this computer`,
  from,
  patient: (name: string | null, recordNumber: string) =>
    name === null ? isolated(recordNumber) : `${isolated(name)} (${isolated(recordNumber)})`,
  session: (day: string) => `session of ${day}`,
} as const;
