import type { EffectiveEvent } from './history.ts';
import type { EventBody, SessionEvent, SessionEventKind } from '../events/session-event.ts';
import type { Entry } from './entry.ts';

type Said<K extends SessionEventKind> = EventBody<K> & Entry;

/** What was said about going home, and who handed over to whom. */
export interface DischargeState {
  /** By criterion, the newest. */
  readonly confirmed: ReadonlyMap<string, Said<'criterion-confirmed'>>;
  readonly overrides: ReadonlyMap<string, Said<'criterion-overridden'>>;
  readonly escort: Said<'escort-recorded'> | null;
  readonly assessed: Said<'discharge-assessed'> | null;
  readonly leftAgainstAdvice: Said<'left-against-advice'> | null;
  readonly handovers: readonly Said<'handover-recorded'>[];
}

/** @param history what holds, in clinical sequence */
export function foldDischarge(history: readonly EffectiveEvent[]): DischargeState {
  const confirmed = new Map<string, Said<'criterion-confirmed'>>();
  const overrides = new Map<string, Said<'criterion-overridden'>>();
  let escort: DischargeState['escort'] = null;
  let assessed: DischargeState['assessed'] = null;
  let leftAgainstAdvice: DischargeState['leftAgainstAdvice'] = null;
  const handovers: Said<'handover-recorded'>[] = [];
  for (const entry of history) {
    const { event } = entry;
    if (event.kind === 'criterion-confirmed') confirmed.set(event.body.criterion, { ...event.body, ...entryOf(entry, event) });
    else if (event.kind === 'criterion-overridden') overrides.set(event.body.criterion, { ...event.body, ...entryOf(entry, event) });
    else if (event.kind === 'escort-recorded') escort = { ...event.body, ...entryOf(entry, event) };
    else if (event.kind === 'discharge-assessed') assessed = { ...event.body, ...entryOf(entry, event) };
    else if (event.kind === 'left-against-advice') leftAgainstAdvice = { ...event.body, ...entryOf(entry, event) };
    else if (event.kind === 'handover-recorded') handovers.push({ ...event.body, ...entryOf(entry, event) });
  }
  return { confirmed, overrides, escort, assessed, leftAgainstAdvice, handovers };
}

function entryOf({ atMs, late, amendedFromMs }: EffectiveEvent, { eventId, recorded, actor }: SessionEvent): Entry {
  return { eventId, atMs, enteredMs: recorded.utcMs, late, amendedFromMs, actor };
}
