import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { RoomAction } from '../../../../shared/contract/room-board.ts';
import { startWords } from '../events/route-words.ts';
import type { SessionState } from '../state/session-state.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';

type ActionType = Exclude<RoomAction['action']['type'], 'milestone'>;

const startTypes = {
  iv: 'start-dose',
  im: 'give-injection',
  intranasal: 'give-device',
  sublingual: 'place-lozenge',
} as const satisfies Record<Protocol['route'], ActionType>;

/** The act that starts the dose of this protocol, with what it still waits for. */
export function startActionOf(state: SessionState, { route }: Protocol, waitsFor: string | null, doubtful = false): RoomAction {
  // What asks for a lot number opens a sheet, and its name says so.
  const label = route === 'iv' ? startWords[route] : `${startWords[route]}…`;
  return { action: { type: startTypes[route] }, label, hint: orderHint(state), waitsFor, ...(doubtful ? { doubtful: true } : {}) };
}

function orderHint({ order, routeOrder }: SessionState): string {
  if (routeOrder === null) return order === null ? '' : `${showMilli(order.doseUg)} mg at ${showMilli(order.rateUlPerHour)} mL/h`;
  switch (routeOrder.route) {
    case 'im':
      return `${showMilli(routeOrder.doseUg)} mg, ${showMilli(routeOrder.volumeUl)} mL`;
    case 'intranasal':
      return `${showMilli(routeOrder.doseUg)} mg, ${routeOrder.devices} ${routeOrder.devices === 1 ? 'device' : 'devices'}`;
    case 'sublingual':
      return `${showMilli(routeOrder.doseUg)} mg`;
  }
}

/** What can still be done about a dose that goes in whole. Nothing of it can be paused or turned down. */
export function routeActions({ dose, routeOrder }: SessionState, protocol: Protocol): RoomAction[] {
  const action = (type: ActionType, label: string, hint: string): RoomAction => ({ action: { type }, label, hint, waitsFor: null });
  const isUnderWay = dose.status === 'running';
  switch (protocol.route) {
    case 'iv':
      return [];
    case 'im': {
      const second = routeOrder?.route === 'im' ? routeOrder.second : null;
      if (second === null || protocol.dose.second === null || dose.gifts.length !== 1 || dose.status === 'stopped') return [];
      const { fromMin, toMin } = protocol.dose.second;
      return [
        action('give-injection', 'Second injection…', `${showMilli(second.doseUg)} mg, +${fromMin} to +${toMin} min`),
        action('stop-dose-early', 'No second injection…', 'asks for a reason'),
      ];
    }
    case 'intranasal': {
      const devices = routeOrder?.route === 'intranasal' ? routeOrder.devices : 0;
      if (!isUnderWay) return [];
      const wait = `${protocol.dose.minutesBetweenDevices} min after the last`;
      return [
        action('give-device', `Device ${dose.gifts.length + 1} of ${devices}…`, wait),
        action('stop-dose-early', 'No further device…', 'asks for a reason'),
      ];
    }
    case 'sublingual':
      return isUnderWay ? [action('expel-lozenge', 'Lozenge taken out', `held ${protocol.dose.holdMinutes} min`)] : [];
  }
}

/** After the last device of the order: one more can be given on a prescriber's word, and is recorded as what it is. */
export function actionsBeyondOrder({ dose }: SessionState, { route }: Protocol): RoomAction[] {
  if (route !== 'intranasal' || dose.status !== 'completed') return [];
  return [{ action: { type: 'give-device' }, label: 'Another device…', hint: 'not ordered: a prescriber signs', waitsFor: null }];
}
