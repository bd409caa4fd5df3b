import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { isBesideRecord } from '../../../electron/service/session/events/events-beside-record.ts';
import type { SessionEvent } from '../../../electron/service/session/events/session-event.ts';
import { dataFolderAt } from '../../../electron/service/store/data-folder.ts';
import { readKeyFile } from '../../../electron/service/store/data-key.ts';
import { readRoomCopy } from '../../../electron/service/store/room-copy.ts';

/** The words of a PDF in the order in which they were set, as another program reads them; lines run on. */
export function readPdf(file: string): string {
  return execFileSync('pdftotext', ['-raw', '-enc', 'UTF-8', file, '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, ' ');
}

/** The events of the only session of a room that has ended, as its file holds them; of the private side none. */
export function readSessionLog(folder: string): readonly SessionEvent[] {
  const room = join(folder, 'room');
  return readRoomCopy(room, readKeyFile(dataFolderAt(room)), (copy) =>
    [...copy.events.readAll()].filter(({ sessionId, kind }) => sessionId !== null && !isBesideRecord(kind)),
  ) as SessionEvent[];
}
