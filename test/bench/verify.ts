import { statSync } from 'node:fs';
import { recordSeal } from '../../electron/service/store/record-seal.ts';
import type { Store } from '../../electron/service/store/store.ts';
import { verifyDatabase } from '../../electron/service/store/verify.ts';
import { createRoomFixture, draft, sessionDrafts, type RoomFixture } from '../store/room-fixture.ts';
import { median } from './statistics.ts';
import { oneMonitor } from './store.ts';

const sessions = 8;
const hoursEach = 3;
const secondsAtOnce = 600;
const rounds = 3;

/** What `vigil verify` does in a second of one core, its start left out. */
export interface VerifySpeed {
  readonly what: 'unsigned' | 'signed';
  readonly rowsPerSec: number;
  readonly mbPerSec: number;
  readonly rows: number;
}

export function benchVerify(): readonly VerifySpeed[] {
  return (['unsigned', 'signed'] as const).map((what) => {
    const room = createRoomFixture(61);
    try {
      const rows = fill(room, what === 'signed');
      const coreSeconds = median(Array.from({ length: rounds }, () => verifyOnce(room)));
      const bytes = statSync(`${room.folder}/vigil.db`).size;
      return { what, rowsPerSec: rows / coreSeconds, mbPerSec: bytes / 1e6 / coreSeconds, rows };
    } finally {
      room.close();
    }
  });
}

function verifyOnce(room: RoomFixture): number {
  const before = process.cpuUsage();
  const { ok } = verifyDatabase(room.folder, room.key);
  const { user, system } = process.cpuUsage(before);
  if (!ok) throw new Error('what was just written is not whole');
  return (user + system) / 1e6;
}

function fill(room: RoomFixture, signed: boolean): number {
  const store = room.open();
  const monitorId = room.ids.uuid();
  for (let session = 0; session < sessions; session += 1) {
    const sessionId = room.ids.uuid();
    store.events.appendAll(sessionDrafts(room.ids, sessionId, 200));
    const from = session * hoursEach * 3600;
    for (let at = from; at < from + hoursEach * 3600; at += secondsAtOnce) {
      store.readings.appendSecond(
        Array.from({ length: secondsAtOnce }, (_, index) => ({
          sessionId,
          monitorId,
          bootId: monitorId,
          at: { utcMs: 1_795_446_000_000 + (at + index) * 1000, offsetMin: -300 },
          monoMs: (at + index) * 1000,
          readings: oneMonitor(at + index)[0] ?? [],
        })),
      );
    }
    if (signed) sign(room, store, sessionId);
  }
  const rows = store.readings.count();
  store.close();
  return rows;
}

function sign(room: RoomFixture, store: Store, sessionId: string): void {
  const found = recordSeal(store, sessionId, store.events.head.seq);
  if (found === null) throw new Error('nothing to sign');
  const { recordHash, ...seal } = found;
  const signer = { version: 1, personId: room.ids.uuid(), name: 'Ada', role: 'nurse', meaning: 'authored' } as const;
  store.events.appendAll([draft(room.ids, 'session-signed', { ...signer, recordHash, seal }, { sessionId, tick: 300 })]);
}
