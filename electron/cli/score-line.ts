import { z } from 'zod';
import { daysAbstinent } from '../../shared/clinical/days-abstinent.ts';
import { instrumentIds } from '../../shared/clinical/instrument-id.ts';
import type { Instrument } from '../../shared/clinical/instrument.ts';
import { instruments } from '../../shared/clinical/instruments/instrument-directory.ts';
import { scoreChange } from '../../shared/clinical/score-change.ts';
import { score, type Score } from '../../shared/clinical/scoring.ts';

/** What can be scored: the instruments, and the alcohol calendar, which has counts for items. */
export const scorable = [...instrumentIds, 'tlfb'] as const;
export type ScorableId = (typeof scorable)[number];

/** One response, scored, or why it cannot be, in one sentence. */
export type ScoredLine = { readonly scored: Readonly<Record<string, unknown>> } | { readonly problem: string };

const answer = z.number().nullable();
const answersSchema = z.strictObject({
  items: z.union([z.array(answer), z.array(z.array(answer))]),
  sex: z.enum(['F', 'M']).nullable().optional(),
});
const changeSchema = z.strictObject({ before: z.number(), after: z.number() });
const yesNo = z.boolean().nullable().optional();
const screenerSchema = z.strictObject({
  q1: yesNo,
  q2: yesNo,
  q3: yesNo,
  q4: yesNo,
  q5: yesNo,
  q6: z.enum(['none', 'lifetime', 'past-3-months']).nullable().optional(),
});
const daysSchema = z.strictObject({ days: z.number(), abstinent: z.number(), missing: z.number().default(0) });

export function scoreLine(id: ScorableId, line: string, options: { readonly prorate: boolean }): ScoredLine {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { problem: 'not JSON; each line is one object such as {"items":[0,1,null]}' };
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return { problem: 'not an object; each line is one such as {"items":[0,1,null]}' };
  }
  try {
    if (id === 'tlfb') return { scored: { instrument: id, ...daysAbstinent(parsed(daysSchema, json)) } };
    return { scored: scoredBy(instruments[id], json, options) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { problem: error.message };
  }
}

function scoredBy(instrument: Instrument, json: object, { prorate }: { readonly prorate: boolean }): Readonly<Record<string, unknown>> {
  const named = { instrument: instrument.id, version: instrument.version };
  if ('before' in json || 'after' in json) {
    const { before, after } = parsed(changeSchema, json);
    return { ...named, before, after, ...scoreChange(instrument, before, after) };
  }
  if (instrument.id === 'c-ssrs-screener' && !('items' in json)) {
    return { ...named, ...withoutProrated(score(instrument, screenerAnswers(parsed(screenerSchema, json)))) };
  }
  const { items, sex } = parsed(answersSchema, json);
  const given = sex === undefined || sex === null ? null : sex === 'F' ? 'female' : 'male';
  const result = score(instrument, inOrder(instrument, items), { sex: given, prorate });
  return { ...named, ...(prorate ? result : withoutProrated(result)) };
}

/** What was not asked for is not shown, not even as null. */
function withoutProrated(result: Score): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(result).filter(([key]) => key !== 'prorated'));
}

type Answers = readonly (number | null)[];

/** Lists by subscale become one list in the order of the form. */
function inOrder(instrument: Instrument, items: Answers | readonly Answers[]): Answers {
  if (!items.some((item) => Array.isArray(item))) return items as Answers;
  const lists = items as readonly Answers[];
  const { subscales } = instrument;
  const numbers = subscales.flatMap((subscale) => subscale.items);
  const isPartition = numbers.length === instrument.items.length && new Set(numbers).size === numbers.length;
  if (!isPartition)
    throw new RangeError(`${instrument.name} has no factors to give answers by; give one list of ${instrument.items.length}`);
  const sizes = subscales.map((subscale) => subscale.items.length).join(', ');
  if (lists.map((list) => list.length).join(', ') !== sizes)
    throw new RangeError(`${instrument.name} by factor has lists of ${sizes} answers`);
  const byNumber = new Map(
    subscales.flatMap((subscale, at) => subscale.items.map((number, place) => [number, lists[at]?.[place] ?? null])),
  );
  return instrument.items.map((item) => byNumber.get(item.number) ?? null);
}

function screenerAnswers(given: z.output<typeof screenerSchema>): Answers {
  const when = { none: 0, lifetime: 1, 'past-3-months': 2 } as const;
  const yes = (value: boolean | null | undefined): number | null => (value === undefined || value === null ? null : Number(value));
  const { q1, q2, q3, q4, q5, q6 } = given;
  return [...[q1, q2, q3, q4, q5].map(yes), q6 === undefined || q6 === null ? null : when[q6]];
}

/** Throws `RangeError` with the first problem in words. */
function parsed<T extends z.ZodType>(schema: T, json: object): z.output<T> {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue?.code === 'unrecognized_keys') throw new RangeError(`${issue.keys.map((key) => `"${key}"`).join(', ')} is not known here`);
  const where = issue?.path.join('.') ?? '';
  if (where.startsWith('items')) throw new RangeError('"items" is a list of whole numbers and nulls, in the order of the form');
  throw new RangeError(where === '' ? 'no "items" in this object' : `"${where}": ${issue?.message ?? 'cannot be read'}`);
}
