import { z } from 'zod';
import { idSchema } from '../values/ids.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 hash');
const id = idSchema.nullable();

/** An entry as it was hashed, column by column; `body` is its text to the letter. */
const provedEntry = z.object({
  seq: z.number().int(),
  hash: sha256,
  /** Of the event before it in the room, which may be another session's. */
  prev: sha256,
  epoch: idSchema,
  eventId: idSchema,
  sessionId: id,
  kind: z.string(),
  occurredMs: z.number().int(),
  occurredOffsetMin: z.number().int(),
  recordedMs: z.number().int(),
  recordedOffsetMin: z.number().int(),
  monoUs: z.number().int(),
  bootId: z.string(),
  /** null: the room service. */
  actor: id,
  commandId: id,
  supersedes: id,
  body: z.string(),
});

/** Of an entry whose words nobody outside the room is given: only its place. */
const withheldEntry = z.object({ seq: z.number().int(), hash: sha256 }).strict();

/** A signed statement of how the session's entries stood at a signature. */
const checkpoint = z.object({
  seq: z.number().int(),
  epoch: idSchema,
  /** Of the event `seq`, the signature. */
  hash: sha256,
  atMs: z.number().int(),
  /** SHA-256 over the hashes of the entries up to `seq`, 32 bytes each. */
  entriesHash: sha256,
  /** Ed25519: 32 bytes, and 64. */
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});

/**
 * The entries of a session with what proves them, so that somebody without Vigil and without the room can work it out
 * again: `docs/check-record.mjs` does.
 */
export const recordProofSchema = z.object({
  roomId: idSchema,
  entries: z.array(z.union([provedEntry, withheldEntry])),
  checkpoints: z.array(checkpoint),
});
export type RecordProof = z.output<typeof recordProofSchema>;
