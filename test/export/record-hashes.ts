import { hash } from 'node:crypto';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvHead, csvOfDocument, csvOfReadings } from '../../electron/service/export/record-csv.ts';
import { recordDocument } from '../../electron/service/export/record/record-document.ts';
import { recordFile } from '../../electron/service/export/record-file.ts';
import { recordWords } from '../../electron/service/export/record/record-words.ts';
import { recordPdf } from '../../electron/service/export/record-print.ts';
import type { SessionSource } from '../../electron/service/export/record/session-source.ts';
import { readRoom, readSource } from '../../electron/service/export/record/read-room.ts';
import { readRoomCopy } from '../../electron/service/store/room-copy.ts';
import { openStore } from '../../electron/service/store/store.ts';
import { createSeededIds } from '../support/seeded-ids.ts';

/** A room with a session of each route and one with each kind of event, as it was written when its hashes were first made. */
export const storedRecords = new URL('../fixtures/records/', import.meta.url);

export interface RecordHashes {
  readonly json: string;
  readonly csv: string;
  /** Left out where the entry was undone or moved: the table holds the same words, and a print takes its time. */
  readonly pdf?: string;
}

export interface StoredSession {
  readonly title: string;
  readonly source: SessionSource;
  /** The lines of its readings in the table. */
  readonly readings: readonly string[];
}

/** Each stored session, by what it is of. */
export function storedSessions(): readonly StoredSession[] {
  const { key, titles } = JSON.parse(readFileSync(new URL('room.json', storedRecords), 'utf8')) as {
    readonly key: string;
    readonly titles: Readonly<Record<string, string>>;
  };
  const folder = mkdtempSync(join(tmpdir(), 'vigil-records-'));
  for (const name of ['vigil.db', 'head']) {
    copyFileSync(new URL(name, storedRecords), join(folder, name));
    chmodSync(join(folder, name), 0o600);
  }
  const dataKey = new Uint8Array(Buffer.from(key, 'hex'));
  // Brings the folder to the version of today, as opening the room does.
  openStore({ folder, key: dataKey, ids: createSeededIds(39) }).close();
  const sessions = readRoomCopy(folder, dataKey, (copy) => {
    const read = readRoom(copy);
    return Object.entries(titles).map(([sessionId, title]) => {
      const source = readSource(copy, read, sessionId);
      const readings = [...csvOfReadings(source.readings(), recordWords(source), source.state.artefacts)];
      return { title, source, readings };
    });
  });
  rmSync(folder, { recursive: true });
  return sessions;
}

/** What the record of each stored session comes out as, by what the session is of. */
export function recordHashes(): Record<string, RecordHashes> {
  const hashes: Record<string, RecordHashes> = {};
  for (const { title, source, readings } of storedSessions()) {
    const document = recordDocument(source);
    hashes[title] = {
      json: hash('sha256', recordFile(document)),
      csv: hash('sha256', [csvHead(), ...csvOfDocument(document), ...readings].join('')),
      ...(/, (undone|moved)$/.test(title) ? {} : { pdf: hash('sha256', recordPdf(source, 'full')) }),
    };
  }
  return hashes;
}
