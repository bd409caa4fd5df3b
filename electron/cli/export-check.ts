import { readFileSync, statSync } from 'node:fs';
import { checkRecordFile } from '../service/export/record-file.ts';
import { readRoomCopy } from '../service/store/room-copy.ts';
import type { CommandIo, ExitCode } from './command-io.ts';
import type { ExportAsked } from './export-arguments.ts';
import { findFolderKey } from './folder-key.ts';
import { tellRead } from './tell-look.ts';

/** Larger than any session's record; a file beyond it is not one. */
const bytesMax = 64 * 1024 * 1024;

/** `vigil export --check`: one JSON object for each finding, then one with `"type":"checked"`. */
export async function runExportCheck(asked: Extract<ExportAsked, { what: 'check' }>, io: CommandIo): Promise<ExitCode> {
  const text = textOf(asked.file);
  if ('problem' in text) {
    io.stdout(JSON.stringify({ type: 'refused', code: 'FILE_NOT_READ', message: text.problem }));
    io.stderr(`vigil export: ${text.problem}`);
    return 1;
  }
  const { findings: ofFile, record } = checkRecordFile(text.text);
  const findings = [...ofFile, ...(asked.folder === null || record === null ? [] : await ofFolder(asked.folder, record, io))];
  for (const what of findings) io.stdout(JSON.stringify({ type: 'finding', what }));
  const ok = findings.length === 0;
  io.stdout(
    JSON.stringify({ type: 'checked', ok, file: asked.file, ...record, againstFolder: asked.folder !== null, findings: findings.length }),
  );
  io.stderr(ok ? fits(asked) : `not as it was written: ${findings[0] ?? ''}`);
  return ok ? 0 : 1;
}

/** What was looked at and no more: anybody can write a file that fits itself. */
function fits({ file, folder }: Extract<ExportAsked, { what: 'check' }>): string {
  const compared =
    folder === null
      ? 'it was held against no room'
      : `the record hash that it names is that of the room in ${folder.data}, its tables were not compared`;
  return `it fits itself: ${file}. Its hash is that of its content, which anybody can make anew; ${compared}. docs/check-record.mjs proves the entries in it.`;
}

type CheckedRecord = NonNullable<ReturnType<typeof checkRecordFile>['record']>;

async function ofFolder(
  folder: { readonly data: string; readonly recoveryKey: boolean },
  record: CheckedRecord,
  io: CommandIo,
): Promise<string[]> {
  const key = await findFolderKey(folder.data, folder.recoveryKey, io.stdin);
  const found = readRoomCopy(folder.data, key, (copy) => copy.recordHash(record.sessionId, record.throughSeq));
  if (found !== null)
    tellRead({ folder: folder.data, key, look: { what: 'signature-checked', sessionId: record.sessionId.toLowerCase() } }, io);
  return found === record.hash
    ? []
    : [`the folder ${folder.data} holds another record of session ${record.sessionId}: its hash is not that of the file`];
}

function textOf(file: string): { readonly text: string } | { readonly problem: string } {
  try {
    const { size } = statSync(file);
    if (size > bytesMax) return { problem: `${file} has ${size} bytes and is no session's record.` };
    return { text: readFileSync(file, 'utf8') };
  } catch (error) {
    return { problem: `${file} could not be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}
