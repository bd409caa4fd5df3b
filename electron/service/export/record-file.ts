import { hash as digest } from 'node:crypto';
import { z } from 'zod';
import type { RecordProof } from '../../../shared/contract/record-proof.ts';
import { recordFileSchema, type RecordDocument } from '../../../shared/contract/record-document.ts';

/**
 * The document as `vigil export --format json` writes it, with the hash of its own content last: whoever receives the
 * file can tell without the room that nothing in it was changed.
 */
export function recordFile(document: RecordDocument, proof?: RecordProof): string {
  const content = proof === undefined ? document : { ...document, proof };
  return `${JSON.stringify({ ...content, contentHash: contentHashOf(content) }, null, 1)}\n`;
}

export interface CheckedFile {
  /** What is wrong with it, in words. Where there is none, it may still be forged: anybody can make its hash anew. */
  readonly findings: readonly string[];
  /** null where the file is no record. */
  readonly record: {
    readonly sessionId: string;
    readonly throughSeq: number;
    readonly hash: string;
    readonly version: number | null;
  } | null;
}

/** Findings beyond these say nothing new. */
const findingsMax = 20;

/**
 * Checks a file by itself: its form, its content against its hash, and the signatures that it lists against the version that it
 * names and the entries of its proof. Neither hashes of entries nor checkpoints are worked out: `docs/check-record.mjs` does.
 */
export function checkRecordFile(text: string): CheckedFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return { findings: [`not JSON: ${error instanceof Error ? error.message : String(error)}`], record: null };
  }
  const read = recordFileSchema.safeParse(content);
  if (!read.success) {
    const issues = read.error.issues.slice(0, findingsMax);
    return { findings: issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`), record: null };
  }
  const { contentHash, record, session, signatures, proof } = read.data;
  // The content as it stands, not as the schema reads it: a field that nobody knows is a change as well.
  const { contentHash: _own, ...written } = content as Record<string, unknown>;
  const findings: string[] = [];
  if (contentHashOf(written) !== contentHash) findings.push('the content is not what was written: its hash is another one');
  const ofVersion = signatures.filter(({ version }) => version === record.version);
  if (record.version !== null && ofVersion.length === 0) findings.push(`version ${record.version} has no signature`);
  // While it is being amended, the hash is that of the record as it stands, and no version's.
  if (record.state !== 'being-amended' && ofVersion.some(({ recordHash }) => recordHash !== record.hash))
    findings.push(`version ${record.version} was signed with another hash`);
  if (proof !== undefined) findings.push(...signaturesWithoutEntry(signatures, proof));
  return { findings, record: { sessionId: session.sessionId, throughSeq: record.throughSeq, hash: record.hash, version: record.version } };
}

const signatureSchema = z.object({ version: z.number(), name: z.string(), meaning: z.string(), recordHash: z.string() });

/** The kinds stand in the file as they stand in the log. */
function signaturesWithoutEntry(listed: readonly z.output<typeof signatureSchema>[], { entries }: RecordProof): string[] {
  const textOf = ({ version, name, meaning, recordHash }: z.output<typeof signatureSchema>): string =>
    JSON.stringify([version, name, meaning, recordHash]);
  const entered = new Set<string>();
  for (const entry of entries) {
    if (!('body' in entry) || (entry.kind !== 'session-signed' && entry.kind !== 'session-cosigned')) continue;
    const body = signatureSchema.safeParse(jsonOf(entry.body));
    if (body.success) entered.add(textOf(body.data));
  }
  return listed
    .filter((signature) => !entered.has(textOf(signature)))
    .map(({ version, name }) => `version ${version} is listed as signed by ${name}, and no entry holds that signature`);
}

/** undefined where it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** SHA-256 over the document's JSON without spaces, in the order of its fields. Reading and writing keep that order. */
function contentHashOf(document: object): string {
  return digest('sha256', JSON.stringify(document), 'hex');
}
