import type { Protocol } from '../../shared/clinical/protocol.ts';
import { builtInProtocols } from '../../shared/clinical/protocol-directory.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
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

type Route = Protocol['route'];

/** What is ordered by a route where a test does not say. */
const usualOrders: Readonly<Record<Route, SessionCommandInput>> = {
  iv: { type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true },
  im: { type: 'order-injection', mgPerKg: 1, mgPerMl: 50, secondMgPerKg: 0.5, standingOrder: true },
  intranasal: { type: 'order-devices', mg: 84, standingOrder: true },
  sublingual: { type: 'order-lozenges', lozenges: 1.5, standingOrder: true },
};

/** Open, with a weight, and with the facts of whoever is treated at home. */
export function weighed(protocol: Protocol, kg: number): PlayedSession {
  const session = new PlayedSession();
  session.protocol = protocol;
  session.openSession().at(-10);
  session.do({ type: 'record-weight', value: kg, unit: 'kg', again: { value: kg, unit: 'kg' } });
  if (protocol.route === 'sublingual') session.do(remoteFacts);
  return session;
}

/** Ordered and checked, at the moment of the dose. */
export function ready(route: Route, { kg = 68, order = usualOrders[route] } = {}): PlayedSession {
  const session = weighed(protocolOf(route), kg);
  session.insist(order);
  session.do({ type: 'enter-vitals', values: { 'nibp-sys': 122, 'nibp-dia': 78 } });
  for (const { milestone, beforeDose } of session.protocol.milestones) {
    const isDone = session.open.milestones.some((entry) => entry.milestone === milestone);
    if (beforeDose && !isDone) session.do(reach(milestone));
  }
  return session.at(0);
}
