import type { LinkState } from '../../../shared/contract/room-board.ts';

/** What to check where a monitor is behind a network adapter; null where the words are those of any port. */
export function networkAdvice(state: LinkState, port: string, name: string): string | null {
  switch (state) {
    case 'absent':
      return `Nothing accepts a connection at ${port}. Check that the adapter of ${name} is on and in the network, and that address and port are right.`;
    case 'unplugged':
      return `The connection to ${port} ended. Check the power and the network cable of the adapter of ${name}. Vigil connects again by itself.`;
    case 'listening':
      return `Connected to ${port}, but nothing is sent. Check that ${name} is on, that its cable sits in the adapter, and that the adapter has the line settings of the monitor.`;
    case 'silent':
      return `${name} has stopped sending; ${port} is still connected. Check that it is on and that its cable sits firmly in the adapter.`;
    case 'forbidden':
      return `This computer does not allow a connection to ${port}. Clinic IT: check its firewall.`;
    case 'live':
    case 'opening':
    case 'degraded':
    case 'busy':
    case 'wrong-device':
      return null;
  }
}
