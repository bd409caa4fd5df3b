import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { csvHead, csvOfDocument, csvOfReadings } from '../service/export/record-csv.ts';
import { recordDocument } from '../service/export/record-document.ts';
import { recordWords, type RecordMaterial } from '../service/export/record-material.ts';
import { readMaterial, readRoom } from '../service/export/room-sessions.ts';
import { foldSession } from '../service/session/session-state.ts';
import { checkDataFolder, dataFolderAt } from '../service/store/data-folder.ts';
import { readKeyFile, type DataKey } from '../service/store/data-key.ts';
import { readRoomCopy, type RoomCopy } from '../service/store/room-copy.ts';
import { StoreError } from '../service/store/store-error.ts';
import { toIso } from '../../shared/values/instant.ts';
import type { CommandIo, ExitCode } from './command-io.ts';

export type ExportIo = Pick<CommandIo, 'stdout' | 'stderr'>;

const usage = `usage: vigil export --data DIR [--session ID --format json|csv|pdf [-o FILE]]

Writes one session out of a data folder, whose Vigil is not running. Changes nothing in the folder. Private notes are
never part of it. Without --session: the sessions of the room, one JSON object a line.

  --data DIR      the data folder
  --session ID    the session
  --format F      json: the whole record, versioned · csv: one tidy table, readings included · pdf: the full print
  -o FILE         where to; json and csv go to standard output without it. An existing file is not replaced
                  unless --force is given

Exit 0 written, 1 a refusal, 2 wrong usage.`;

const formats = ['json', 'csv', 'pdf'] as const;
type Format = (typeof formats)[number];

interface Asked {
  readonly data: string;
  readonly session: string | null;
  readonly format: Format;
  readonly out: string | null;
}

/** `vigil export`: see `usage`. */
export async function runExport(argv: readonly string[], io: ExportIo): Promise<ExitCode> {
  const asked = readArguments(argv);
  if (typeof asked === 'string') {
    io.stderr(asked === '' ? usage : `vigil export: ${asked}\n${usage}`);
    return asked === '' ? 0 : 2;
  }
  try {
    const folder = dataFolderAt(asked.data);
    checkDataFolder(folder);
    return await exportFrom(asked, readKeyFile(folder), io);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return refuse(io, error.code, error.message);
  }
}

/** What was asked for, or why that cannot be; '' is a question for help. */
function readArguments(argv: readonly string[]): Asked | string {
  let values: { data?: string; session?: string; format?: string; out?: string; force?: boolean; help?: boolean };
  try {
    const options = {
      data: { type: 'string' },
      session: { type: 'string' },
      format: { type: 'string' },
      out: { type: 'string', short: 'o' },
      force: { type: 'boolean' },
      help: { type: 'boolean' },
    } as const;
    values = parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (values.help === true) return '';
  const { data = '', session = null, format, out = null } = values;
  if (data === '') return '--data is required';
  if (session === null) {
    if (format !== undefined || out !== null) return '--session says which session to write; without it the sessions are listed';
    return { data, session, format: 'json', out };
  }
  if (format === 'fhir') return 'the format fhir does not exist yet; json, csv and pdf do';
  const known = formats.find((candidate) => candidate === format);
  if (known === undefined) return `--format has to be one of ${formats.join(', ')}${format === undefined ? '' : `, not "${format}"`}`;
  if (known === 'pdf' && out === null) return 'a PDF needs a file to go to: -o FILE';
  if (out !== null && values.force !== true && existsSync(out)) return `${out} exists already; name another file, or say --force`;
  return { data, session, format: known, out };
}

async function exportFrom(asked: Asked, key: DataKey, io: ExportIo): Promise<ExitCode> {
  const { session } = asked;
  if (session === null) {
    for (const line of readRoomCopy(asked.data, key, sessionLines)) io.stdout(line);
    return 0;
  }
  // The copy is closed before anything is written: what is needed of it is read whole.
  const read = readRoomCopy(asked.data, key, (copy) => {
    const material = readMaterial(copy, readRoom(copy), session);
    const wantsReadings = asked.format === 'csv' && !('reason' in material);
    return { material, readings: wantsReadings ? [...csvOfReadings(copy.readings.readSession(session), recordWords(material))] : [] };
  });
  if ('reason' in read.material)
    return refuse(io, 'SESSION_NOT_FOUND', `${read.material.reason} Without --session the sessions are listed.`);
  const content = await contentOf(asked.format, read.material, read.readings);
  if (asked.out === null) {
    io.stdout(String(content).trimEnd());
    return 0;
  }
  const problem = writeWhole(asked.out, content);
  if (problem !== null) return refuse(io, 'FILE_NOT_WRITTEN', problem);
  io.stdout(JSON.stringify({ type: 'exported', session, format: asked.format, file: asked.out, bytes: Buffer.byteLength(content) }));
  io.stderr(`written: ${asked.out}. It is not encrypted: keep it as you keep the record.`);
  return 0;
}

async function contentOf(format: Format, material: RecordMaterial, readings: readonly string[]): Promise<string | Uint8Array> {
  switch (format) {
    case 'json':
      return `${JSON.stringify(recordDocument(material), null, 1)}\n`;
    case 'csv':
      return [csvHead(), ...csvOfDocument(recordDocument(material)), ...readings].join('');
    case 'pdf': {
      const { recordPdf } = await import('../service/export/record-print.ts');
      return recordPdf(material, 'full');
    }
  }
}

/** All or nothing: a file that was begun and not ended is nobody's record. */
function writeWhole(file: string, content: string | Uint8Array): string | null {
  const begun = `${file}.part`;
  try {
    writeFileSync(begun, content, { mode: 0o600 });
    renameSync(begun, file);
    return null;
  } catch (error) {
    rmSync(begun, { force: true });
    return `${file} could not be written: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function sessionLines(copy: RoomCopy): string[] {
  const { sessions } = readRoom(copy);
  return [...sessions].flatMap(([sessionId, log]) => {
    const state = foldSession(log);
    if (state === null) return [];
    const { patientName, recordNumber, protocolId, protocolVersion } = state.opened;
    const opened = toIso(state.log[0]?.occurred ?? { utcMs: state.openedMs, offsetMin: 0 });
    const version = state.signing.versions.at(-1)?.version ?? null;
    const line = {
      type: 'session',
      session: sessionId,
      opened,
      patient: patientName,
      recordNumber,
      protocol: `${protocolId} v${protocolVersion}`,
    };
    return [JSON.stringify({ ...line, ended: state.ended !== null, signedVersion: version, events: log.length })];
  });
}

function refuse(io: ExportIo, code: string, message: string): ExitCode {
  io.stdout(JSON.stringify({ type: 'refused', code, message }));
  io.stderr(`vigil export: ${message}`);
  return 1;
}
