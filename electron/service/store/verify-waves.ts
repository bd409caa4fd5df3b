import type { Connection } from './connection.ts';
import { blobToId } from './event-row.ts';
import type { LostTime } from './named-losses.ts';
import { blockMsMax, blockOf, selectWaves, type StoredWaveRow, type WaveBlock } from './wave-log.ts';

/** A block may begin a little before the end of the one before: the two clocks are brought together slowly. */
const overlapMsMax = 250;

/**
 * Reads every block of waveforms: that it can be decoded, that those of one signal are in the order of their time and
 * of the monitor's count, and do not overlap. Returns how many there are; a database from before waveforms has none.
 *
 * @param how `after`: only blocks behind this place are looked at and counted; the first of a signal is held against none.
 *   `lost`: where a salvage named blocks as lost, so that what follows may follow one that is not there
 */
export function verifyWaves(
  connection: Connection,
  { after, lost }: { readonly after: number | undefined; readonly lost: readonly LostTime[] },
  problem: (what: string) => void,
): number {
  const isThere = connection.prepare<[], number>(`SELECT count(*) FROM sqlite_schema WHERE name = 'wave_block'`).pluck().get();
  if (isThere !== 1) return 0;
  let count = 0;
  const before = new Map<string, WaveBlock>();
  const blocks = connection.prepare<[number], StoredWaveRow>(`${selectWaves} WHERE place > ? ORDER BY boot_id, mono_ms, place`);
  for (const row of blocks.iterate(after ?? Number.NEGATIVE_INFINITY)) {
    count += 1;
    const where = `the block of stream ${row.stream} at second ${row.at_s}`;
    let block: WaveBlock;
    try {
      block = blockOf(row);
    } catch {
      problem(`${where} is not a valid waveform`);
      continue;
    }
    const lengthMs = block.samples.length * block.periodMs;
    if (lengthMs > blockMsMax) problem(`${where} is ${Math.round(lengthMs / 1000)} s long`);
    const signal = `${row.boot_id} ${blobToId(row.session_id)} ${blobToId(row.monitor_id)} ${row.metric}`;
    const last = before.get(signal);
    if (lost.length > 0 && block.follows && mayLack(lost, last?.at.utcMs ?? 0, block.at.utcMs)) {
      before.set(signal, block);
      continue;
    }
    if (last !== undefined) for (const what of misplaced(last, block)) problem(`${where} ${what}`);
    else if (block.follows && after === undefined) problem(`${where} says that it follows a block that is not there`);
    before.set(signal, block);
  }
  const orphans = connection
    .prepare<[], number>('SELECT count(*) FROM wave_block WHERE stream NOT IN (SELECT stream FROM wave_stream)')
    .pluck()
    .get();
  if (orphans !== undefined && orphans > 0) problem(`${orphans} blocks of waveforms belong to no session`);
  return count;
}

function* misplaced(last: WaveBlock, block: WaveBlock): Generator<string> {
  const lastEndMs = last.monoMs + last.samples.length * last.periodMs;
  const overlapMs = lastEndMs - block.monoMs;
  if (overlapMs > overlapMsMax) yield `overlaps the one before by ${Math.round(overlapMs)} ms`;
  if (!block.follows) return;
  if (overlapMs < -overlapMsMax) yield `says that it follows the one before, but ${Math.round(-overlapMs)} ms are between them`;
  if (last.firstSample === null || block.firstSample === null || last.periodMs !== block.periodMs) return;
  const next = last.firstSample + last.samples.length;
  if (block.firstSample !== next) yield `begins with sample ${block.firstSample}, not ${next}`;
}

/** Whether a block may be lost between two: times of the room's clock, kept to the second. */
function mayLack(lost: readonly LostTime[], fromMs: number, throughMs: number): boolean {
  return lost.some((time) => (time.fromMs ?? 0) <= throughMs + 1000 && (time.throughMs ?? Infinity) >= fromMs - 1000);
}
