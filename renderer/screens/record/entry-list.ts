import { detailLines } from '../../../shared/clinical/observation-words.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import type { UtcMs } from '../../../shared/values/instant.ts';
import { ratingTitle } from '../../components/recorded-marks.ts';
import { recordText } from '../../text/record.ts';

export type EntryKind = 'milestone' | 'dose' | 'rating' | 'note' | 'cuff' | 'gap' | 'beyond' | 'signing';

/** What an entry said before somebody put it right, or that it was undone: who, when and why. */
export interface EarlierVersion {
  readonly key: string;
  /** What no longer holds: a clinical time or words; null where that is the entry itself, or nothing was replaced. */
  readonly said: { readonly atMs: UtcMs } | { readonly words: string } | null;
  readonly what: string;
  readonly by: string | null;
  readonly recordedMs: UtcMs;
  readonly reason: string | null;
  /** The change itself was undone. */
  readonly undone: boolean;
}

/** One line of a record. What is late or amended stays marked for ever. */
export interface RecordLine {
  readonly key: string;
  readonly kind: EntryKind;
  readonly atMs: UtcMs;
  readonly title: string;
  readonly detail: string | null;
  readonly by: string | null;
  /** When it was entered, where that was late. */
  readonly lateEnteredMs: UtcMs | null;
  readonly amendedFromMs: UtcMs | null;
  /** Until when, for a stretch; null where it has no end or is a moment. */
  readonly toMs: UtcMs | null;
  /** It counts for nothing any more. */
  readonly undone: boolean;
  /** The version that it was added in by an amendment; null where it stood in the first. */
  readonly addedIn: number | null;
  readonly earlier: readonly EarlierVersion[];
  /** How it can be put right; null where it cannot, as what a monitor said. */
  readonly correction: 'timed' | 'untimed' | 'observation' | null;
  /** No therapist puts it right. */
  readonly clinical?: true | undefined;
}

export const asMade = { undone: false, addedIn: null, earlier: [], correction: null } as const;
const moment = { lateEnteredMs: null, amendedFromMs: null, toMs: null, ...asMade } as const;

/** Everything that was recorded, by clinical time. Readings of the line are not here: they are the timeline. */
export function recordEntries(session: SessionView): RecordLine[] {
  return [
    ...markEntries(session),
    ...ratingEntries(session),
    ...noteEntries(session),
    ...cuffEntries(session),
    ...gapEntries(session),
  ].toSorted((a, b) => a.atMs - b.atMs);
}

function markEntries(session: SessionView): RecordLine[] {
  return session.marks.map((mark) => ({
    key: mark.eventId,
    kind: mark.kind === 'dose' ? 'dose' : 'milestone',
    atMs: mark.atMs,
    title: mark.label,
    detail: mark.detail,
    by: mark.by,
    lateEnteredMs: mark.late ? mark.enteredMs : null,
    amendedFromMs: mark.amendedFromMs,
    toMs: null,
    ...asMade,
    correction: mark.kind === 'clock' ? null : mark.kind === 'pump-confirmed' ? 'untimed' : 'timed',
    clinical: mark.clinical,
  }));
}

function ratingEntries(session: SessionView): RecordLine[] {
  return session.ratings.map((rating) => ({
    ...moment,
    key: rating.eventId,
    kind: 'rating',
    atMs: rating.atMs,
    title: ratingTitle(rating),
    detail: rating.band,
    by: rating.by,
    correction: 'timed',
  }));
}

function noteEntries(session: SessionView): RecordLine[] {
  return session.observations.map((observation) => {
    const chips = observation.chips.map((chip) => chip.chip).join(', ');
    const text = observation.text === '' ? null : observation.text;
    const said = [...(text === null || chips === '' ? [] : [chips]), ...detailLines(observation.details)];
    return {
      key: observation.eventId,
      kind: 'note',
      atMs: observation.atMs,
      title: text ?? (chips === '' ? recordText.entries.noteOnly : chips),
      detail: said.length === 0 ? null : said.join(' · '),
      by: observation.by,
      lateEnteredMs: observation.late ? observation.enteredMs : null,
      amendedFromMs: observation.amendedFromMs,
      toMs: null,
      ...asMade,
      correction: 'observation',
    };
  });
}

function cuffEntries(session: SessionView): RecordLine[] {
  const words = recordText.entries;
  return session.cuffReadings.map((reading) => {
    const parts = [
      ...(reading.mean === null ? [] : [words.mean(String(reading.mean))]),
      ...(reading.byHand ? [words.byHand] : []),
      ...(reading.artefact === true ? [words.artefact] : []),
    ];
    return {
      ...moment,
      key: `cuff-${reading.atMs}`,
      kind: 'cuff',
      atMs: reading.atMs,
      title: words.pressure(`${reading.sys}/${reading.dia}`),
      detail: parts.length === 0 ? null : parts.join(' · '),
      by: null,
      // It stays, struck through.
      undone: reading.artefact === true,
    };
  });
}

function gapEntries(session: SessionView): RecordLine[] {
  return session.gaps.map((gap) => ({
    ...moment,
    key: `gap-${gap.fromMs}`,
    kind: 'gap',
    atMs: gap.fromMs,
    title: recordText.entries.gap(gap.cause),
    detail: null,
    by: null,
    toMs: gap.toMs,
  }));
}
