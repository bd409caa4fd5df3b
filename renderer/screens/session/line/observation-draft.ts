import { z } from 'zod';
import {
  observationChipsMax,
  observationChipGroups,
  observationDetailsSchema,
  observationTextMax,
  saysSomething,
  singleChipGroups,
  type ObservationChipGroup,
  type ObservationDetails,
} from '../../../../shared/clinical/observation.ts';

import { tooLong } from '../../../components/fields/too-long.ts';
import { observationText } from '../../../text/observation.ts';

/** The groups of the line; the first of each stand in it, the rest and the other groups behind "more". */
export const lineGroups = ['affect', 'stance', 'theme'] as const satisfies readonly ObservationChipGroup[];

export interface ChosenChip {
  readonly group: ObservationChipGroup;
  readonly chip: string;
}

/** A note being written. Its time is that of the first key or the first chip, not of recording it. */
export interface ObservationDraft {
  readonly text: string;
  readonly chips: readonly ChosenChip[];
  readonly details: ObservationDetails;
  readonly begunAtMs: number | null;
}

/** A note on its way to the disk. It leaves only when it is there. */
export interface SentObservation {
  readonly commandId: string;
  readonly draft: ObservationDraft;
  /** Why it is not recorded; null while it is on its way. */
  readonly problem: string | null;
}

export interface ObservationInput {
  readonly draft: ObservationDraft;
  readonly sent: readonly SentObservation[];
}

export const emptyDraft: ObservationDraft = { text: '', chips: [], details: {}, begunAtMs: null };
export const emptyInput: ObservationInput = { draft: emptyDraft, sent: [] };

export type InputChange =
  | { readonly type: 'text'; readonly text: string; readonly nowMs: number }
  | { readonly type: 'chip'; readonly chip: ChosenChip; readonly nowMs: number }
  | { readonly type: 'details'; readonly details: ObservationDetails; readonly nowMs: number }
  /** Takes the words out, once they are on the other side. */
  | { readonly type: 'text-left' }
  /** Puts words from the other side in, with their own time. */
  | { readonly type: 'text-came'; readonly text: string; readonly begunAtMs: number }
  | { readonly type: 'send'; readonly commandId: string }
  | { readonly type: 'recorded'; readonly commandId: string }
  | { readonly type: 'problem'; readonly commandId: string; readonly problem: string | null }
  | { readonly type: 'put-back'; readonly commandId: string }
  /** What the same author typed earlier, or before they signed in. */
  | { readonly type: 'came'; readonly input: ObservationInput };

/** Nothing typed is ever lost: a note is in the line, on its way, or recorded. */
export function changeInput(input: ObservationInput, change: InputChange): ObservationInput {
  const { draft, sent } = input;
  switch (change.type) {
    case 'text':
      return { ...input, draft: begun({ ...draft, text: change.text }, change.nowMs) };
    case 'chip': {
      return { ...input, draft: begun({ ...draft, chips: toggled(draft.chips, change.chip) }, change.nowMs) };
    }
    case 'details':
      return { ...input, draft: begun({ ...draft, details: change.details }, change.nowMs) };
    case 'text-left':
      return { ...input, draft: begun({ ...draft, text: '' }, draft.begunAtMs ?? 0) };
    case 'text-came': {
      const came = { ...emptyDraft, text: change.text, begunAtMs: change.begunAtMs };
      return { ...input, draft: joined(came, draft) };
    }
    case 'send':
      return isBlank(draft) || excessOf(draft) !== undefined
        ? input
        : { draft: emptyDraft, sent: [...sent, { commandId: change.commandId, draft, problem: null }] };
    case 'recorded':
      return { ...input, sent: sent.filter((one) => one.commandId !== change.commandId) };
    case 'problem':
      return { ...input, sent: sent.map((one) => (one.commandId === change.commandId ? { ...one, problem: change.problem } : one)) };
    case 'put-back': {
      const back = sent.find((one) => one.commandId === change.commandId);
      if (back === undefined) return input;
      return { draft: joined(back.draft, draft), sent: sent.filter((one) => one !== back) };
    }
    case 'came': {
      const others = change.input.sent.filter(({ commandId }) => !sent.some((one) => one.commandId === commandId));
      return { draft: joined(change.input.draft, draft), sent: [...others, ...sent] };
    }
  }
}

/** What each person at this page has typed; under null what was typed while nobody was signed in. */
export type InputsByAuthor = ReadonlyMap<string | null, ObservationInput>;

export function changeInputs(inputs: InputsByAuthor, { author, change }: { author: string | null; change: InputChange }): InputsByAuthor {
  return new Map(inputs).set(author, changeInput(inputs.get(author) ?? emptyInput, change));
}

/** What was typed while nobody was signed in is theirs who sign in next. */
export function signedIn(inputs: InputsByAuthor, author: string): InputsByAuthor {
  const input = inputs.get(null);
  if (input === undefined || isEmpty(input)) return inputs;
  const next = new Map(changeInputs(inputs, { author, change: { type: 'came', input } }));
  next.delete(null);
  return next;
}

export function isEmpty({ draft, sent }: ObservationInput): boolean {
  return isBlank(draft) && sent.length === 0;
}

/** A note's time is that of its first key. If the line is emptied, the next key sets it anew. */
function begun(draft: ObservationDraft, nowMs: number): ObservationDraft {
  return { ...draft, begunAtMs: isBlank(draft) ? null : (draft.begunAtMs ?? nowMs) };
}

export function isBlank(draft: ObservationDraft): boolean {
  return !saysSomething(draft);
}

/** What of a draft is longer than a note takes; undefined where all of it fits. It stays in the line until it does. */
export function excessOf({ text, details }: ObservationDraft): string | undefined {
  return (
    tooLong(text, observationTextMax) ?? (observationDetailsSchema.safeParse(details).success ? undefined : observationText.more.tooLong)
  );
}

/** Chosen or not; of a group with one answer, instead of the one before. */
export function toggled(chips: readonly ChosenChip[], chip: ChosenChip): readonly ChosenChip[] {
  const same = (one: ChosenChip): boolean => one.group === chip.group && one.chip === chip.chip;
  if (chips.some(same)) return chips.filter((one) => !same(one));
  const kept = singleChipGroups.includes(chip.group) ? chips.filter((one) => one.group !== chip.group) : chips;
  return kept.length >= observationChipsMax ? kept : [...kept, chip];
}

/** How much of the draft lies behind "more": chips that do not stand in the line, and details. */
export function countBehindMore(draft: ObservationDraft, inSight: readonly ChosenChip[]): number {
  const hidden = draft.chips.filter((one) => !inSight.some((other) => other.group === one.group && other.chip === one.chip));
  return hidden.length + Object.values(draft.details).filter((value) => !Array.isArray(value) || value.length > 0).length;
}

function joined(first: ObservationDraft, second: ObservationDraft): ObservationDraft {
  const more = second.chips.filter((one) => !first.chips.some((other) => other.group === one.group && other.chip === one.chip));
  return {
    text: [first.text, second.text].filter((text) => text.trim() !== '').join(' '),
    chips: [...first.chips, ...more],
    details: { ...second.details, ...first.details },
    begunAtMs: first.begunAtMs ?? second.begunAtMs,
  };
}

const { utterance } = observationDetailsSchema.shape;
/** As typed: an unfinished sentence is shorter or longer than what may be recorded. */
const typedDetailsSchema = observationDetailsSchema.extend({
  intervention: z.string().optional(),
  response: z.string().optional(),
  valuesAction: z.string().optional(),
  utterance: utterance.unwrap().extend({ words: z.string() }).optional(),
});

const draftSchema = z.object({
  text: z.string(),
  chips: z.array(z.object({ group: z.enum(observationChipGroups), chip: z.string().max(40) })).max(observationChipsMax),
  details: typedDetailsSchema.catch({}).default({}),
  begunAtMs: z.number().nullable(),
});
const inputSchema = z.object({
  draft: draftSchema,
  sent: z.array(z.object({ commandId: z.uuid(), draft: draftSchema, problem: z.string().nullable() })).max(50),
});

/** What a reload finds; anything unreadable is an empty one. */
export function inputFromJson(json: string | null): ObservationInput {
  if (json === null) return emptyInput;
  try {
    const parsed = inputSchema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : emptyInput;
  } catch {
    return emptyInput;
  }
}
