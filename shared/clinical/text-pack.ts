import { z } from 'zod';
import { instrumentIds, type InstrumentId } from './instrument-id.ts';
import { instruments } from './instruments/instrument-directory.ts';
import { problemOf } from './text-pack-problem.ts';

/**
 * The wording of an instrument as a clinic supplies it: Vigil ships the structure, the clinic the words that it may
 * use (`docs/instruments.md`). One JSON file for one instrument in one language.
 */
const words = z.string().trim().min(1).max(2000);
const anchor = z.strictObject({ value: z.number().int(), text: z.string().trim().min(1).max(300) });

export const textPackSchema = z.strictObject({
  instrument: z.enum(instrumentIds),
  /** BCP 47, for example `en` or `de-CH`. */
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag such as "en" or "de-CH"'),
  /** The clinic's own; changed wording needs a new one. */
  version: z.string().trim().min(1).max(40),
  copyright: z.string().trim().min(1).max(300),
  /** Said once before the items. */
  stem: words.optional(),
  items: z.array(z.strictObject({ number: z.number().int(), text: words, anchors: z.array(anchor).max(101).optional() })).max(100),
});
export type TextPack = z.output<typeof textPackSchema>;

/** The file may carry the hash its maker took, so that a damaged copy is noticed. */
const fileSchema = textPackSchema.extend({ hash: z.string().max(100).optional() });

/** Characters. The longest form is a few dozen sentences. */
export const textPackCharactersMax = 200_000;

export type ParsedTextPack = { readonly pack: TextPack; readonly statedHash: string | null } | { readonly problem: string };

/** Reads a file's text. Every problem is one sentence that says what is wrong and what to do; nothing is guessed. */
export function parseTextPack(content: string): ParsedTextPack {
  if (content.length > textPackCharactersMax) {
    return { problem: `This file is longer than a text pack can be (${textPackCharactersMax} characters). Choose the pack itself.` };
  }
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return {
      problem:
        'This file is not JSON. Choose the text pack of your clinic, a file that ends in .json and was not opened and saved as a document.',
    };
  }
  const known = instrumentProblem(json);
  if (known !== null) return { problem: known };
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) return { problem: problemOf(parsed.error) };
  const { hash, ...pack } = parsed.data;
  const misfit = itemsProblem(pack);
  return misfit === null ? { pack, statedHash: hash ?? null } : { problem: misfit };
}

/**
 * The one text of a pack that its hash is taken over: fixed order of keys, items by number, anchors by value, no
 * white space. Two files with the same words have the same hash.
 */
export function canonicalTextPack({ instrument, language, version, copyright, stem, items }: TextPack): string {
  const byNumber = items.toSorted((a, b) => a.number - b.number);
  return JSON.stringify({
    instrument,
    language,
    version,
    copyright,
    stem: stem ?? null,
    items: byNumber.map(({ number, text, anchors }) => ({
      number,
      text,
      anchors: (anchors ?? []).toSorted((a, b) => a.value - b.value).map(({ value, text: anchorText }) => ({ value, text: anchorText })),
    })),
  });
}

function instrumentProblem(json: unknown): string | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    return 'A text pack is one JSON object with instrument, language, version, copyright and items. This file holds something else.';
  }
  const named: unknown = (json as { instrument?: unknown }).instrument;
  if (named === undefined) return `The pack does not say its instrument. Add "instrument", one of: ${instrumentIds.join(', ')}.`;
  if (instrumentIds.some((id) => id === named)) return null;
  return `There is no instrument ${JSON.stringify(named)} here. "instrument" is one of: ${instrumentIds.join(', ')}.`;
}

/** Whether the items are those of the instrument: each once, none more, anchors within its range. */
function itemsProblem({ instrument, items }: TextPack): string | null {
  const { name, items: expected } = instruments[instrument as InstrumentId];
  const numbers = items.map((item) => item.number);
  const missing = expected.map((item) => item.number).filter((number) => !numbers.includes(number));
  const foreign = numbers.filter((number) => !expected.some((item) => item.number === number));
  const twice = numbers.filter((number, index) => numbers.indexOf(number) !== index);
  if (missing.length > 0 || foreign.length > 0 || twice.length > 0) {
    const details = [
      ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
      ...(foreign.length > 0 ? [`not part of it: ${foreign.join(', ')}`] : []),
      ...(twice.length > 0 ? [`twice: ${twice.join(', ')}`] : []),
    ];
    return `${name} has ${expected.length} items, this pack has ${items.length} (${details.join('; ')}). Correct the numbers in the pack.`;
  }
  for (const { number, anchors } of items) {
    const item = expected.find((candidate) => candidate.number === number);
    const outside = anchors?.find(({ value }) => item === undefined || value < item.min || value > item.max);
    if (item !== undefined && outside !== undefined) {
      return `Item ${number} has words for ${outside.value}, but ${name} runs from ${item.min} to ${item.max} there. Correct the pack.`;
    }
  }
  return null;
}
