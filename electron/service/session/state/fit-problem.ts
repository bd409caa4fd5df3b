import type { Refusal, RefusalCode } from '../../../../shared/contract/contract-errors.ts';
import type { EventId } from '../../../../shared/values/ids.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { eventLabel } from '../events/event-words.ts';
import type { EffectiveEvent } from './history.ts';
import { shown } from '../events/shown-event.ts';

/** An event that does not fit into the history where it stands. A log written through the decisions has none. */
export interface FitProblem {
  readonly eventId: EventId;
  readonly code: RefusalCode;
  /** `Paused 10:10` */
  readonly what: string;
  /** Half a sentence, small first letter. */
  readonly because: string;
  /** What to do, a sentence without its full stop. */
  readonly remedy: string;
}

export function fitProblem(entry: EffectiveEvent, code: RefusalCode, because: string, remedy: string): FitProblem {
  return {
    eventId: entry.event.eventId,
    code,
    what: `${eventLabel(shown(entry.event))} ${writtenMinute(entry.occurred)}`,
    because,
    remedy,
  };
}

/** The problem as a refusal of the event it is about. */
export function refusalOfNew(problem: FitProblem): Refusal {
  const because = problem.because.charAt(0).toUpperCase() + problem.because.slice(1);
  return { code: problem.code, message: `${because}. ${problem.remedy}.` };
}

/** The problem as a refusal of a change that would leave an earlier entry without its ground. */
export function refusalOfChange(problem: FitProblem): Refusal {
  return {
    code: problem.code,
    message: `"${problem.what}" would no longer fit, because ${problem.because}. Undo or correct that entry first.`,
    subject: problem.eventId,
  };
}
