import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isMeasured } from '../../shared/clinical/reading.ts';
import { createRoomFixture } from '../store/room-fixture.ts';
import { median } from './statistics.ts';
import { simulatedOximeterAndCuff } from './store.ts';

export interface BesideCsv {
  readonly vigilUs: number;
  readonly csvUs: number;
  readonly ratio: number;
}

const seconds = 1800;

/**
 * One second of two monitors to the disk, as the room keeps it (encrypted, in its transaction) and as the simplest logger
 * would: its values as lines at the end of a text file, and the file synced. By turns, medians.
 */
export function benchBesideCsv(): BesideCsv {
  const room = createRoomFixture(61);
  const store = room.open();
  const csv = openSync(join(room.place, 'readings.csv'), 'a', 0o600);
  const [sessionId, source] = [room.ids.uuid(), simulatedOximeterAndCuff()];
  const monitorIds: string[] = [];
  const times: { readonly vigil: number[]; readonly csv: number[] } = { vigil: [], csv: [] };
  try {
    for (let second = 0; second < seconds; second += 1) {
      const at = { utcMs: 1_795_446_000_000 + second * 1000, offsetMin: -300 };
      const shared = { sessionId, at, monoMs: second * 1000 + 3.5, bootId: sessionId };
      const rows = source(second).map((readings, index) => ({ ...shared, monitorId: (monitorIds[index] ??= room.ids.uuid()), readings }));
      const byVigil = performance.now();
      store.readings.appendSecond(rows);
      const byCsv = performance.now();
      const lines = rows.flatMap(({ readings }, monitor) =>
        readings.map((reading) => [at.utcMs, monitor, reading.metric, isMeasured(reading) ? reading.value : ''].join(',')),
      );
      writeSync(csv, lines.map((line) => `${line}\n`).join(''));
      fsyncSync(csv);
      times.vigil.push(byCsv - byVigil);
      times.csv.push(performance.now() - byCsv);
    }
  } finally {
    closeSync(csv);
    store.close();
    room.close();
  }
  const [vigilUs, csvUs] = [median(times.vigil) * 1000, median(times.csv) * 1000];
  return { vigilUs, csvUs, ratio: vigilUs / csvUs };
}
