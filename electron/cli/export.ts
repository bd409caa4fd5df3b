import { drugLogCsv } from '../service/export/drug-log-csv.ts';
import { loadWriter } from '../service/export/formats.ts';
import { sessionEntries } from '../service/export/session-entries.ts';
import { readRoom, readSource, sessionLog } from '../service/export/record/read-room.ts';
import { foldSession } from '../service/session/state/session-state.ts';
import type { DataKey } from '../service/store/data-key.ts';
import { readRoomCopy, type RoomCopy } from '../service/store/room-copy.ts';
import { StoreError } from '../service/store/store-error.ts';
import { RefusedError } from '../../shared/contract/contract-errors.ts';
import { exportFormatIds, type ExportFormat } from '../../shared/contract/export-formats.ts';
import { assertNever } from '../../shared/values/assert-never.ts';
import { toIso } from '../../shared/values/instant.ts';
import type { CommandIo, ExitCode } from './command-io.ts';
import { command } from './command.ts';
import { exportOptions, readExportArguments, type ExportAsked } from './export-arguments.ts';
import { runExportCheck } from './export-check.ts';
import { findFolderKey } from './folder-key.ts';
import { tellRead } from './tell-look.ts';
import { writeWholeFile } from '../service/store/whole-file.ts';

/** `vigil export`. */
export const exportCommand = command({
  name: 'export',
  does: 'a session as JSON, CSV or PDF, or the drug log, written or checked',
  forms: [
    `--data DIR [--session ID --format ${exportFormatIds.join('|')} [-o FILE]]`,
    '--data DIR --drug-log --format csv [-o FILE]',
    '--check FILE [--data DIR]',
  ],
  about: `Writes one session, or the room's controlled-drug log, out of a data folder, also while Vigil records into it.
Changes nothing of the record; before anything is written, the folder is told that it was read, by which account of this
computer, which "Who looked" shows. Where the folder cannot be written that is said, and the record is written all the same.
Private notes are never part of it. Without --session: the sessions of the room, one JSON object a line.`,
  options: exportOptions,
  notes: 'Exit 0 written, or nothing found by --check; 1 a refusal or a finding, 2 wrong usage.',
  run: async (given, io) => {
    const asked = readExportArguments(given);
    try {
      return await carryOut(asked, io);
    } catch (error) {
      if (error instanceof StoreError) return refuse(io, error.code, error.message);
      if (!(error instanceof RefusedError)) throw error;
      const { code, message } = error.refusal;
      return refuse(io, code, code === 'SESSION_NOT_FOUND' ? `${message} Without --session the sessions are listed.` : message);
    }
  },
});

async function carryOut(asked: ExportAsked, io: CommandIo): Promise<ExitCode> {
  if (asked.what === 'check') return runExportCheck(asked, io);
  const key = await findFolderKey(asked.data, asked.recoveryKey, io.stdin);
  switch (asked.what) {
    case 'list': {
      const lines = readRoomCopy(asked.data, key, sessionLines);
      tellRead({ folder: asked.data, key, look: { what: 'sessions-listed' } }, io);
      for (const line of lines) io.stdout(line);
      return 0;
    }
    case 'drug-log': {
      const content = readRoomCopy(asked.data, key, drugLogCsv);
      const told = tellRead({ folder: asked.data, key, look: { what: 'drug-log-saved', format: 'csv' } }, io);
      return put(content, { ...asked, format: 'csv', told }, io);
    }
    case 'session':
      return exportSession(asked, key, io);
    case 'entries':
      return exportEntries(asked, key, io);
    default:
      return assertNever(asked);
  }
}

async function exportSession(asked: Extract<ExportAsked, { what: 'session' }>, key: DataKey, io: CommandIo): Promise<ExitCode> {
  const { data: folder, session, format } = asked;
  const write = await loadWriter(format);
  const { content, look } = readRoomCopy(folder, key, (copy) => ({
    content: write(readSource(copy, readRoom(copy), session)),
    look: savedRecord(copy, session, format),
  }));
  const told = tellRead({ folder, key, look }, io);
  return put(content, { ...asked, told }, io);
}

function savedRecord({ events }: RoomCopy, session: string, format: ExportFormat) {
  const patientId = events.opening(session)?.body.patientId;
  return { what: 'record-saved', format, sessionId: session.toLowerCase(), patientId } as const;
}

function exportEntries(asked: Extract<ExportAsked, { what: 'entries' }>, key: DataKey, io: CommandIo): ExitCode {
  const { data: folder, session } = asked;
  const { content, look } = readRoomCopy(folder, key, (copy) => ({
    content: sessionEntries(copy, session),
    look: savedRecord(copy, session, 'json'),
  }));
  const told = tellRead({ folder, key, look }, io);
  return put(content, { ...asked, format: 'json', told }, io);
}

interface Destination {
  readonly session?: string;
  readonly format: ExportFormat;
  readonly out: string | null;
  /** Whether it stands in "Who looked". */
  readonly told: boolean;
}

/** To the file that was named, or to standard output. */
function put(content: string | Uint8Array, { session, format, out, told }: Destination, io: CommandIo): ExitCode {
  if (out === null) {
    io.stdout(String(content).trimEnd());
    return 0;
  }
  try {
    writeWholeFile(out, content);
  } catch (error) {
    return refuse(io, 'FILE_NOT_WRITTEN', `${out} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  const what = session === undefined ? { drugLog: true } : { session };
  io.stdout(JSON.stringify({ type: 'exported', ...what, format, file: out, bytes: Buffer.byteLength(content), told }));
  io.stderr(`written: ${out}. It is not encrypted: keep it as you keep the record.`);
  return 0;
}

function sessionLines(copy: RoomCopy): string[] {
  return copy.events.sessionIds().flatMap((sessionId) => {
    if (copy.events.isSetAside(sessionId)) return [setAsideLine(copy, sessionId)];
    const log = sessionLog(copy, sessionId);
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

/** Of a session of which a salvage named entries or readings as lost. */
function setAsideLine({ events }: RoomCopy, sessionId: string): string {
  const opening = events.opening(sessionId);
  const entries = events.readEntries(sessionId);
  const first = opening?.occurred ?? entries[0]?.occurred ?? null;
  return JSON.stringify({
    type: 'session',
    session: sessionId,
    opened: first === null ? null : toIso(first),
    patient: opening?.body.patientName ?? null,
    recordNumber: opening?.body.recordNumber ?? null,
    setAside: true,
    events: entries.length,
  });
}

function refuse(io: CommandIo, code: string, message: string): ExitCode {
  io.stdout(JSON.stringify({ type: 'refused', code, message }));
  io.stderr(`vigil export: ${message}`);
  return 1;
}
