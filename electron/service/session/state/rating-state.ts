import { itemProblem } from '../../../../shared/clinical/instrument.ts';
import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { score, type Score } from '../../../../shared/clinical/scoring.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { AuditCut, SexForClinicalUse } from '../../../../shared/clinical/sex.ts';
import type { InstrumentId } from '../../../../shared/clinical/instrument-id.ts';
import type { notAssessableReasons, ratingModes } from '../../../../shared/contract/session-commands.ts';
import type { EventId, RatingId } from '../../../../shared/values/ids.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { fitProblem, type FitProblem } from './fit-problem.ts';
import type { EffectiveEvent } from './history.ts';
import type { Actor } from '../events/session-event.ts';

export interface RatingState {
  readonly ratingId: RatingId;
  /** Of the opening, or of the "not assessable" that stands alone. */
  readonly eventId: EventId;
  readonly instrument: InstrumentId;
  readonly instrumentVersion: string;
  readonly mode: (typeof ratingModes)[number];
  readonly textPackHash: string | null;
  /** Clinical time: when it was begun. */
  readonly atMs: UtcMs;
  readonly enteredMs: UtcMs;
  readonly late: boolean;
  readonly amendedFromMs: UtcMs | null;
  readonly actor: Actor;
  readonly state: 'open' | 'finished' | 'not-assessable';
  readonly notAssessable: (typeof notAssessableReasons)[number] | null;
  /** In the order of the instrument's items; null is open. */
  readonly items: readonly (number | null)[];
  readonly score: Score;
}

/** What the cuts of a session rest on beside the answers. */
export function scoringOf({ sex }: Sexed, { auditCut }: Pick<Protocol, 'auditCut'>): { sex: SexForClinicalUse | null; auditCut: AuditCut } {
  return { sex: sex?.sex ?? null, auditCut };
}

/** With the cuts that hold for this patient and in this clinic: a fold knows neither. */
export function scoreOf({ instrument, items }: RatingState, state: Sexed, protocol: Pick<Protocol, 'auditCut'>): Score {
  return score(instruments[instrument], items, scoringOf(state, protocol));
}

interface Sexed {
  readonly sex: { readonly sex: SexForClinicalUse } | null;
}

type RatingDraft = { -readonly [K in keyof Omit<RatingState, 'score' | 'items'>]: RatingState[K] } & {
  items: (number | null)[];
  finish: EffectiveEvent | null;
};

/**
 * Folds the ratings of a history. Within a rating the order is that of recording: answers are edits of one sheet, and
 * correcting when the sheet was begun must not shuffle them. Answers of a rating that was undone are left out.
 */
export function foldRatings(history: readonly EffectiveEvent[], problems: FitProblem[]): readonly RatingState[] {
  const drafts = new Map<RatingId, RatingDraft>();
  for (const entry of history.toSorted((a, b) => a.event.seq - b.event.seq)) evolveRatings(drafts, entry);
  const ratings: RatingState[] = [];
  for (const { finish, ...draft } of drafts.values()) {
    const instrument = instruments[draft.instrument];
    const result = score(instrument, draft.items);
    if (finish !== null && result.status !== 'complete') {
      const open = result.missing.join(', ');
      problems.push(
        fitProblem(finish, 'RATING_INCOMPLETE', `item ${open} of ${instrument.name} would be open`, `Answer item ${open} first`),
      );
    }
    ratings.push({ ...draft, score: result });
  }
  return ratings.sort((a, b) => a.atMs - b.atMs);
}

function evolveRatings(drafts: Map<RatingId, RatingDraft>, entry: EffectiveEvent): void {
  const { event } = entry;
  switch (event.kind) {
    case 'rating-opened':
      drafts.set(event.body.ratingId, {
        ...blank(entry, event.body.instrument),
        ratingId: event.body.ratingId,
        instrumentVersion: event.body.instrumentVersion,
        mode: event.body.mode,
        textPackHash: event.body.textPackHash,
      });
      return;
    case 'item-answered': {
      const draft = drafts.get(event.body.ratingId);
      if (draft === undefined) return;
      const { item, value } = event.body;
      const index = instruments[draft.instrument].items.findIndex((candidate) => candidate.number === item);
      const fits = value === null || itemProblem(instruments[draft.instrument], item, value) === null;
      if (index >= 0 && fits) draft.items[index] = value;
      return;
    }
    case 'rating-finished': {
      const draft = drafts.get(event.body.ratingId);
      if (draft === undefined) return;
      draft.state = 'finished';
      draft.finish = entry;
      return;
    }
    case 'rating-not-assessable': {
      const draft = drafts.get(event.body.ratingId) ?? { ...blank(entry, event.body.instrument), ratingId: event.body.ratingId };
      draft.state = 'not-assessable';
      draft.notAssessable = event.body.reason;
      drafts.set(event.body.ratingId, draft);
      return;
    }
    default:
      // Every other kind is no part of a rating.
      return;
  }
}

function blank(entry: EffectiveEvent, instrument: InstrumentId): RatingDraft {
  return {
    ratingId: entry.event.eventId,
    eventId: entry.event.eventId,
    instrument,
    instrumentVersion: instruments[instrument].version,
    mode: 'observer',
    textPackHash: null,
    atMs: entry.atMs,
    enteredMs: entry.event.recorded.utcMs,
    late: entry.late,
    amendedFromMs: entry.amendedFromMs,
    actor: entry.event.actor,
    state: 'open',
    notAssessable: null,
    items: instruments[instrument].items.map(() => null),
    finish: null,
  };
}
