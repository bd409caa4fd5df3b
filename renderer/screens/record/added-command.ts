import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import type { InstrumentId } from '../../../shared/clinical/instrument-id.ts';
import type { MilestoneKey } from '../../../shared/clinical/milestone.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { numberTyped } from '../../format/number-typed.ts';
import { addEntryText as words } from '../../text/add-entry.ts';

export const addedKinds = ['milestone', 'note', 'rating', 'weight'] as const;
type AddedKind = (typeof addedKinds)[number];

/** What was typed of an entry that was forgotten. */
export interface AddedDraft {
  readonly kind: AddedKind;
  readonly milestone: MilestoneKey | null;
  /** Of a milestone what is said of it; of a note the note. */
  readonly text: string;
  readonly instrument: InstrumentId | null;
  /** As on paper, one after the other: `0 1 – 2`. */
  readonly answers: string;
  readonly weight: string;
  readonly again: string;
}

export const nothingAdded: AddedDraft = {
  kind: 'milestone',
  milestone: null,
  text: '',
  instrument: null,
  answers: '',
  weight: '',
  again: '',
};

type At = { readonly utcMs: number; readonly reason?: string };

/** The command that adds it, or what is still wanted. `ratingId` and `unit` are the form's own. */
export function addedCommand(
  draft: AddedDraft,
  at: At,
  { ratingId, unit }: { readonly ratingId: string; readonly unit: 'kg' | 'lb' },
): SessionCommandInput | { readonly waitsFor: string } {
  const text = draft.text.trim();
  switch (draft.kind) {
    case 'milestone':
      if (draft.milestone === null) return { waitsFor: words.milestoneEmpty };
      return { type: 'reach-milestone', milestone: draft.milestone, at, ...(text === '' ? {} : { detail: text }) };
    case 'note':
      if (text === '') return { waitsFor: words.noteEmpty };
      return {
        type: 'record-observation',
        text,
        chips: [],
        begunAt: at.utcMs,
        ...(at.reason === undefined ? {} : { lateReason: at.reason }),
      };
    case 'rating': {
      if (draft.instrument === null) return { waitsFor: words.instrumentEmpty };
      const answers = answersTyped(draft.instrument, draft.answers);
      if (answers === null) return { waitsFor: words.answersWrong(instruments[draft.instrument].items.length) };
      return { type: 'open-rating', instrument: draft.instrument, ratingId, answers, at };
    }
    case 'weight': {
      const [value, again] = [numberTyped(draft.weight), numberTyped(draft.again)];
      if (value === null || again === null || value <= 0 || again <= 0) return { waitsFor: words.weightEmpty };
      return { type: 'record-weight', value, unit, again: { value: again, unit }, at };
    }
  }
}

/** One answer for each item in the order of the form, a dash for one that was left out; null where that is not it. */
export function answersTyped(id: InstrumentId, typed: string): { item: number; value: number }[] | null {
  const { items } = instruments[id];
  const parts = typed.trim().split(/[\s,;]+/);
  if (parts.length !== items.length) return null;
  const answers: { item: number; value: number }[] = [];
  for (const [index, { number, min, max }] of items.entries()) {
    const part = parts[index] ?? '';
    if (/^[-–]$/.test(part)) continue;
    const value = Number(part.replace('−', '-'));
    if (!Number.isInteger(value) || value < min || value > max) return null;
    answers.push({ item: number, value });
  }
  return answers.length === 0 ? null : answers;
}
