import type {
  AdverseEventAction,
  AdverseEventCategory,
  AdverseEventOutcome,
  AdverseEventSeverity,
  Relatedness,
  SeriousnessCriterion,
} from '../../../shared/clinical/adverse-event.ts';
import type { AdverseEventView } from '../../../shared/contract/session-view/adverse-events.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { parseTimeOfDay, type RoomInstant } from '../../format/time-of-day.ts';
import { adverseEventText } from '../../text/adverse-events.ts';
import { timeFieldText } from '../../text/time-field.ts';

const words = adverseEventText.more;

export type Changes = Extract<SessionCommandInput, { type: 'update-adverse-event' }>['changes'];

/** What is on the sheet. `end.typed` is kept while "now" is tried, so that nothing typed is lost. */
export interface AdverseEventDraft {
  readonly category: AdverseEventCategory;
  readonly severity: AdverseEventSeverity;
  readonly seriousness: 'open' | 'no' | 'yes';
  readonly criteria: readonly SeriousnessCriterion[];
  readonly actions: readonly AdverseEventAction[];
  readonly outcome: AdverseEventOutcome | null;
  readonly relatedness: Relatedness | null;
  readonly detail: string;
  readonly end: { readonly kind: 'open' | 'now' | 'at' | 'kept'; readonly typed: string };
}

export function draftOf(event: AdverseEventView): AdverseEventDraft {
  return {
    category: event.category,
    severity: event.severity,
    seriousness: event.serious === null ? 'open' : event.serious.length === 0 ? 'no' : 'yes',
    criteria: event.serious ?? [],
    actions: event.actions,
    outcome: event.outcome,
    relatedness: event.relatedness,
    detail: event.detail ?? '',
    end: { kind: event.endedMs === null ? 'open' : 'kept', typed: '' },
  };
}

type DraftChanges =
  | { readonly ok: true; readonly changes: Changes }
  /** What the button waits for. */
  | { readonly ok: false; readonly waitsFor: string };

/** Only what differs from the first draft: what somebody else says meanwhile is not sent back as it was. */
export function changesOf(first: AdverseEventDraft, draft: AdverseEventDraft, now: RoomInstant): DraftChanges {
  if (draft.seriousness === 'yes' && draft.criteria.length === 0) return { ok: false, waitsFor: words.criterionMissing };
  const end = endOf(first, draft, now);
  if (typeof end === 'string') return { ok: false, waitsFor: end };
  const detail = draft.detail.trim() === '' ? null : draft.detail.trim();
  const firstDetail = first.detail === '' ? null : first.detail;
  const changes: Changes = {
    ...(draft.category === first.category ? {} : { category: draft.category }),
    ...(draft.severity === first.severity ? {} : { severity: draft.severity }),
    ...(sameSet(seriousOf(first), seriousOf(draft)) ? {} : { serious: seriousOf(draft) }),
    ...(sameSet(first.actions, draft.actions) ? {} : { actions: [...draft.actions] }),
    ...(draft.outcome === first.outcome ? {} : { outcome: draft.outcome }),
    ...(draft.relatedness === first.relatedness ? {} : { relatedness: draft.relatedness }),
    ...(detail === firstDetail ? {} : { detail }),
    ...end,
  };
  return Object.keys(changes).length === 0 ? { ok: false, waitsFor: words.unchanged } : { ok: true, changes };
}

/** The end as a change, or what is wrong with it. */
function endOf(first: AdverseEventDraft, { end }: AdverseEventDraft, now: RoomInstant): { endedMs?: UtcMs | null } | string {
  switch (end.kind) {
    case 'kept':
      return {};
    case 'open':
      return first.end.kind === 'open' ? {} : { endedMs: null };
    case 'now':
      return { endedMs: now.utcMs };
    case 'at': {
      // It has an end already, and no other one was typed.
      if (first.end.kind === 'kept' && end.typed.trim() === '') return {};
      const parsed = parseTimeOfDay(end.typed, now);
      if (parsed.ok) return { endedMs: parsed.utcMs };
      return parsed.why === 'not-yet' ? timeFieldText.notYet : timeFieldText.notATime[now.hours];
    }
  }
}

function seriousOf({ seriousness, criteria }: AdverseEventDraft): SeriousnessCriterion[] | null {
  return seriousness === 'open' ? null : seriousness === 'no' ? [] : [...criteria];
}

function sameSet(a: readonly string[] | null, b: readonly string[] | null): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((one) => b.includes(one));
}

/** Puts one into a list, or takes it out. */
export function toggled<T>(list: readonly T[], one: T, isIn: boolean): readonly T[] {
  return isIn ? [...list.filter((other) => other !== one), one] : list.filter((other) => other !== one);
}
