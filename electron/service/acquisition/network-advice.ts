import type { LinkState } from '../../../shared/contract/board/monitors.ts';

/** What to check where a monitor of this vendor calls this computer; null where the words are those of any port. */
export function callingAdvice(state: LinkState, port: string, name: string, vendor: string): string | null {
  const place = port.replace(/^listen:\/\//i, '').replace(/\?.*$/, '');
  switch (state) {
    case 'absent':
    case 'unplugged':
      return `Vigil cannot listen at ${place}: that is no address of this computer now. Clinic IT: check the network of this computer, or the address under Monitors.`;
    case 'busy':
      return `Another program listens at ${place}. Close it, or choose another port under Monitors; Vigil listens as soon as it is free.`;
    case 'listening':
      return `${name} has not called yet. In its menu, this computer has to be set as the receiver of ${vendor} results: ${place}.`;
    case 'silent':
      return `${name} has stopped sending to ${place}. Check that it is on and in the network. Vigil goes on listening.`;
    case 'forbidden':
      return `This computer does not allow Vigil to listen at ${place}. Clinic IT: ports below 1024 and some firewalls are reserved; choose another port, or allow this one.`;
    case 'wrong-device':
      return `Something sends to ${place}, but no ${vendor} messages. The Monitors screen says who, and what became of it.`;
    case 'degraded':
      return `Part of what arrives at ${place} is no message. The Monitors screen says who sends it.`;
    case 'live':
    case 'opening':
      return null;
  }
}

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
