import { builtInProtocols } from '../../shared/clinical/protocol-directory.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import type { RoomBoard } from '../../shared/contract/board/room-board.ts';
import { sessionView } from '../../electron/service/projection/session-view.ts';
import { goldenBoard } from '../fixtures/boards/golden-board.ts';
import { PlayedSession, offsetMin } from '../session/played-session.ts';
import { reach } from '../support/reach-milestone.ts';

/** Sessions by the other routes, played by the rules themselves: `im-ordered`, `intranasal-running`, … */
/** `unchecked`: begun without identity, double-check and the rest of the list. */
export const routeStates = ['opened', 'ordered', 'unchecked', 'ready', 'running'] as const;
export type RouteState = (typeof routeStates)[number];
type Route = Exclude<Protocol['route'], 'iv'>;
export const playedRoutes: readonly Route[] = ['im', 'intranasal', 'sublingual'];

/** null for a state that no route is played for. */
export function routeBoard(asked: string): RoomBoard | null {
  const [route, state] = asked.split('-');
  const played = playedRoutes.find((one) => one === route);
  const reached = routeStates.find((one) => one === state);
  return played === undefined || reached === undefined ? null : boardOf(played, reached);
}

function boardOf(route: Route, state: RouteState): RoomBoard {
  const session = playUpTo(route, state);
  const board = goldenBoard({ state: 'empty' });
  return {
    ...board,
    clock: { now: { utcMs: session.nowMs, offsetMin }, rate: 1, computerOffsetMin: offsetMin },
    session: sessionView(session.open, {
      protocol: session.protocol,
      cuffs: [],
      offsetMin,
      nowMs: session.nowMs,
      monitorLive: true,
      privateMarksShown: true,
      nameOf: () => 'Nurse',
    }),
  };
}

function playUpTo(route: Route, state: RouteState): PlayedSession {
  const session = new PlayedSession();
  const protocol = builtInProtocols.find((one) => one.route === route);
  if (protocol === undefined) throw new Error(`no protocol for ${route}`);
  session.protocol = protocol;
  session.openSession().at(-10);
  if (state === 'opened') return session;
  session.do({ type: 'record-weight', value: 148, unit: 'kg', again: { value: 148, unit: 'kg' } });
  order(session, route);
  if (state === 'ordered') return session;
  if (state === 'unchecked') {
    session.at(0);
    give(session, route);
    return session.at(6);
  }
  for (const { milestone, beforeDose } of protocol.milestones) {
    const isDone = session.open.milestones.some((entry) => entry.milestone === milestone);
    if (beforeDose && !isDone) session.do(reach(milestone));
  }
  session.at(0);
  if (state === 'ready') return session;
  give(session, route);
  return session.at(26.5);
}

function order(session: PlayedSession, route: Route): void {
  if (route === 'im') session.insist({ type: 'order-injection', mgPerKg: 1, mgPerMl: 50, secondMgPerKg: 0.5, standingOrder: true });
  if (route === 'intranasal') session.insist({ type: 'order-devices', mg: 84, standingOrder: true });
  if (route !== 'sublingual') return;
  session.insist({ type: 'order-lozenges', lozenges: 1.5, standingOrder: true });
  session.do({
    type: 'record-remote-facts',
    locationAddress: '12 Elm Street, Apartment 14, Newark',
    emergencyContact: 'sister, 555 0101',
    sitterName: 'Anneliese-Charlotte Sitter',
    callBackNumber: '555 0102',
    videoOn: true,
  });
}

function give(session: PlayedSession, route: Route): void {
  if (route === 'im') session.insist({ type: 'give-injection', site: 'deltoid', side: 'left', lot: 'K-114' });
  if (route === 'intranasal') session.insist({ type: 'give-device', lot: 'E-220' });
  if (route === 'sublingual') session.insist({ type: 'place-lozenge' });
}
