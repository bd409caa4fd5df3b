import { hash as digest } from 'node:crypto';
import type { z } from 'zod';
import { utcMsSchema } from '../../../shared/values/instant.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import { eventBodies, type Actor, type EventKind, type RecordedEvent } from '../session/session-event.ts';

/** A row of the event table. */
export interface EventRow {
  readonly seq: number;
  readonly room_id: Buffer;
  readonly epoch: Buffer;
  readonly event_id: Buffer;
  readonly session_id: Buffer | null;
  readonly kind: string;
  readonly occurred_ms: number;
  readonly occurred_offset_min: number;
  readonly recorded_ms: number;
  readonly recorded_offset_min: number;
  readonly mono_us: number;
  readonly boot_id: string;
  readonly actor: string;
  readonly command_id: Buffer | null;
  readonly supersedes: Buffer | null;
  readonly body: string;
  readonly run_start: number;
  readonly prev: Buffer;
  readonly hash: Buffer;
}

/** The columns under the hash, in this order. `run_start` follows from the rows before and is left out, as `hash` is. */
export const hashedColumns = [
  'prev',
  'room_id',
  'epoch',
  'seq',
  'event_id',
  'session_id',
  'kind',
  'occurred_ms',
  'occurred_offset_min',
  'recorded_ms',
  'recorded_offset_min',
  'mono_us',
  'boot_id',
  'actor',
  'command_id',
  'supersedes',
  'body',
] as const satisfies readonly (keyof EventRow)[];

/** `prev` of the very first event. */
export const noHash = Buffer.alloc(32);

/**
 * The chain's hash: SHA-256 over the UTF-8 of `vigil-event-1\n` and, for each hashed column, its length in bytes,
 * a colon, the value (text as it is, integers in decimal, blobs in lower-case hex) and a line feed; `-` and a line
 * feed where it is NULL. Lengths make it unambiguous, and any language can do it again from the stored columns.
 */
export function hashOf(row: Omit<EventRow, 'hash' | 'run_start'>): Buffer {
  const fixed =
    `vigil-event-1\n64:${row.prev.toString('hex')}\n32:${row.room_id.toString('hex')}\n32:${row.epoch.toString('hex')}\n` +
    `${integer(row.seq)}${blob(row.event_id)}${blob(row.session_id)}${text(row.kind)}` +
    `${integer(row.occurred_ms)}${integer(row.occurred_offset_min)}${integer(row.recorded_ms)}${integer(row.recorded_offset_min)}` +
    `${integer(row.mono_us)}${text(row.boot_id)}${text(row.actor)}${blob(row.command_id)}${blob(row.supersedes)}${text(row.body)}`;
  return digest('sha256', fixed, 'buffer');
}

function integer(value: number): string {
  const decimal = String(value);
  return `${decimal.length}:${decimal}\n`;
}

function blob(value: Buffer | null): string {
  return value === null ? '-\n' : `${value.length * 2}:${value.toString('hex')}\n`;
}

function text(value: string): string {
  return `${Buffer.byteLength(value)}:${value}\n`;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Throws a `TypeError` that names the field for anything that is not a UUID. */
export function idToBlob(id: string, field: string): Buffer {
  if (!uuidPattern.test(id)) throw new TypeError(`${field} is not a UUID: ${JSON.stringify(id)}`);
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

export function blobToId(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const longestBootId = 64;
const largestOffsetMin = 1080;

/** Throws where a time is not one; gives the same instant. */
export function checkInstant(instant: Instant, field: string): Instant {
  const { utcMs, offsetMin } = instant;
  if (!utcMsSchema.safeParse(utcMs).success) throw new TypeError(`${field} is not a time: ${utcMs}`);
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

export function actorToText(actor: Actor): string {
  return actor === 'service' ? 'service' : blobToId(idToBlob(actor.personId, 'actor'));
}

function textToActor(actor: string): Actor {
  if (actor === 'service') return 'service';
  if (!uuidPattern.test(actor)) throw new TypeError(`actor is neither a person nor the service: ${JSON.stringify(actor)}`);
  return { personId: actor };
}

/** An escaped U+0000: the sync targets' databases cannot hold it. */
const escapedNul = /(?<!\\)(?:\\\\)*\\u0000/;

/** The body as it will be read back, and its text. Throws a `ZodError` or `TypeError` where it is not what its kind demands. */
export function encodeBody(kind: EventKind, body: unknown): { readonly text: string; readonly body: unknown } {
  const text = JSON.stringify(bodySchema(kind).parse(body));
  if (text.includes('\\u0000') && escapedNul.test(text)) throw new TypeError(`the body of ${kind} holds the character U+0000`);
  return { text, body: JSON.parse(text) };
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
    actor: textToActor(row.actor),
    commandId: row.command_id === null ? null : blobToId(row.command_id),
    supersedes: row.supersedes === null ? null : blobToId(row.supersedes),
    // The body was just checked against the schema of this very kind.
  } as RecordedEvent;
}
