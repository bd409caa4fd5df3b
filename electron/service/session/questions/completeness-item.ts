import type { Actor } from '../events/session-event.ts';

export const completenessKinds = [
  'missing',
  'slot',
  'order',
  'rating-open',
  'safety-flag',
  'excursion',
  'adverse-event',
  'waste',
  'late-entry',
  'gap',
] as const;
export type CompletenessKind = (typeof completenessKinds)[number];

/** One point of the check before signing. */
export interface CompletenessItem {
  readonly key: string;
  readonly kind: CompletenessKind;
  readonly label: string;
  readonly detail: string;
  readonly atMs: number | null;
  /** What it asks of the person who signs: a reason why not, what was done, or only to be seen. */
  readonly asks: 'reason' | 'what-was-done' | 'nothing';
  /** What was answered; null while it is open. */
  readonly closed: { readonly reason: string; readonly atMs: number; readonly by: Actor } | null;
}

/** As found, before anybody answered it. */
export type OpenPoint = Omit<CompletenessItem, 'closed'>;
