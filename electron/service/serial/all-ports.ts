import { isNetworkPath } from '../../../shared/values/network-path.ts';
import type { BytePorts } from '../platform/byte-ports.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import { createSerialPorts, type SerialPortsOptions } from './serialport-ports.ts';
import { openTcpPort } from './tcp-ports.ts';

/** The serial ports of this computer, and those behind network adapters, which no list knows. */
export function createPorts(options: SerialPortsOptions = {}): BytePorts {
  const clock = options.clock ?? createSystemClock();
  const serial = createSerialPorts({ ...options, clock });
  return {
    list: () => serial.list(),
    open: (path, settings, listener) =>
      isNetworkPath(path) ? openTcpPort(path, listener, { clock }) : serial.open(path, settings, listener),
  };
}
