import { hash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvHead, csvOfDocument, csvOfReadings } from '../../electron/service/export/record-csv.ts';
import { recordDocument } from '../../electron/service/export/record-document.ts';
import { recordFile } from '../../electron/service/export/record-file.ts';
import { recordWords } from '../../electron/service/export/record-material.ts';
import { recordPdf } from '../../electron/service/export/record-print.ts';
import { readMaterial, readRoom } from '../../electron/service/export/room-sessions.ts';
import { readRoomCopy } from '../../electron/service/store/room-copy.ts';

/** A room with a session of each route and one with each kind of event, as it was written when its hashes were first made. */
export const storedRecords = new URL('../fixtures/records/', import.meta.url);

export interface RecordHashes {
  readonly json: string;
  readonly csv: string;
  /** Left out where the entry was undone or moved: the table holds the same words, and a print takes its time. */
  readonly pdf?: string;
}

/** What the record of each stored session comes out as, by what the session is of. */
export function recordHashes(): Record<string, RecordHashes> {
  const { key, titles } = JSON.parse(readFileSync(new URL('room.json', storedRecords), 'utf8')) as {
    readonly key: string;
    readonly titles: Readonly<Record<string, string>>;
  };
  const folder = mkdtempSync(join(tmpdir(), 'vigil-records-'));
  for (const name of ['vigil.db', 'head']) {
    copyFileSync(new URL(name, storedRecords), join(folder, name));
    chmodSync(join(folder, name), 0o600);
  }
  const sessions = readRoomCopy(folder, new Uint8Array(Buffer.from(key, 'hex')), (copy) => {
    const read = readRoom(copy);
    return Object.entries(titles).map(([sessionId, title]) => {
      const material = readMaterial(copy, read, sessionId);
      if ('reason' in material) throw new Error(`${title}: ${material.reason}`);
      const readings = [...csvOfReadings(copy.readings.readSession(sessionId), recordWords(material), material.state.artefacts)];
      return { title, material, readings };
    });
  });
  rmSync(folder, { recursive: true });
  const hashes: Record<string, RecordHashes> = {};
  for (const { title, material, readings } of sessions) {
    const document = recordDocument(material);
    hashes[title] = {
      json: hash('sha256', recordFile(document)),
      csv: hash('sha256', [csvHead(), ...csvOfDocument(document), ...readings].join('')),
      ...(/, (undone|moved)$/.test(title) ? {} : { pdf: hash('sha256', recordPdf(material, 'full')) }),
    };
  }
  return hashes;
}
