import type { Protocol } from '../../shared/clinical/protocol.ts';
import { builtInProtocols } from '../../shared/clinical/protocol-directory.ts';
import { reach } from '../support/reach-milestone.ts';
import { PlayedSession } from './played-session.ts';

export const remoteFacts = {
  type: 'record-remote-facts',
  locationAddress: '12 Elm Street',
  emergencyContact: 'sister, 555 0101',
  sitterName: 'A. Sitter',
  callBackNumber: '555 0102',
  videoOn: true,
} as const;
/** The built-in protocol of a route. */
export function protocolOf(route: Protocol['route']): Protocol {
  const found = builtInProtocols.find((protocol) => protocol.route === route);
  if (found === undefined) throw new Error(`no protocol for ${route}`);
  return found;
}

/** A session of that route, with everything before its dose but the order's own checks. */
export function ready(route: Exclude<Protocol['route'], 'iv'>, kg = 68): PlayedSession {
  const session = new PlayedSession();
  session.protocol = protocolOf(route);
  session.openSession().at(-10);
  session.do({ type: 'record-weight', value: kg, unit: 'kg', again: { value: kg, unit: 'kg' } });
  if (route === 'im') session.do({ type: 'order-injection', mgPerKg: 1, mgPerMl: 50, secondMgPerKg: 0.5, standingOrder: true });
  if (route === 'intranasal') session.do({ type: 'order-devices', mg: 84, standingOrder: true });
  if (route === 'sublingual') {
    session.do({ type: 'order-lozenges', lozenges: 1.5, standingOrder: true });
    session.do(remoteFacts);
  }
  session.do({ type: 'enter-vitals', values: { 'nibp-sys': 122, 'nibp-dia': 78 } });
  for (const { milestone, beforeDose } of session.protocol.milestones) {
    const isDone = session.open.milestones.some((entry) => entry.milestone === milestone);
    if (beforeDose && !isDone) session.do(reach(milestone));
  }
  return session.at(0);
}
