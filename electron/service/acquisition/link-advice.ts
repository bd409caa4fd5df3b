import type { LinkState } from '../../../shared/contract/board/monitors.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import { isListeningPath, isNetworkPath } from '../../../shared/values/network-path.ts';
import { callingAdvice, networkAdvice } from './network-advice.ts';

export interface AdvisedLink {
  readonly state: LinkState;
  readonly port: string;
  /** What the monitor is called here. */
  readonly name: string;
  readonly vendor: string;
  /** By itself; asked by Vigil; asked by another recorder, while Vigil only listens. By itself when left out. */
  readonly speaks?: Speaks;
}

export type Speaks = 'by-itself' | 'when-asked' | 'to-another';

/** What to check, for whoever stands beside the monitor; null when there is nothing to do. */
export function linkAdvice(link: AdvisedLink): string | null {
  const { state, port, name, vendor, speaks } = link;
  if (speaks === 'to-another' && (state === 'listening' || state === 'silent')) {
    return `Vigil only listens to ${name}, and nobody asks it now. Start the other recorder, or switch listen-only off under Monitors.`;
  }
  const overNetwork = isListeningPath(port)
    ? callingAdvice(state, port, name, vendor)
    : isNetworkPath(port)
      ? networkAdvice(state, port, name)
      : null;
  if (overNetwork !== null) return overNetwork;
  switch (state) {
    case 'live':
    case 'opening':
      return null;
    case 'absent':
      return `The port ${port} is not there. Plug in the adapter of ${name}, or choose another port under Monitors.`;
    case 'unplugged':
      return `Check the cable at ${name} and at the computer. Vigil reconnects by itself, also on another socket.`;
    case 'listening':
      if (speaks === 'when-asked') {
        return `${name} has not answered yet. Check that it is on, that the cable sits in its serial output, and that data export is switched on in its menu.`;
      }
      return `Nothing has come from ${name} yet. Check that it is on, that the cable sits in its serial output, and that serial output is switched on in its menu.`;
    case 'silent':
      return `${name} has stopped sending. Check that it is on and that the cable sits firmly at both ends.`;
    case 'degraded':
      return `Part of what ${name} sends arrives damaged. Check the cable and keep it away from power supplies.`;
    case 'busy':
      return `Another program has the port ${port} open. Close it; Vigil takes the port as soon as it is free.`;
    case 'forbidden':
      return `Vigil may not open the port ${port}. Clinic IT: the user needs the group that owns it (dialout on most systems), then has to sign in to the computer again.`;
    case 'wrong-device':
      return `Something sends on ${port}, but not as a ${vendor} monitor does. Check which device is on the cable and that its serial output has the format and speed set under Monitors.`;
    default:
      return assertNever(state);
  }
}
