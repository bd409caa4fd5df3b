import { z } from 'zod';

/** The three groups of chips (handbook `clinical.md` §3.1); the first of each stand in the line, the rest behind "more". */
export const chipGroups = {
  affect: ['calm', 'awe', 'grief', 'fear', 'joy', 'tender', 'anger', 'shame', 'numb', 'confused', 'agitated'],
  stance: ['silent presence', 'grounding', 'supportive touch', 'inquiry', 'redirection', 'music change'],
  theme: [
    'loss',
    'childhood',
    'body',
    'relationship',
    'death',
    'self-compassion',
    'spirituality',
    'work',
    'substance',
    'trauma memory',
    'guilt',
    'forgiveness',
    'meaning',
  ],
} as const;
export const chipGroupKeys = ['affect', 'stance', 'theme'] as const;
export type ChipGroup = (typeof chipGroupKeys)[number];

export interface ChosenChip {
  readonly group: ChipGroup;
  readonly chip: string;
}

/** A note being written. Its time is that of the first key or the first chip, not of recording it. */
export interface ObservationDraft {
  readonly text: string;
  readonly chips: readonly ChosenChip[];
  readonly begunAtMs: number | null;
}

/** A note on its way to the disk. It leaves only when it is there. */
export interface SentObservation {
  readonly commandId: string;
  readonly draft: ObservationDraft;
  /** Why it is not recorded; null while it is on its way. */
  readonly problem: string | null;
}

export interface ObservationDesk {
  readonly draft: ObservationDraft;
  readonly sent: readonly SentObservation[];
}

export const emptyDraft: ObservationDraft = { text: '', chips: [], begunAtMs: null };
export const emptyDesk: ObservationDesk = { draft: emptyDraft, sent: [] };

export type DeskChange =
  | { readonly type: 'text'; readonly text: string; readonly nowMs: number }
  | { readonly type: 'chip'; readonly chip: ChosenChip; readonly nowMs: number }
  | { readonly type: 'send'; readonly commandId: string }
  | { readonly type: 'recorded'; readonly commandId: string }
  | { readonly type: 'problem'; readonly commandId: string; readonly problem: string | null }
  | { readonly type: 'put-back'; readonly commandId: string };

/** Nothing typed is ever lost: a note is in the line, on its way, or recorded. */
export function changeDesk(desk: ObservationDesk, change: DeskChange): ObservationDesk {
  const { draft, sent } = desk;
  switch (change.type) {
    case 'text':
      return { ...desk, draft: begun({ ...draft, text: change.text }, change.nowMs) };
    case 'chip': {
      const same = (one: ChosenChip): boolean => one.group === change.chip.group && one.chip === change.chip.chip;
      const chips = draft.chips.some(same) ? draft.chips.filter((one) => !same(one)) : [...draft.chips, change.chip];
      return { ...desk, draft: begun({ ...draft, chips }, change.nowMs) };
    }
    case 'send':
      return isBlank(draft) ? desk : { draft: emptyDraft, sent: [...sent, { commandId: change.commandId, draft, problem: null }] };
    case 'recorded':
      return { ...desk, sent: sent.filter((one) => one.commandId !== change.commandId) };
    case 'problem':
      return { ...desk, sent: sent.map((one) => (one.commandId === change.commandId ? { ...one, problem: change.problem } : one)) };
    case 'put-back': {
      const back = sent.find((one) => one.commandId === change.commandId);
      if (back === undefined) return desk;
      return { draft: joined(back.draft, draft), sent: sent.filter((one) => one !== back) };
    }
  }
}

/** The first key starts the clock; a line emptied again has not begun. */
function begun(draft: ObservationDraft, nowMs: number): ObservationDraft {
  return { ...draft, begunAtMs: isBlank(draft) ? null : (draft.begunAtMs ?? nowMs) };
}

export function isBlank(draft: ObservationDraft): boolean {
  return draft.text.trim() === '' && draft.chips.length === 0;
}

function joined(first: ObservationDraft, second: ObservationDraft): ObservationDraft {
  const more = second.chips.filter((one) => !first.chips.some((other) => other.group === one.group && other.chip === one.chip));
  return {
    text: [first.text, second.text].filter((text) => text.trim() !== '').join(' '),
    chips: [...first.chips, ...more],
    begunAtMs: first.begunAtMs ?? second.begunAtMs,
  };
}

const draftSchema = z.object({
  text: z.string().max(4000),
  chips: z.array(z.object({ group: z.enum(chipGroupKeys), chip: z.string().max(40) })).max(20),
  begunAtMs: z.number().nullable(),
});
const deskSchema = z.object({
  draft: draftSchema,
  sent: z.array(z.object({ commandId: z.uuid(), draft: draftSchema, problem: z.string().nullable() })).max(50),
});

/** What a reload finds; anything unreadable is an empty desk. */
export function deskFromJson(json: string | null): ObservationDesk {
  if (json === null) return emptyDesk;
  try {
    const parsed = deskSchema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : emptyDesk;
  } catch {
    return emptyDesk;
  }
}
