import type { z } from 'zod';

/** The first thing that is wrong with a pack, as a sentence for the person who chose the file. */
export function problemOf(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'The pack does not have the form of a text pack.';
  const where = issue.path.map((part) => (typeof part === 'number' ? `[${part + 1}]` : String(part))).join('.');
  if (issue.code === 'unrecognized_keys') {
    const place = where === '' ? 'The pack' : `"${where}"`;
    return `${place} has ${issue.keys.map((key) => `"${key}"`).join(', ')}, which a text pack does not know. Remove it, or check its spelling.`;
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  if (missing) return `The pack lacks "${where}". Add it and load the file again.`;
  return `"${where}" in the pack cannot be used: ${issue.message}. Correct it and load the file again.`;
}
