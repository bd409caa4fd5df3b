import { z } from 'zod';
import { monitorProtocolIdSchema } from '../clinical/monitor-protocol.ts';

/** What a look at one port found. */
export const detectionFindings = [
  'named', // one monitor, beyond doubt
  'ambiguous', // one or several that it may be: a person decides
  'mixed', // frames of two monitors on one line
  'text', // readable, and no format that Vigil reads
  'bytes', // unreadable at every speed: another speed, another device or noise
  'nothing', // not a byte
  'busy', // another program has the port
  'in-use', // Vigil itself reads a monitor on it
  'forbidden', // no permission
  'gone', // not there, or pulled out meanwhile
  'failed', // the system gave another error
  'stopped', // a person stopped it
] as const;
export type DetectionFinding = (typeof detectionFindings)[number];

/** A monitor that it may be. */
export const detectionCandidateSchema = z.object({
  protocol: monitorProtocolIdSchema,
  vendor: z.string(),
  models: z.array(z.string()),
  /** 0 to 1. */
  score: z.number().min(0).max(1),
  /** `9600 8N1` */
  settings: z.string(),
  /** What speaks for it, in words. */
  evidence: z.string(),
  /** It answers another recorder's questions: Vigil must only listen there. */
  askedByOther: z.boolean(),
});
export type DetectionCandidate = z.output<typeof detectionCandidateSchema>;

/** A question that may be sent to a port once a person has agreed: the first bytes of the driver's own conversation. */
export const detectionQuestionSchema = z.object({
  protocol: monitorProtocolIdSchema,
  vendor: z.string(),
  models: z.array(z.string()),
  settings: z.string(),
  hex: z.string(),
});
export type DetectionQuestion = z.output<typeof detectionQuestionSchema>;

export const detectionResultSchema = z.object({
  finding: z.enum(detectionFindings),
  /** The likeliest first; one where it is named. */
  candidates: z.array(detectionCandidateSchema).max(8),
  /** Bytes that arrived in all steps. */
  bytes: z.number().int().min(0),
  /** Bytes that Vigil sent: 0 without consent. */
  sentBytes: z.number().int().min(0),
  words: z.string(),
  advice: z.string(),
});
export type DetectionResult = z.output<typeof detectionResultSchema>;

export const detectionViewSchema = z.object({
  port: z.string(),
  state: z.enum(['running', 'done']),
  /** What is being done now, in words. */
  step: z.string(),
  asks: z.boolean(),
  elapsedMs: z.number().min(0),
  /** When it is over at the latest. */
  ofMs: z.number().min(0),
  result: detectionResultSchema.nullable(),
});
export type DetectionView = z.output<typeof detectionViewSchema>;
