import type { z } from 'zod';
import { instrumentIds } from './instrument-id.ts';
import { protocolSchema, type Protocol } from './protocol.ts';
import { placeInWords } from './protocol-words.ts';

/** One thing that keeps a protocol from being used. */
export interface ProtocolProblem {
  readonly path: readonly (string | number)[];
  /** The place in words: `schedule, "Blood pressure" (nibp-during), late minutes`. */
  readonly where: string;
  /** What is wrong there; a sentence without its full stop. */
  readonly message: string;
}

export type CheckedProtocol =
  | { readonly protocol: Protocol; readonly problems: readonly [] }
  | { readonly protocol: null; readonly problems: readonly ProtocolProblem[] };

/** At most so many are listed. The first ones are mended first. */
const problemsMax = 40;

/** Reads what claims to be a protocol: the protocol, or everything that is wrong with it and where. Never throws. */
export function checkProtocol(input: unknown): CheckedProtocol {
  const parsed = protocolSchema.safeParse(input);
  if (parsed.success) return { protocol: parsed.data, problems: [] };
  const problems = parsed.error.issues.slice(0, problemsMax).map((issue) => problemOf(issue, input));
  return { protocol: null, problems };
}

/** All problems as one text, for a refusal or a terminal. */
export function problemsText(problems: readonly ProtocolProblem[]): string {
  return problems.map(({ where, message }) => `${where}: ${message}.`).join(' ');
}

type Issue = z.core.$ZodIssue;

function problemOf(issue: Issue, input: unknown): ProtocolProblem {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  return { path, where: placeInWords(path, input), message: messageOf(issue, valueAt(input, path)) };
}

function messageOf(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case 'custom':
      return issue.message;
    case 'invalid_type':
      if (value === undefined) return 'it is missing';
      return issue.expected === 'number' ? `${shown(value)} is no number` : `${shown(value)} is not what belongs here (${issue.expected})`;
    case 'too_small':
      return issue.origin === 'string' || issue.origin === 'array'
        ? 'it is empty'
        : `${shown(value)} is too small; at least ${String(issue.minimum)}${issue.inclusive === false ? ', and not that itself' : ''}`;
    case 'too_big':
      return issue.origin === 'string' || issue.origin === 'array'
        ? `it is too long; at most ${String(issue.maximum)}`
        : `${shown(value)} is too large; at most ${String(issue.maximum)}`;
    case 'not_multiple_of':
      return `${shown(value)} is no multiple of ${issue.divisor}`;
    case 'invalid_value':
      if (issue.path.at(-1) === 'instrument')
        return `${shown(value)} is no instrument that Vigil can rate; it can rate ${instrumentIds.join(', ')}`;
      return `${shown(value)} is not one of the choices: ${issue.values.slice(0, 12).map(String).join(', ')}${issue.values.length > 12 ? ', …' : ''}`;
    case 'invalid_union':
      return `${shown(value)} is none of the kinds that can stand here`;
    case 'invalid_format':
      return `${shown(value)} is not written as it must be`;
    default:
      return issue.message;
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function valueAt(input: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined), input);
}
