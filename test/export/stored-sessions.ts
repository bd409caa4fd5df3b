import { builtInProtocols } from '../../shared/clinical/protocol-directory.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import { sessionEventBodies, type SessionEvent, type SessionEventKind } from '../../electron/service/session/events/session-event.ts';
import { PlayedSession } from '../session/played-session.ts';
import { reach } from '../support/reach-milestone.ts';
import { playGoldenSession } from './golden-material.ts';
import { sessionWith } from './session-with-event.ts';

/** What the stored records are records of: one session of each route as it is played, and one with each kind of event. */
export function* sessionsToStore(): Generator<{ readonly title: string; readonly log: readonly SessionEvent[] }> {
  yield { title: 'golden', log: playGoldenSession().log };
  for (const route of ['im', 'intranasal', 'sublingual'] as const) yield { title: route, log: playedBy(route).log };
  for (const kind of Object.keys(sessionEventBodies) as SessionEventKind[]) {
    yield { title: `${kind}, holds`, log: sessionWith(kind, 'holds').log };
    if (kind !== 'session-opened' && !isAboutAnEntry(kind)) {
      yield { title: `${kind}, undone`, log: sessionWith(kind, 'undone').log };
      yield { title: `${kind}, moved`, log: sessionWith(kind, 'moved').log };
    }
  }
}

function isAboutAnEntry(kind: SessionEventKind): boolean {
  return 'eventId' in sessionEventBodies[kind].shape;
}

const injection = { type: 'give-injection', site: 'deltoid', side: 'left', lot: 'K-114' } as const;

function playedBy(route: Exclude<Protocol['route'], 'iv'>): PlayedSession {
  const session = new PlayedSession();
  session.protocol = builtInProtocols.find((protocol) => protocol.route === route) ?? session.protocol;
  session.openSession().at(-10);
  session.do({ type: 'record-weight', value: 68, unit: 'kg', again: { value: 68, unit: 'kg' } });
  if (route === 'im') session.do({ type: 'order-injection', mgPerKg: 1, mgPerMl: 50, secondMgPerKg: 0.5, standingOrder: true });
  if (route === 'intranasal') session.do({ type: 'order-devices', mg: 84, standingOrder: true });
  if (route === 'sublingual') {
    session.do({ type: 'order-lozenges', lozenges: 1.5, standingOrder: true });
    session.do({
      type: 'record-remote-facts',
      locationAddress: '12 Elm Street',
      emergencyContact: 'sister, 555 0101',
      sitterName: 'A. Sitter',
      callBackNumber: '555 0102',
      videoOn: true,
    });
  }
  session.do({ type: 'enter-vitals', values: { 'nibp-sys': 122, 'nibp-dia': 78 } });
  for (const { milestone, beforeDose } of session.protocol.milestones) {
    const isDone = session.open.milestones.some((entry) => entry.milestone === milestone);
    if (beforeDose && !isDone) session.do(reach(milestone));
  }
  session.at(0);
  if (route === 'im') {
    session.do(injection);
    session.at(15).do({ ...injection, side: 'right' });
  }
  if (route === 'intranasal') {
    session.do({ type: 'give-device', lot: 'L-1' });
    session.at(5).do({ type: 'give-device', lot: 'L-1' });
    session.at(11).do({ type: 'stop-dose-early', reason: 'patient-asked' });
  }
  if (route === 'sublingual') {
    session.insist({ type: 'place-lozenge' });
    session.at(15).do({ type: 'expel-lozenge' });
  }
  session.at(95).do({
    type: 'record-observation',
    text: 'Calm, speaks of the sea.',
    chips: [{ group: 'affect', chip: 'calm' }],
    begunAt: session.nowMs,
  });
  session.at(130).do({ type: 'end-session', reason: 'screening is on paper' });
  return session;
}
