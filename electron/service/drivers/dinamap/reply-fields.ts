import type { ReadingContext } from '../stated-reading.ts';

/** A field of digits; null where it holds anything else. */
export function numberIn(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}

/** The words for a status that gives no value, else its own character. */
export function statusContext(status: string, words: Readonly<Record<string, string>>): ReadingContext {
  const own = /^[0-9A-Za-z]$/.test(status) ? `status-${status}` : 'status-unknown';
  return { flags: [words[status] ?? own], deviceTime: null };
}
