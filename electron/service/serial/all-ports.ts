import { isListeningPath, isNetworkPath } from '../../../shared/values/network-path.ts';
import type { BytePorts } from '../platform/byte-ports.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import { createSerialPorts, type SerialPortsOptions } from './serialport-ports.ts';
import { createListeningPorts } from './listening-ports.ts';
import { openTcpPort } from './tcp-ports.ts';

/** The serial ports of this computer, and places on the network, which no list knows: adapters to call, and addresses that monitors call. */
export function createPorts(options: SerialPortsOptions = {}): BytePorts {
  const clock = options.clock ?? createSystemClock();
  const listening = createListeningPorts(clock);
  const serial = createSerialPorts({ ...options, clock });
  return {
    list: () => serial.list(),
    open: (path, settings, listener) => {
      if (isListeningPath(path)) return listening.open(path, listener);
      return isNetworkPath(path) ? openTcpPort(path, listener, { clock }) : serial.open(path, settings, listener);
    },
  };
}
