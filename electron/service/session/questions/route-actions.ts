import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import { startActs, type RoomAction } from '../../../../shared/contract/session-view/actions.ts';
import { startWords } from '../events/route-words.ts';
import type { SessionState } from '../state/session-state.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';

type ActionType = Exclude<RoomAction['action']['type'], 'milestone' | 'tap'>;
/** What says everything by its time. */
type TapType = Extract<ActionType, 'start-dose' | 'complete-dose' | 'expel-lozenge'>;

/** One tap records it. */
export function tapAction(type: TapType, label: string, hint: string): RoomAction {
  return { action: { type }, label, hint, tap: { type }, sheet: 'dose', waitsFor: null };
}

/** Its sheet asks for an amount, a reason or a lot number. */
export function sheetAction(type: Exclude<ActionType, 'end-session'>, label: string, hint: string): RoomAction {
  return { action: { type }, label, hint, tap: null, sheet: 'dose', waitsFor: null };
}

/** The act that starts the dose of this protocol, with what it still waits for. */
export function startActionOf(state: SessionState, { route }: Protocol, waitsFor: string | null, doubtful = false): RoomAction {
  // What asks for a lot number opens a sheet, and its name says so.
  const label = route === 'iv' ? startWords[route] : `${startWords[route]}…`;
  const type = startActs[route];
  const hint = orderHint(state);
  // What is doubtful about it is asked in its sheet.
  const offered = type === 'start-dose' && !doubtful ? tapAction(type, label, hint) : sheetAction(type, label, hint);
  return { ...offered, waitsFor, ...(doubtful ? { doubtful: true } : {}) };
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
  const isUnderWay = dose.status === 'running';
  switch (protocol.route) {
    case 'iv':
      return [];
    case 'im': {
      const second = routeOrder?.route === 'im' ? routeOrder.second : null;
      if (second === null || protocol.dose.second === null || dose.administrations.length !== 1 || dose.status === 'stopped') return [];
      const { fromMin, toMin } = protocol.dose.second;
      return [
        sheetAction('give-injection', 'Second injection…', `${showMilli(second.doseUg)} mg, +${fromMin} to +${toMin} min`),
        sheetAction('stop-dose-early', 'No second injection…', 'asks for a reason'),
      ];
    }
    case 'intranasal': {
      const devices = routeOrder?.route === 'intranasal' ? routeOrder.devices : 0;
      if (!isUnderWay) return [];
      const wait = `${protocol.dose.minutesBetweenDevices} min after the last`;
      return [
        sheetAction('give-device', `Device ${dose.administrations.length + 1} of ${devices}…`, wait),
        sheetAction('stop-dose-early', 'No further device…', 'asks for a reason'),
      ];
    }
    case 'sublingual':
      return isUnderWay ? [tapAction('expel-lozenge', 'Lozenge taken out', `held ${protocol.dose.holdMinutes} min`)] : [];
  }
}

/** After the last device of the order: one more can be given on a prescriber's word, and is recorded as what it is. */
export function actionsBeyondOrder({ dose }: SessionState, { route }: Protocol): RoomAction[] {
  if (route !== 'intranasal' || dose.status !== 'completed') return [];
  return [sheetAction('give-device', 'Another device…', 'not ordered: a prescriber signs')];
}
