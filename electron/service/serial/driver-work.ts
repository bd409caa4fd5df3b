import type { DiscardReason } from '../../../shared/clinical/line-account.ts';
import type { LinkTally } from './link-protocol.ts';

/** What a driver counted in one piece of its stream, in order, neighbours of one kind taken together. */
export interface HeardPiece {
  /** `frame`, or why the bytes were discarded. */
  readonly kind: 'frame' | DiscardReason;
  count: number;
}

export interface DriverWork {
  readonly heard: readonly HeardPiece[];
  /** The driver threw. What it counted before is kept, and the rest of the bytes count as discarded. */
  readonly fault: string | null;
}

/** Runs a driver over `bytes` bytes; never throws. */
export function runDriver(bytes: number, work: (tally: LinkTally) => void): DriverWork {
  const heard: HeardPiece[] = [];
  const add = (kind: HeardPiece['kind'], count: number): void => {
    const last = heard.at(-1);
    if (last?.kind === kind) last.count += count;
    else heard.push({ kind, count });
  };
  try {
    work({ frame: () => add('frame', 1), discarded: (count, reason) => add(reason, count) });
    return { heard, fault: null };
  } catch (error) {
    add('driver-fault', bytes);
    return { heard, fault: messageOf(error) };
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
