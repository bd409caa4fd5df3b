import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { exportFormatIds, exportFormats, type ExportFormat } from '../../shared/contract/export-formats.ts';

const forTerminal = exportFormatIds.filter((format) => exportFormats[format].isText);

export const exportUsage = `usage: vigil export --data DIR [--session ID --format ${exportFormatIds.join('|')} [-o FILE]]
       vigil export --data DIR --drug-log --format csv [-o FILE]
       vigil export --check FILE [--data DIR]

Writes one session, or the room's controlled-drug log, out of a data folder whose Vigil is not running. Changes nothing
in the folder. Private notes are never part of it. Without --session: the sessions of the room, one JSON object a line.

  --data DIR        the data folder
  --session ID      the session
  --drug-log        the controlled-drug log, of all sessions and of the cabinet
  --format F        ${exportFormatIds.map((format) => `${format}: ${exportFormats[format].words}`).join(' · ')}
  -o FILE           where to; ${listOf(forTerminal)} go to standard output without it. An existing file is not replaced
                    unless --force is given
  --recovery-key    read the printed recovery key from standard input, where the folder has no key file
  --check FILE      checks a record that was written as json: its form, its content against its own hash, its
                    signatures; with --data also against the folder it came from

Exit 0 written or as it was written, 1 a refusal or a finding, 2 wrong usage.`;

interface FromFolder {
  readonly data: string;
  readonly recoveryKey: boolean;
}

export type ExportAsked =
  | ({ readonly what: 'list' } & FromFolder)
  | ({ readonly what: 'drug-log'; readonly out: string | null } & FromFolder)
  | ({ readonly what: 'session'; readonly session: string; readonly format: ExportFormat; readonly out: string | null } & FromFolder)
  | { readonly what: 'check'; readonly file: string; readonly folder: FromFolder | null };

interface Values {
  readonly data?: string;
  readonly session?: string;
  readonly format?: string;
  readonly out?: string;
  readonly check?: string;
  readonly force?: boolean;
  readonly help?: boolean;
  readonly 'drug-log'?: boolean;
  readonly 'recovery-key'?: boolean;
}

/** What was asked for, or why that cannot be; '' is a question for help. */
export function readExportArguments(argv: readonly string[]): ExportAsked | string {
  let values: Values;
  try {
    const options = {
      data: { type: 'string' },
      session: { type: 'string' },
      format: { type: 'string' },
      out: { type: 'string', short: 'o' },
      check: { type: 'string' },
      force: { type: 'boolean' },
      help: { type: 'boolean' },
      'drug-log': { type: 'boolean' },
      'recovery-key': { type: 'boolean' },
    } as const;
    values = parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (values.help === true) return '';
  const { data = '', session, format, out = null, check } = values;
  const folder = { data, recoveryKey: values['recovery-key'] === true };
  if (check !== undefined) {
    if (session !== undefined || format !== undefined || out !== null || values['drug-log'] === true)
      return '--check reads a file and writes none; it goes with --data alone';
    return { what: 'check', file: check, folder: data === '' ? null : folder };
  }
  if (data === '') return '--data is required';
  if (out !== null && values.force !== true && existsSync(out)) return `${out} exists already; name another file, or say --force`;
  if (values['drug-log'] === true) {
    if (session !== undefined) return '--drug-log is the log of the whole room; leave --session out';
    return format === 'csv' ? { what: 'drug-log', out, ...folder } : 'the drug log is written as csv: --format csv';
  }
  if (session === undefined) {
    if (format !== undefined || out !== null) return '--session says which session to write; without it the sessions are listed';
    return { what: 'list', ...folder };
  }
  if (format === 'fhir') return `the format fhir does not exist yet; ${listOf(exportFormatIds)} do`;
  const known = exportFormatIds.find((candidate) => candidate === format);
  if (known === undefined)
    return `--format has to be one of ${exportFormatIds.join(', ')}${format === undefined ? '' : `, not "${format}"`}`;
  if (!exportFormats[known].isText && out === null) return `a ${exportFormats[known].name} needs a file to go to: -o FILE`;
  return { what: 'session', session, format: known, out, ...folder };
}

function listOf(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].join(' and ');
}
