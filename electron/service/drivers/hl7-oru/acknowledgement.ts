import { toIso, type Instant } from '../../../../shared/values/instant.ts';
import { endOfBlock, startOfBlock } from './mllp.ts';
import type { MessageHeader } from './message-header.ts';

/** What became of a message: its values were taken; they cannot be kept; it could not be read; it is none that Vigil takes. */
export type Outcome = { readonly kind: 'taken' } | { readonly kind: 'not-kept' | 'unreadable' | 'refused'; readonly words: string };

const applicationCodes = { taken: 'AA', 'not-kept': 'AE', unreadable: 'AE', refused: 'AR' } as const;
const acceptCodes = { taken: 'CA', 'not-kept': 'CE', unreadable: 'CE', refused: 'CR' } as const;
const carriageReturn = 0x0d;
const firstPrintable = 0x20;
const wordsMax = 80;

/**
 * The codes to answer with, as the sender asks in MSH-15 (accepted) and MSH-16 (applied): always, never, on error, on success. Neither
 * stated is the original mode, in which each message is answered once.
 */
export function codesAsked(header: MessageHeader, { kind }: Outcome): readonly string[] {
  const [accept, application] = [askedIn(header, 15), askedIn(header, 16)];
  if (accept === '' && application === '') return [applicationCodes[kind]];
  const codes: string[] = [];
  if (isAsked(accept, kind)) codes.push(acceptCodes[kind]);
  if (isAsked(application, kind)) codes.push(applicationCodes[kind]);
  return codes;
}

function askedIn(header: MessageHeader, field: number): string {
  return String.fromCharCode(...header.field(field).subarray(0, 2)).toUpperCase();
}

function isAsked(condition: string, kind: Outcome['kind']): boolean {
  return condition === 'AL' || (condition === 'ER' && kind !== 'taken') || (condition === 'SU' && kind === 'taken');
}

/**
 * One acknowledgement in its block: sender and receiver exchanged, the version, character set and control id as they were sent. It says
 * that the message was received, not that anybody watches over its values.
 */
export function acknowledgementOf(header: MessageHeader, code: string, outcome: Outcome, at: Instant, ownId: string): Uint8Array {
  const { field, component } = header.separators;
  const bytes: number[] = [startOfBlock];
  const text = (words: string): void => {
    for (let index = 0; index < words.length; index++) bytes.push(words.charCodeAt(index) & 0x7f);
  };
  const asSent = (number: number): void => {
    for (const byte of header.field(number)) bytes.push(byte < firstPrintable ? 0x3f : byte);
  };
  text(`MSH${field}`);
  asSent(2);
  for (const swapped of [5, 6, 3, 4]) {
    text(field);
    asSent(swapped);
  }
  const kind = /^[A-Z0-9]{1,4}$/.test(header.trigger) && component !== '' ? `ACK${component}${header.trigger}` : 'ACK';
  text(`${field}${stampOf(at)}${field}${field}${kind}${field}${ownId}${field}`);
  asSent(11);
  text(field);
  asSent(12);
  if (header.field(18).length > 0) {
    text(field.repeat(6));
    asSent(18);
  }
  bytes.push(carriageReturn);
  text(`MSA${field}${code}${field}`);
  asSent(10);
  if (outcome.kind !== 'taken') text(`${field}${plainWords(outcome.words)}`);
  bytes.push(carriageReturn, endOfBlock, carriageReturn);
  return Uint8Array.from(bytes);
}

/** Letters, digits and a little punctuation: nothing that could be a separator of the message. */
function plainWords(words: string): string {
  return words.replaceAll(/[^A-Za-z0-9 ,.()-]/g, ' ').slice(0, wordsMax);
}

/** `YYYYMMDDHHMMSS.mmm-0500` */
function stampOf(at: Instant): string {
  const iso = toIso(at);
  return iso.slice(0, 19).replaceAll(/[-:T]/g, '') + iso.slice(19).replace(':', '');
}
