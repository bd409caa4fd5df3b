import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { Driver } from '../drivers/driver.ts';

/** What one decoder made of the bytes of one step. */
export interface Heard {
  readonly driver: Driver;
  /** `9600 8N1` */
  readonly settings: string;
  /** Bytes that arrived in this step. */
  readonly bytes: number;
  readonly frames: number;
  readonly framedBytes: number;
  /** Frames that stated something: a line of text that is only of the right form may be another's. */
  readonly tellingFrames: number;
  /** The frames answered questions of ours. */
  readonly asked: boolean;
}

export interface Scored extends Heard {
  /** 0 to 1, two decimals. */
  readonly score: number;
  /** Part of the bytes that lie in frames, the cut ones at both ends left aside. */
  readonly share: number;
}

export type DetectionVerdict =
  | { readonly finding: 'named'; readonly best: Scored }
  | { readonly finding: 'ambiguous' | 'mixed'; readonly candidates: readonly Scored[] }
  | { readonly finding: 'unknown' };

/** From here on it is that monitor. */
export const namedScore = 0.8;
/** From here on it is worth asking a person. */
export const possibleScore = 0.3;
const candidatesMax = 4;
/** A protocol without a check never gets the full score. */
const uncheckedMost = 0.9;

/**
 * How surely these bytes are of this protocol: enough frames, and few bytes outside them. If half of the bytes lie
 * outside frames, the score is 0: noise has accidental frames, and two monitors on one line have real ones.
 */
export function scored(heard: Heard): Scored {
  const { driver, frames, framedBytes, bytes, asked } = heard;
  if (frames === 0 || bytes === 0) return { ...heard, score: 0, share: 0 };
  const { proof } = driver;
  const needed = asked ? Math.ceil(proof.frames / 2) : proof.frames;
  // Listening begins and ends in the middle of a frame.
  const cutBytes = Math.max(16, (2 * framedBytes) / frames);
  const lostBytes = Math.max(0, bytes - framedBytes - cutBytes);
  const share = framedBytes / (framedBytes + lostBytes);
  const purity = Math.min(1, Math.max(0, (share - 0.5) / 0.4));
  const most = proof.check === 'none' ? uncheckedMost : 1;
  const counted = proof.check === 'text' ? heard.tellingFrames : frames;
  const score = Math.min(1, counted / needed) * purity * most;
  return { ...heard, share: Math.round(share * 100) / 100, score: Math.round(score * 100) / 100 };
}

/** What all that was heard comes to. */
export function verdictOf(heard: readonly Heard[]): DetectionVerdict {
  const best = bestOfEach(heard.map(scored));
  const sure = best.filter((one) => one.score >= namedScore);
  // A protocol without a checksum loses against one with a checksum: a few bits in the right places are soon right by chance.
  const checked = sure.filter((one) => one.driver.proof.check !== 'none');
  const named = checked.length > 0 ? checked : sure;
  if (named.length === 1 && named[0] !== undefined) return { finding: 'named', best: named[0] };
  if (named.length > 1) return { finding: 'ambiguous', candidates: named.slice(0, candidatesMax) };
  const both = best.filter((one) => one.frames >= one.driver.proof.frames && one.share >= 0.15);
  const [first, second] = both;
  if (first !== undefined && second !== undefined && first.settings === second.settings && first.share + second.share >= 0.8) {
    return { finding: 'mixed', candidates: [first, second] };
  }
  const possible = best.filter((one) => one.score >= possibleScore);
  return possible.length > 0 ? { finding: 'ambiguous', candidates: possible.slice(0, candidatesMax) } : { finding: 'unknown' };
}

/** Sure enough to stop listening: only a second monitor on the same line could change the result. */
export function isSettled(heard: readonly Heard[]): boolean {
  const verdict = verdictOf(heard);
  return verdict.finding === 'named' && verdict.best.driver.proof.check !== 'none';
}

/** Frames that are not enough yet. */
export function isPromising(heard: readonly Heard[]): boolean {
  return heard.map(scored).some((one) => one.score >= 0.1 && (one.score < namedScore || one.driver.proof.check === 'none'));
}

/** So little has come that it may be the middle of a first frame. */
export function isScant(bytes: number): boolean {
  return bytes > 0 && bytes < 64;
}

function bestOfEach(all: readonly Scored[]): readonly Scored[] {
  const best = new Map<MonitorProtocolId, Scored>();
  for (const one of all) {
    const known = best.get(one.driver.id);
    if (known === undefined || one.score > known.score || (one.score === known.score && one.share > known.share))
      best.set(one.driver.id, one);
  }
  return [...best.values()].toSorted((a, b) => b.score - a.score || b.share - a.share || (a.driver.id < b.driver.id ? -1 : 1));
}
