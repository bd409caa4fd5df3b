import { hashOf, idToBlob, noHash } from '../../electron/service/store/event-row.ts';
import type { SentRow } from '../../electron/service/sync/sync-driver.ts';
import { createSeededIds } from '../support/seeded-ids.ts';

/** A room's log as rows, chained by the product's own hash. */
export interface ChainedLog {
  readonly roomId: string;
  readonly rows: SentRow[];
  readonly epochs: readonly { readonly epoch: string; readonly firstSeq: number }[];
  add(count: number, body?: (seq: number) => string): SentRow[];
  /** What a restore does: everything behind an event goes, and what comes follows it under a new epoch. */
  restoreTo(seq: number): void;
  /** A copy that goes its own way. */
  copy(seed: number): ChainedLog;
}

export function createChainedLog(seed: number): ChainedLog {
  const ids = createSeededIds(seed);
  return chainedLog(seed, ids.uuid(), [], [{ epoch: ids.uuid(), firstSeq: 1 }]);
}

const words = ['Übelkeit, „kommt in Wellen“', 'blood pressure 128/81', '静かに', '\\u0000 written out', 'a "quoted" {word}', '🙂', ''];

function chainedLog(seed: number, roomId: string, rows: SentRow[], epochs: { epoch: string; firstSeq: number }[]): ChainedLog {
  const ids = createSeededIds(seed * 1000 + rows.length + 7);
  const sessionId = ids.uuid();
  const next = (body: (seq: number) => string): SentRow => {
    const before = rows.at(-1);
    const seq = (before?.seq ?? 0) + 1;
    const epoch = epochs.at(-1)!.epoch;
    const row = {
      epoch,
      seq,
      eventId: ids.uuid(),
      sessionId: seq % 5 === 0 ? null : sessionId,
      kind: seq % 10 === 7 || seq % 10 === 8 ? 'observation-recorded' : seq % 3 === 0 ? 'item-answered' : 'milestone-reached',
      occurredMs: 1_795_446_000_000 + seq * 1000,
      occurredOffsetMin: -300,
      recordedMs: 1_795_446_000_007 + seq * 1000,
      recordedOffsetMin: 345,
      monoUs: 9_007_199_254_740_000 + seq,
      bootId: `boot ${seed}`,
      actor: seq % 4 === 0 ? null : ids.uuid(),
      commandId: seq % 2 === 0 ? null : ids.uuid(),
      supersedes: seq % 7 === 0 ? ids.uuid() : null,
      body: body(seq),
      withheld: null,
      redacted: null,
      prev: before?.hash ?? noHash.toString('hex'),
    };
    return { ...row, hash: hashOfRow(roomId, row, row.body) };
  };
  return {
    roomId,
    rows,
    epochs,
    add: (count, body = (seq) => JSON.stringify({ seq, words: words[seq % words.length] })) =>
      Array.from({ length: count }, () => {
        const row = next(body);
        rows.push(row);
        return row;
      }),
    restoreTo: (seq) => {
      rows.length = seq;
      const held = epochs.filter(({ firstSeq }) => firstSeq <= seq);
      epochs.splice(0, epochs.length, ...held, { epoch: ids.uuid(), firstSeq: seq + 1 });
    },
    copy: (other) => chainedLog(other, roomId, [...rows], [...epochs]),
  };
}

function id(value: string | null): Buffer | null {
  return value === null ? null : idToBlob(value, 'id');
}

/** The product's hash of a row with that body. */
export function hashOfRow(roomId: string, row: Omit<SentRow, 'hash'>, body: string): string {
  const place = { prev: Buffer.from(row.prev, 'hex'), roomId: idToBlob(roomId, 'room'), epoch: idToBlob(row.epoch, 'epoch') };
  return hashOf(place, {
    seq: row.seq,
    event_id: idToBlob(row.eventId, 'event'),
    session_id: id(row.sessionId),
    kind: row.kind,
    occurred_ms: row.occurredMs,
    occurred_offset_min: row.occurredOffsetMin,
    recorded_ms: row.recordedMs,
    recorded_offset_min: row.recordedOffsetMin,
    mono_us: row.monoUs,
    boot_id: row.bootId,
    actor: id(row.actor),
    command_id: id(row.commandId),
    supersedes: id(row.supersedes),
    body,
  }).toString('hex');
}

/** As a room sends a row of which the body stays. */
export function withheld(row: SentRow, redacted: string | null = null, because = 'credential'): SentRow {
  return { ...row, body: null, withheld: because, redacted };
}
