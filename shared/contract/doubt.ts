import { z } from 'zod';

/**
 * A doubt is something about a command that may be right and is likely not: it is named by a key of its own, is
 * shown in its own words, and passes by its own answer and no other.
 */

/**
 * What it takes beside a reason in words: nothing, a second person's PIN, or a prescriber's own PIN. What takes a
 * second reading no reason passes: the command is asked for again with it.
 */
export const doubtNeeds = ['reason', 'second-person', 'prescriber', 'second-reading'] as const;
export type DoubtNeeds = (typeof doubtNeeds)[number];

/** For example `monitor-not-live`; `:suffix` where several of one kind can stand, as in `not-done:consent`. */
export const doubtKeySchema = z
  .string()
  .max(120)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*(:[\w-]+)?$/, 'not the key of a doubt');

/** Travels beside the command, never in it: what is asked for stays apart from why it is right all the same. */
export const answerSchema = z.object({ key: doubtKeySchema, reason: z.string().trim().max(300) });
export type Answer = Readonly<z.output<typeof answerSchema>>;

/** More doubts than any command can raise. */
export const answersMax = 40;

const lettersMin = 3;

/** A reason is read years later by somebody else: a letter, a dot or the same key held down says nothing to them. */
export function hasWords(reason: string): boolean {
  const letters = reason.toLowerCase().match(/\p{L}/gu) ?? [];
  return letters.length >= lettersMin && new Set(letters).size > 1;
}
