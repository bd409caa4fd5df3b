import { statfsSync } from 'node:fs';
import type { RoomBoard } from '../../../shared/contract/board/room-board.ts';
import type { Storage } from './storage.ts';

type RecordingSection = RoomBoard['recording'];
type StoppedCode = Extract<RecordingSection, { state: 'stopped' }>['code'];

/** Whether the record is being kept, as the screens say it. */
export function recordingSection(storage: Storage, folder: string): RecordingSection {
  const { state } = storage;
  if (state.state === 'stopped') return { state: 'stopped', sinceMs: state.sinceMs, code: stoppedCode(state.code), message: state.message };
  return { state: 'recording', lastWriteMs: state.lastWriteMs, lastSeq: storage.store.events.head.seq, freeBytes: freeBytes(folder) };
}

function stoppedCode(code: string): StoppedCode {
  const known: readonly StoppedCode[] = ['STORE_READ_ONLY', 'STORE_FULL', 'STORE_CORRUPT'];
  return known.find((candidate) => candidate === code) ?? 'STORE_FAILED';
}

/** null where the file system does not say. */
function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
