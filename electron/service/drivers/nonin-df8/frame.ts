import type { DiscardReason } from '../driver.ts';
import { decide, decideFrames, type FrameScanner, type FrameVerdict } from '../framing.ts';

/** Data format 8: four bytes once a second, the first with bit 7 set and the others without (`docs/monitors/nonin-df8.md`). */
export const groupBytes = 4;

export const missingHeartRate = 511;
export const missingSpo2 = 127;
/** In the last byte. */
export const sensorAlarmBit = 0x08;

export interface NoninDf8Scanner extends FrameScanner {
  /** The values of the last `frame` verdict are borne out by the group before or after it. */
  isConfirmed(): boolean;
}

/** What the averaged values of a patient may change by from one second to the next. */
const rateStepMax = 30;
const spo2StepMax = 8;
/** So many groups in a row say that this is data format 8: bytes that happen to look like two of them are found in any noise. */
const runGroups = 3;
const runBytes = runGroups * groupBytes;
/** Boundaries are looked for in this many bytes at a time. */
const searchBytes = 64;
/** Up to this many bytes between two groups are damaged groups; more is noise. */
const damagedMaxBytes = 4 * groupBytes;
/** So many bytes behind a group are looked at. */
const tailMaxBytes = 4;

function isHead(byte: number): boolean {
  return byte >= 0x80;
}

function isGroup(bytes: Uint8Array, at: number): boolean {
  const low = (bytes[at + 1] as number) | (bytes[at + 2] as number) | (bytes[at + 3] as number);
  return isHead(bytes[at] as number) && low < 0x80;
}

/** Nine bits, two and seven. */
export function heartRateAt(bytes: Uint8Array, at: number): number {
  return (((bytes[at] as number) & 0x03) << 7) | (bytes[at + 1] as number);
}

export function spo2At(bytes: Uint8Array, at: number): number {
  return bytes[at + 2] as number;
}

function canBe(bytes: Uint8Array, at: number): boolean {
  const rate = heartRateAt(bytes, at);
  const spo2 = spo2At(bytes, at);
  return (rate === missingHeartRate || (rate > 0 && rate <= 400)) && (spo2 === missingSpo2 || (spo2 > 0 && spo2 <= 100));
}

function isNear(one: number, other: number, missing: number, stepMax: number): boolean {
  return one === other || (one !== missing && other !== missing && Math.abs(one - other) <= stepMax);
}

/** Two groups that one patient can have given, a second apart. */
function agree(bytes: Uint8Array, at: number, rate: number, spo2: number): boolean {
  return isNear(heartRateAt(bytes, at), rate, missingHeartRate, rateStepMax) && isNear(spo2At(bytes, at), spo2, missingSpo2, spo2StepMax);
}

/** Well-formed, possible groups one after another, each agreeing with the one before it. */
function isRun(bytes: Uint8Array, at: number, groups: number): boolean {
  for (let group = 0; group < groups; group++) {
    const here = at + group * groupBytes;
    if (!isGroup(bytes, here) || !canBe(bytes, here)) return false;
    if (group > 0 && !agree(bytes, here, heartRateAt(bytes, here - groupBytes), spo2At(bytes, here - groupBytes))) return false;
  }
  return true;
}

function statesNoNumber(bytes: Uint8Array, at: number): boolean {
  if (((bytes[at + 3] as number) & sensorAlarmBit) !== 0) return true;
  return heartRateAt(bytes, at) === missingHeartRate && spo2At(bytes, at) === missingSpo2;
}

/** Where the scanner stands in the stream. */
interface Place {
  /** Nothing has been read yet. */
  isFresh: boolean;
  inStep: boolean;
  /** The search began behind a group (not at the start of the stream, nor in a run of noise). */
  afterGroup: boolean;
  /** The values of the last group. */
  rate: number;
  spo2: number;
  /** They are borne out by the group before or after it. */
  confirmed: boolean;
}

/**
 * There is no checksum, so a group counts by the ones around it. A boundary is found where three groups in a row fit together (two, where
 * the stream begins with them). In step, a group counts when the next one begins right behind it: whatever is one byte too long has had
 * one added somewhere, and its saturation may be half of its rate. Numbers that no patient reaches within a second need a second group
 * that agrees; without one they are unconfirmed. The price is that a group is told when the next one comes, a second later.
 */
export function createNoninDf8Scanner(): NoninDf8Scanner {
  const place: Place = { isFresh: true, inStep: false, afterGroup: false, rate: 0, spo2: 0, confirmed: true };
  return {
    isConfirmed: () => place.confirmed,
    scan(bytes, start, end, ended, verdict) {
      if (!place.inStep) return scanOutOfStep(place, bytes, start, end, ended, verdict);
      if (end - start < groupBytes) {
        if (ended) decide(verdict, 'discard', end - start, 'truncated');
        else decide(verdict, 'wait');
        return;
      }
      const groups = followedGroups(place, bytes, start, end);
      if (groups > 0) return decideFrames(verdict, groups, groupBytes);
      if (isGroup(bytes, start)) return scanGroup(place, bytes, start, end, ended, verdict);
      place.inStep = false;
      place.afterGroup = true;
      scanOutOfStep(place, bytes, start, end, ended, verdict);
    },
  };
}

function accept(place: Place, bytes: Uint8Array, start: number, confirmed: boolean, verdict: FrameVerdict): void {
  place.inStep = true;
  place.isFresh = false;
  place.rate = heartRateAt(bytes, start);
  place.spo2 = spo2At(bytes, start);
  place.confirmed = confirmed;
  decide(verdict, 'frame', groupBytes);
}

function discard(place: Place, bytes: number, verdict: FrameVerdict): void {
  place.isFresh = false;
  decide(verdict, 'discard', bytes, reasonOf(place, bytes));
}

function reasonOf(place: Place, bytes: number): DiscardReason {
  if (!place.afterGroup || bytes > damagedMaxBytes) return 'noise';
  return bytes < groupBytes ? 'truncated' : 'malformed';
}

/** A group, or what may be the rest of two, that does not count. */
function leaveStep(place: Place, bytes: number, verdict: FrameVerdict): void {
  place.inStep = false;
  place.afterGroup = true;
  discard(place, bytes, verdict);
}

function scanOutOfStep(place: Place, bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: FrameVerdict): void {
  const available = end - start;
  if (place.isFresh && available < 2 * groupBytes && !ended) return decide(verdict, 'wait');
  if (place.isFresh && available >= 2 * groupBytes && isRun(bytes, start, 2)) return accept(place, bytes, start, true, verdict);
  place.isFresh = false;
  const found = findRun(bytes, start, end, ended);
  if (found === 0) return accept(place, bytes, start, true, verdict);
  if (found > 0) return discard(place, found, verdict);
  if (available >= searchBytes) {
    discard(place, searchBytes - runBytes + 1, verdict);
    place.afterGroup = false;
    return;
  }
  if (!ended) return decide(verdict, 'wait');
  discard(place, available, verdict);
}

/** How far from `start` a run begins; −1 for nowhere. The end of the stream stands for the third group. */
function findRun(bytes: Uint8Array, start: number, end: number, ended: boolean): number {
  const last = Math.min(end, start + searchBytes) - runBytes;
  for (let at = start; at <= last; at++) {
    if (isRun(bytes, at, runGroups)) return at - start;
  }
  const pair = end - 2 * groupBytes;
  return ended && pair >= start && end - start < searchBytes && isRun(bytes, pair, 2) ? pair - start : -1;
}

/** How many groups at the head agree, each with the one before it, and are followed by another: as nearly all do. They are borne out. */
function followedGroups(place: Place, bytes: Uint8Array, start: number, end: number): number {
  let { rate, spo2 } = place;
  let at = start;
  while (at + groupBytes < end && isGroup(bytes, at) && isHead(bytes[at + groupBytes] as number)) {
    if (!agree(bytes, at, rate, spo2) && !statesNoNumber(bytes, at)) break;
    rate = heartRateAt(bytes, at);
    spo2 = spo2At(bytes, at);
    at += groupBytes;
  }
  const groups = (at - start) / groupBytes;
  if (groups > 0) {
    place.rate = rate;
    place.spo2 = spo2;
    place.confirmed = true;
  }
  return groups;
}

/** A well-formed group in step; what follows it decides. */
function scanGroup(place: Place, bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: FrameVerdict): void {
  const next = start + groupBytes;
  if (next === end && !ended) return decide(verdict, 'wait');
  const isFollowed = next === end || isHead(bytes[next] as number);
  const fits = statesNoNumber(bytes, start) || agree(bytes, start, place.rate, place.spo2);
  if (isFollowed && fits) return accept(place, bytes, start, true, verdict);
  if (isFollowed) return scanJump(place, bytes, start, end, ended, verdict);
  const tail = tailBytes(bytes, next, end);
  if (tail < tailMaxBytes && next + tail === end && !ended) return decide(verdict, 'wait');
  const isWhole = tail > 2 || areZero(bytes, next, next + tail);
  if (fits && isWhole) accept(place, bytes, start, true, verdict);
  else leaveStep(place, groupBytes + tail, verdict);
}

function scanJump(place: Place, bytes: Uint8Array, start: number, end: number, ended: boolean, verdict: FrameVerdict): void {
  const next = start + groupBytes;
  if (next === end && ended) return accept(place, bytes, start, false, verdict);
  if (end - next < groupBytes && !ended) return decide(verdict, 'wait');
  if (end - next < groupBytes || !isGroup(bytes, next)) return leaveStep(place, groupBytes, verdict);
  accept(place, bytes, start, agree(bytes, next, heartRateAt(bytes, start), spo2At(bytes, start)), verdict);
}

/**
 * How many bytes that begin nothing lie behind a group. One or two may have been added anywhere in it (unless they
 * are NULs of a break behind it); three or more are the next group without its first byte.
 */
function tailBytes(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && at < from + tailMaxBytes && !isHead(bytes[at] as number)) at++;
  return at - from;
}

function areZero(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (bytes[at] !== 0) return false;
  }
  return true;
}
