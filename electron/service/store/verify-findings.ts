import { causeCode } from './store-error.ts';
import type { ComparedHead } from './earlier-heads.ts';
import type { Salvaged } from './named-losses.ts';
import type { Extent } from './verified-mark.ts';
import type { SignedStretch } from './verify-checkpoints.ts';

/** `seq` names the first event concerned; null where it is not about one event. */
export interface Problem {
  readonly seq: number | null;
  readonly what: string;
}

/** That the room was made again from a backup: what was recorded behind `throughSeq` before is lost. */
export interface Restore {
  /** Of the entry that tells so. */
  readonly seq: number;
  /** When the backup was taken. */
  readonly takenMs: number;
  readonly throughSeq: number;
}

export interface Verification {
  readonly ok: boolean;
  readonly events: number;
  readonly readings: number;
  /** Blocks of waveforms. */
  readonly waves: number;
  readonly roomId: string | null;
  readonly epoch: string | null;
  readonly head: { readonly seq: number; readonly hash: string } | null;
  /** How many rows and blocks were passed over, because a mark tells that they were whole; null where all were read. */
  readonly notReadAgain: { readonly readings: number; readonly waves: number; readonly allReadAt: string } | null;
  /** How far the tables reach, for the next mark; null where anything is not whole. */
  readonly extents: { readonly readings: Extent; readonly waves: Extent } | null;
  /** The starts at which the kept head was missing, so that nothing told whether the log still had its end; no problem by itself. */
  readonly headMissingAt: readonly number[];
  readonly restores: readonly Restore[];
  /** Salvages out of a damaged file: what they named as lost is no problem, and is not there. */
  readonly salvages: readonly Salvaged[];
  /** Signatures, by the number of their event, of sessions that a salvage set aside: nothing proves them any more. */
  readonly signaturesUnproved: readonly number[];
  /** The private notes that the log says exist, by their ids. */
  readonly markedNotes: readonly string[];
  /** Earlier heads of the log that were told from elsewhere, and whether it still has them. */
  readonly heads: readonly ComparedHead[];
  /** What of the log each key vouches for, in the order of the keys. */
  readonly checkpoints: readonly SignedStretch[];
  /** The first `problemLimit`, those without a number first, then by number. */
  readonly problems: readonly Problem[];
}

/** Of a file that could not be looked into. */
export const nothingFound: Omit<Verification, 'ok' | 'problems'> = {
  events: 0,
  readings: 0,
  waves: 0,
  roomId: null,
  epoch: null,
  head: null,
  notReadAgain: null,
  extents: null,
  headMissingAt: [],
  restores: [],
  salvages: [],
  signaturesUnproved: [],
  markedNotes: [],
  heads: [],
  checkpoints: [],
};

export const problemLimit = 100;

/** What a verification has found so far. */
export class Findings {
  readonly #problems: Problem[] = [];

  add(seq: number | null, what: string): void {
    this.#problems.push({ seq, what });
  }

  get areNone(): boolean {
    return this.#problems.length === 0;
  }

  /** Runs one part of the work; where the file is too broken for it, that is the finding. */
  attempt<Result>(part: string, work: () => Result): Result | undefined {
    try {
      return work();
    } catch (error) {
      if (!causeCode(error).startsWith('SQLITE_')) throw error;
      this.add(null, `the ${part} could not be read to the end (${causeCode(error)})`);
      return undefined;
    }
  }

  result(found: Omit<Verification, 'ok' | 'problems'>): Verification {
    const inOrder = this.#problems.toSorted((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
    return { ok: inOrder.length === 0, ...found, problems: inOrder.slice(0, problemLimit) };
  }
}
