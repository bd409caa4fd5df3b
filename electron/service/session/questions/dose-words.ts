import { deliveredUg, leftInAllBags, leftInBagBefore, type DoseAmount } from '../../../../shared/clinical/dosing.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { fromThousandths, showMilli, showShort } from '../../../../shared/values/quantity.ts';
import type { DoseState } from '../state/dose-state.ts';
import type { SessionState } from '../state/session-state.ts';
import { entryContent, eventLabel } from '../events/event-words.ts';
import { entryReasons } from './entry-reasons.ts';
import { joined, readAtPump } from '../events/entry-words.ts';
import { isBagEnd } from '../state/left-in-bag.ts';
import type { SessionEvent } from '../events/session-event.ts';

/** Worked out; what was set or read has its own decimals. */
const about = (thousandths: number): string => showShort(fromThousandths(thousandths), 2);
const left = ({ ug, ul }: DoseAmount): string => `${about(ul)} mL (${about(ug)} mg)`;

/** How the dose stands, in a word; before it begins, whether an infusion was ordered. */
export function doseStatusOf({ dose, order }: Pick<SessionState, 'dose' | 'order'>) {
  return dose.status === 'none' ? (order === null ? 'not-ordered' : 'ordered') : dose.status;
}

/** What an entry is called, and what it said, as the dose stands now. */
export function currentLabel(event: SessionEvent, dose: DoseState): string {
  return stopLabel(event, dose) ?? eventLabel(event);
}

export function currentContent(event: SessionEvent, atMs: UtcMs, dose: DoseState): string | null {
  return doseDetail(event, atMs, dose) ?? entryContent(event);
}

/** With every reason that was given for it. */
export function currentDetail(event: SessionEvent, atMs: UtcMs, dose: DoseState): string | null {
  return joined(currentContent(event, atMs, dose), ...entryReasons(event));
}

/**
 * What a correction of what an entry says takes the place of: of a bag that came off what was read as left in it, null
 * where nothing was; of any other entry all that it said.
 */
export function replacedWords(event: SessionEvent, contentOf: (event: SessionEvent) => string | null): string | null {
  return isBagEnd(event) ? readAtPump(event.body.volumeLeftUl) : joined(eventLabel(event), contentOf(event));
}

/**
 * What an act of the dose came to, by the dose as it stands now: a corrected start moves these figures, too. What a
 * person read stands beside what was worked out. Null for events whose figures are their own.
 */
function doseDetail(event: SessionEvent, atMs: UtcMs, { route, timeline }: DoseState): string | null {
  switch (event.kind) {
    case 'bag-changed': {
      const { rateUlPerHour, volumeLeftUl } = event.body;
      const old = `${left(leftInBagBefore(timeline, atMs))} left in the old bag by calculation`;
      return joined(`${showMilli(rateUlPerHour)} mL/h`, old, readAtPump(volumeLeftUl));
    }
    case 'dose-completed':
    case 'dose-stopped-early': {
      const { body } = event;
      const why = 'reason' in body ? [body.reason.replaceAll('-', ' '), ...(body.detail === undefined ? [] : [body.detail])] : [];
      const ug = deliveredUg(timeline, atMs);
      const given = `${timeline.segments.length === 0 ? showMilli(ug) : about(ug)} mg given`;
      if (route !== null && route !== 'iv') return [...why, given].join(' · ');
      const rest = `${left(leftInAllBags(timeline, atMs))} left by calculation`;
      return joined(...why, given, rest, readAtPump(body.volumeLeftUl));
    }
    default:
      return null;
  }
}

/** "Stopped early" is said of a pump; of what goes in whole, that no more of it will. */
function stopLabel(event: SessionEvent, { route }: Pick<DoseState, 'route'>): string | null {
  if (event.kind !== 'dose-stopped-early') return null;
  if (route === 'im') return 'No second injection';
  return route === 'intranasal' ? 'No further device' : null;
}
