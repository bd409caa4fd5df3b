import type { NewEvent, SessionEventKind } from '../../electron/service/session/events/session-event.ts';
import { PlayedSession } from '../session/played-session.ts';
import { aboutId, eventSamples } from './event-samples.ts';

/** Any event can carry answers to what was doubtful about it. */
const answered = [
  {
    key: 'typed-doubt',
    words: 'typed more than ordered',
    reason: 'typed skunk',
    needs: 'prescriber',
    by: { personId: 'b0000000-0000-7000-8000-000000000009', name: 'Paula Prescriber' },
  },
] as const;
const metMeanwhile = [{ key: 'typed-criterion', words: 'typed as met when the answer came', reason: 'typed otter' }] as const;
export const bodyOf = (kind: SessionEventKind): object => ({ ...eventSamples[kind].body, answered, metMeanwhile });

/** A session with that one event in it, and what it needs before it; undone or moved to another time where that is asked. */
export function sessionWith(kind: SessionEventKind, then: 'holds' | 'undone' | 'moved'): PlayedSession {
  const session = new PlayedSession().at(-40);
  const opened = eventSamples['session-opened'].body;
  session.append([{ kind: 'session-opened', body: kind === 'session-opened' ? opened : { ...opened, patientName: 'Somebody' } }]);
  const [observed] = session.append([{ kind: 'observation-recorded', body: { text: 'first words', chips: [] } }]);
  const eventId = observed?.eventId ?? '';
  if (kind === 'session-opened') return session;
  const ground = session.append(before(kind)).at(-1);
  const isWordCorrection = kind === 'gift-corrected' || kind === 'vitals-corrected' || kind === 'volume-left-corrected';
  const aboutEventId = isWordCorrection ? (ground?.eventId ?? '') : eventId;
  const body = JSON.parse(JSON.stringify(bodyOf(kind)).replaceAll(aboutId, aboutEventId)) as never;
  const isAboutGround = kind === 'adverse-event-updated' || isWordCorrection;
  const superseded = isAboutGround ? ground?.eventId : 'eventId' in eventSamples[kind].body ? eventId : undefined;
  const about = superseded === undefined ? {} : { supersedes: superseded };
  const [event] = session.append([{ kind, body, ...about } as NewEvent<SessionEventKind>]);
  const supersedes = event?.eventId ?? '';
  if (then === 'undone') session.append([{ kind: 'event-undone', body: { eventId: supersedes, reason: 'typed vole' }, supersedes }]);
  if (then === 'moved') {
    const to = { utcMs: session.nowMs - 7 * 60_000, offsetMin: -300 };
    session.append([{ kind: 'time-corrected', body: { eventId: supersedes, to, reason: 'typed vole' }, supersedes }]);
  }
  return session;
}

function before(kind: SessionEventKind): NewEvent<SessionEventKind>[] {
  const { 'rating-opened': rating, 'adverse-event-recorded': adverse } = eventSamples;
  if (kind === 'item-answered' || kind === 'rating-finished')
    return [{ kind: 'rating-opened', body: { ...rating.body, lateReason: undefined } }];
  if (kind === 'adverse-event-updated') return [{ kind: 'adverse-event-recorded', body: { ...adverse.body, detail: undefined } }];
  // Of these only what it is called and how much it was: what they say is to come from their correction.
  if (kind === 'gift-corrected') {
    const body = { number: 1, ug: 40_000, ul: 800, vial: { ug: 50_000, ul: 1000 }, site: 'deltoid', side: 'left', lot: 'K-1' } as const;
    return [{ kind: 'injection-given', body }];
  }
  if (kind === 'vitals-corrected') return [{ kind: 'vitals-entered', body: { values: { spo2: 99 } } }];
  if (kind === 'volume-left-corrected') return [{ kind: 'dose-completed', body: { deliveredUg: 39_700 } }];
  return [];
}
