import { hash as digest } from 'node:crypto';
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
  /** What is wrong with it, in words; empty where it is as it was written. */
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

/** Checks a file by itself: its form, its content against its hash, and its signatures against each other. */
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
  const { contentHash, record, session, signatures } = read.data;
  // The content as it stands, not as the schema reads it: a field that nobody knows is a change as well.
  const { contentHash: _own, ...written } = content as Record<string, unknown>;
  const findings: string[] = [];
  if (contentHashOf(written) !== contentHash) findings.push('the content is not what was written: its hash is another one');
  const ofVersion = signatures.filter(({ version }) => version === record.version);
  if (record.version !== null && ofVersion.length === 0) findings.push(`version ${record.version} has no signature`);
  // While it is being amended, the hash is that of the record as it stands, and no version's.
  if (record.state !== 'being-amended' && ofVersion.some(({ recordHash }) => recordHash !== record.hash))
    findings.push(`version ${record.version} was signed with another hash`);
  return { findings, record: { sessionId: session.sessionId, throughSeq: record.throughSeq, hash: record.hash, version: record.version } };
}

/** SHA-256 over the document's JSON without spaces, in the order of its fields. Reading and writing keep that order. */
function contentHashOf(document: object): string {
  return digest('sha256', JSON.stringify(document), 'hex');
}
