import { existsSync } from 'node:fs';
import { exportFormatIds, exportFormats, type ExportFormat } from '../../shared/contract/export-formats.ts';
import type { Given } from './command.ts';
import { flag, text, UsageError } from './command-option.ts';
import { recoveryKeyFlag } from './folder-key.ts';

const forTerminal = exportFormatIds.filter((format) => exportFormats[format].isText);

export const exportOptions = {
  data: text('DIR', 'the data folder'),
  session: text('ID', 'the session'),
  'drug-log': flag('the controlled-drug log, of all sessions and of the cabinet'),
  format: text(
    'F',
    `${exportFormatIds.map((format) => `${format}: ${exportFormats[format].words}`).join(' · ')} · entries: JSON of what is\nleft of a session that a salvage set aside, entry by entry, and of its readings`,
  ),
  out: text(
    'FILE',
    `where to; ${listOf(forTerminal)} go to standard output without it. An existing file is not replaced\nunless --force is given`,
    'o',
  ),
  force: flag('replaces an existing file'),
  'recovery-key': recoveryKeyFlag,
  check: text(
    'FILE',
    'checks a record that was written as json: its form, its content against its own hash, which anybody\ncan make anew, and that each signature it lists has an entry; with --data that the record hash it names is\nthat of the folder. What is signed docs/check-record.mjs proves',
  ),
};

interface FromFolder {
  readonly data: string;
  readonly recoveryKey: boolean;
}

export type ExportAsked =
  | ({ readonly what: 'list' } & FromFolder)
  | ({ readonly what: 'drug-log'; readonly out: string | null } & FromFolder)
  | ({ readonly what: 'session'; readonly session: string; readonly format: ExportFormat; readonly out: string | null } & FromFolder)
  | ({ readonly what: 'entries'; readonly session: string; readonly out: string | null } & FromFolder)
  | { readonly what: 'check'; readonly file: string; readonly folder: FromFolder | null };

/** What was asked for. Throws `UsageError` where its parts do not go together. */
export function readExportArguments({ options }: Given<typeof exportOptions, undefined>): ExportAsked {
  const { data, session, format, out, check, force } = options;
  const folder = data === null ? null : { data, recoveryKey: options['recovery-key'] };
  if (check !== null) {
    if (session !== null || format !== null || out !== null || options['drug-log'])
      throw new UsageError('--check reads a file and writes none; it goes with --data alone');
    return { what: 'check', file: check, folder };
  }
  if (folder === null) throw new UsageError('--data is required');
  if (out !== null && !force && existsSync(out)) throw new UsageError(`${out} exists already; name another file, or say --force`);
  if (options['drug-log']) {
    if (session !== null) throw new UsageError('--drug-log is the log of the whole room; leave --session out');
    if (format !== 'csv') throw new UsageError('the drug log is written as csv: --format csv');
    return { what: 'drug-log', out, ...folder };
  }
  if (session === null) {
    if (format !== null || out !== null) throw new UsageError('--session says which session to write; without it the sessions are listed');
    return { what: 'list', ...folder };
  }
  if (format === 'entries') return { what: 'entries', session, out, ...folder };
  return { what: 'session', session, format: writable(format, out), out, ...folder };
}

function writable(format: string | null, out: string | null): ExportFormat {
  if (format === 'fhir') throw new UsageError(`the format fhir does not exist yet; ${listOf(exportFormatIds)} do`);
  const known = exportFormatIds.find((candidate) => candidate === format);
  if (known === undefined)
    throw new UsageError(`--format has to be one of ${exportFormatIds.join(', ')}, entries${format === null ? '' : `, not "${format}"`}`);
  if (!exportFormats[known].isText && out === null) throw new UsageError(`a ${exportFormats[known].name} needs a file to go to: -o FILE`);
  return known;
}

function listOf(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].join(' and ');
}
