import type { z } from 'zod';
import type { RecordRow, TickKind } from '../../../../shared/contract/session-view/entry-marks.ts';

/** Puts a moment into words as the room's clock showed it. */
export type ClockWords = (utcMs: number) => string;

/** Everything that is particular to one kind of event, beside its schema. Whatever lists events reads it from here. */
export interface EventDefinition<S extends z.ZodObject> {
  readonly body: S;
  /** What it is called on the timeline and in a refusal that names it. */
  readonly label: (body: z.output<S>) => string;
  /**
   * What it said beyond its label; null where the label says it all. What a person typed or decided is in these words or
   * in the label, because the record, the print and the exports have no others.
   */
  readonly detail: (body: z.output<S>, clock: ClockWords, occurredMs: number) => string | null;
  readonly tick: TickKind | null;
  /** null: another entry or the timeline says it. */
  readonly row: RecordRow | null;
  /** Recorded by one tap: its undo stands in that button for some seconds. */
  readonly undoInButton: boolean;
  /**
   * `timed`: it can be undone, and moved to another clinical time. `untimed`: it has no clinical time that a person could
   * have got wrong. `never`: the room wrote it by itself; it is a fact and no entry of a person.
   */
  readonly correctable: 'timed' | 'untimed' | 'never';
  /** Whether a therapist can make such an entry, and so undo it or correct its time. */
  readonly ofTherapist: (body: z.output<S>) => boolean;
  /** Part of what a signature covers. */
  readonly inRecord: boolean;
}

export type AnyEventDefinition = EventDefinition<z.ZodObject>;

/** Of one kind of event: its stored form, and what is particular to it. */
export function event<S extends z.ZodObject>(body: S, particulars: Omit<EventDefinition<S>, 'body'>): EventDefinition<S> {
  return { body, ...particulars };
}

/** How an entry stands among the others: all but its words. */
type Presentation = Omit<AnyEventDefinition, 'body' | 'label' | 'detail'>;

const never = (): boolean => false;
const always = (): boolean => true;

/** Nothing beyond the label. */
export const noDetail = (): null => null;

const onTimeline = (as: RecordRow['as']): RecordRow => ({ as, alone: false, correction: 'timed' });
const alone = (as: RecordRow['as'], correction: RecordRow['correction']): RecordRow => ({ as, alone: true, correction });

/** Drug that goes in, or how it goes in: one tap, a tick and a line of its own. */
export const doseAct = {
  tick: 'dose',
  row: onTimeline('dose'),
  undoInButton: true,
  correctable: 'timed',
  ofTherapist: never,
  inRecord: true,
} as const;

/** What one tap records of a session beside its dose. */
export function tapped(tick: TickKind, by: 'clinical' | 'all'): Presentation {
  return {
    tick,
    row: onTimeline('milestone'),
    undoInButton: true,
    correctable: 'timed',
    ofTherapist: by === 'all' ? always : never,
    inRecord: true,
  };
}

/** A fact that is said in a card or a sheet: a tick and a line, and no undo in a button. */
export function stated(tick: TickKind, correction: RecordRow['correction'] = 'timed'): Presentation {
  const row = { as: 'milestone', alone: false, correction } as const;
  return { tick, row, undoInButton: false, correctable: correction ?? 'never', ofTherapist: never, inRecord: true };
}

/** Without a tick: a line in the list of the record says it. */
export function listed(as: RecordRow['as'], correction: RecordRow['correction'], by: 'clinical' | 'all' = 'clinical'): Presentation {
  const correctable = correction ?? 'untimed';
  return {
    tick: null,
    row: alone(as, correction),
    undoInButton: false,
    correctable,
    ofTherapist: by === 'all' ? always : never,
    inRecord: true,
  };
}

/** Drawn where it belongs on the timeline, with a line of its own only where it was undone. */
export function drawn(as: RecordRow['as']): Presentation {
  return { tick: null, row: onTimeline(as), undoInButton: false, correctable: 'timed', ofTherapist: always, inRecord: true };
}

/** Said within another entry's line. */
export function within(by: 'clinical' | 'all'): Presentation {
  return { tick: null, row: null, undoInButton: false, correctable: 'untimed', ofTherapist: by === 'all' ? always : never, inRecord: true };
}

/** Noted by the room itself, and drawn by the timeline. */
export const ofRoom = { tick: null, row: null, undoInButton: false, correctable: 'never', ofTherapist: never, inRecord: true } as const;

/** Of the private side: it stands in the chain, and no signature covers it. */
export const ofPrivateSide = {
  tick: null,
  row: null,
  undoInButton: false,
  correctable: 'never',
  ofTherapist: never,
  inRecord: false,
} as const;
