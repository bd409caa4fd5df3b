import { hash as digest } from 'node:crypto';
import type { z } from 'zod';
import { utcMsSchema } from '../../../shared/values/instant.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import { eventBodies, type EventKind, type RecordedEvent } from '../session/events/session-event.ts';

/** A row of the event table, with the name of its boot. */
export interface EventRow {
  readonly seq: number;
  readonly event_id: Buffer;
  readonly session_id: Buffer | null;
  readonly kind: string;
  readonly occurred_ms: number;
  readonly occurred_offset_min: number;
  readonly recorded_ms: number;
  readonly recorded_offset_min: number;
  readonly mono_us: number;
  readonly boot_id: string;
  /** Null is the room service. */
  readonly actor: Buffer | null;
  readonly command_id: Buffer | null;
  readonly supersedes: Buffer | null;
  readonly body: string;
  readonly run_start: number;
  readonly command_start: number;
  readonly hash: Buffer;
}

/** `prev` of the very first event. */
export const noHash = Buffer.alloc(32);

/** Where a row stands in the chain; not in the row, because it follows from the rows before. */
export interface ChainPlace {
  readonly prev: Buffer;
  readonly roomId: Buffer;
  readonly epoch: Buffer;
}

/**
 * The chain's hash: SHA-256 over the 13 bytes `vigil-event-1` and then each column of the view `event` in this order:
 *
 *     prev room_id epoch seq event_id session_id kind occurred_ms occurred_offset_min recorded_ms
 *     recorded_offset_min mono_us boot_id actor command_id supersedes body
 *
 * A blob or text is its length in bytes (4 bytes, big-endian) and its bytes (text in UTF-8); an integer is 8 bytes,
 * big-endian, two's complement; NULL is the 4 bytes ff ff ff ff. So no two rows give the same bytes, and any
 * language can do it again from the stored columns.
 */
export function hashOf(place: ChainPlace, row: Omit<EventRow, 'hash' | 'run_start' | 'command_start'>): Buffer {
  // At most three bytes of UTF-8 for each UTF-16 unit.
  const longest = 512 + 3 * (row.kind.length + row.boot_id.length + row.body.length);
  if (scratch.length < longest) scratch = Buffer.alloc(longest);
  let at = scratch.write('vigil-event-1', 0, 'latin1');
  at = putBlob(place.prev, at);
  at = putBlob(place.roomId, at);
  at = putBlob(place.epoch, at);
  at = putInteger(row.seq, at);
  at = putBlob(row.event_id, at);
  at = putBlob(row.session_id, at);
  at = putText(row.kind, at);
  at = putInteger(row.occurred_ms, at);
  at = putInteger(row.occurred_offset_min, at);
  at = putInteger(row.recorded_ms, at);
  at = putInteger(row.recorded_offset_min, at);
  at = putInteger(row.mono_us, at);
  at = putText(row.boot_id, at);
  at = putBlob(row.actor, at);
  at = putBlob(row.command_id, at);
  at = putBlob(row.supersedes, at);
  at = putText(row.body, at);
  // By way of its text: a digest given as a buffer has memory of its own outside the heap, which costs five times as much.
  return Buffer.from(digest('sha256', scratch.subarray(0, at), 'hex'), 'hex');
}

/** What an event says, without its place in the chain: as `hashOf`, with 32 zeros in the place of the hash before. */
export function contentHash(place: Omit<ChainPlace, 'prev'>, row: Omit<EventRow, 'hash' | 'run_start' | 'command_start'>): Buffer {
  return hashOf({ ...place, prev: noHash }, row);
}

/** Reused from event to event; grows to the longest. */
let scratch: Buffer = Buffer.alloc(4096);
const nullLength = 0xffffffff;
const [blobLimit, uint32] = [64, 0x1_0000_0000];

function putBlob(value: Buffer | null, at: number): number {
  if (value === null) return scratch.writeUInt32BE(nullLength, at);
  // The schema allows 16 or 32 bytes; anything longer is not ours, and would not fit.
  if (value.length > blobLimit) throw new TypeError(`an id or hash of ${value.length} bytes`);
  const start = scratch.writeUInt32BE(value.length, at);
  // Quicker than a call out of JavaScript for so few bytes.
  for (let index = 0; index < value.length; index += 1) scratch[start + index] = value[index] ?? 0;
  return start + value.length;
}

function putInteger(value: number, at: number): number {
  const high = Math.floor(value / uint32);
  return scratch.writeUInt32BE(value - high * uint32, scratch.writeInt32BE(high, at));
}

function putText(value: string, at: number): number {
  const length = scratch.write(value, at + 4, 'utf8');
  scratch.writeUInt32BE(length, at);
  return at + 4 + length;
}

const [uuidLength, blobLength] = [36, 16];
/** Value of each hexadecimal digit by its character code, 255 for all else. */
const hexDigits = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase());
  return value < 0 ? 255 : value;
});

/** Throws a `TypeError` that names the field for anything that is not a UUID. Five for every event: hence by hand. */
export function idToBlob(id: string, field: string): Buffer {
  const blob = Buffer.allocUnsafe(blobLength);
  let at = 0;
  let valid = id.length === uuidLength;
  for (let index = 0; valid && index < uuidLength; index += 1) {
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      valid = id.charCodeAt(index) === 0x2d;
      continue;
    }
    const high = hexDigits[id.charCodeAt(index)] ?? 255;
    const low = hexDigits[id.charCodeAt((index += 1))] ?? 255;
    valid = high < 16 && low < 16;
    blob[at] = high * 16 + low;
    at += 1;
  }
  if (!valid) throw new TypeError(`${field} is not a UUID: ${JSON.stringify(id)}`);
  return blob;
}

export function blobToId(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const longestBootId = 64;
const largestOffsetMin = 1080;
// Compared here, not parsed: this runs for every event.
const largestUtcMs = utcMsSchema.maxValue ?? 0;

/** Throws where a time is not one; gives the same instant. */
export function checkInstant(instant: Instant, field: string): Instant {
  const { utcMs, offsetMin } = instant;
  if (!Number.isInteger(utcMs) || utcMs < 0 || utcMs > largestUtcMs) throw new TypeError(`${field} is not a time: ${utcMs}`);
  if (!Number.isInteger(offsetMin) || Math.abs(offsetMin) > largestOffsetMin)
    throw new TypeError(`${field} has no zone offset: ${offsetMin}`);
  return { utcMs, offsetMin };
}

export function checkBootId(bootId: string): string {
  if (bootId.length === 0 || bootId.length > longestBootId) throw new TypeError(`bootId has 1 to ${longestBootId} characters: ${bootId}`);
  return bootId;
}

/** Whole microseconds: finer than anything measured here, and exact for as long as a machine stays up. */
export function monoToUs(monoMs: number): number {
  const us = Math.round(monoMs * 1000);
  if (!Number.isSafeInteger(us) || us < 0) throw new TypeError(`monoMs is not a monotonic time: ${monoMs}`);
  return us;
}

/** An escaped U+0000: the sync targets' databases cannot hold it. */
const escapedNul = /(?<!\\)(?:\\\\)*\\u0000/;

/** The body as it will be read back, and its text. Throws a `ZodError` or `TypeError` where it is not what its kind demands. */
export function encodeBody(kind: EventKind, body: unknown): { readonly text: string; readonly body: unknown } {
  const parsed = bodySchema(kind).parse(body);
  const text = JSON.stringify(parsed);
  if (text.includes('\\u0000') && escapedNul.test(text)) throw new TypeError(`the body of ${kind} holds the character U+0000`);
  return { text, body: isUnchangedByJson(parsed) ? parsed : JSON.parse(text) };
}

/** Whether a value is read back from its JSON as it is: nearly every body, and reading it back costs as much as checking it. */
export function isUnchangedByJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isUnchangedByJson);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype || 'toJSON' in value) return false;
  for (const key in value) {
    if (key === '__proto__' || !isUnchangedByJson((value as Record<string, unknown>)[key])) return false;
  }
  return true;
}

function bodySchema(kind: string): z.ZodType {
  if (!Object.hasOwn(eventBodies, kind)) throw new TypeError(`no such kind of event: ${JSON.stringify(kind)}`);
  return eventBodies[kind as EventKind];
}

/** A row read back, every field checked again. Throws a `ZodError` or `TypeError` where it is not an event. */
export function rowToEvent(row: EventRow): RecordedEvent {
  return {
    seq: row.seq,
    eventId: blobToId(row.event_id),
    sessionId: row.session_id === null ? null : blobToId(row.session_id),
    kind: row.kind,
    body: bodySchema(row.kind).parse(JSON.parse(row.body)),
    occurred: checkInstant({ utcMs: row.occurred_ms, offsetMin: row.occurred_offset_min }, 'occurred'),
    recorded: checkInstant({ utcMs: row.recorded_ms, offsetMin: row.recorded_offset_min }, 'recorded'),
    monoMs: row.mono_us / 1000,
    bootId: row.boot_id,
    actor: row.actor === null ? 'service' : { personId: blobToId(row.actor) },
    commandId: row.command_id === null ? null : blobToId(row.command_id),
    supersedes: row.supersedes === null ? null : blobToId(row.supersedes),
    // The body was just checked against the schema of this very kind.
  } as RecordedEvent;
}

export function sameId(a: Buffer | null, b: Buffer | null): boolean {
  return a === b || (a !== null && b !== null && a.equals(b));
}
