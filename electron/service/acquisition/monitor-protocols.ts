import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { drivers } from '../drivers/driver-directory.ts';

/** A protocol as it is offered to whoever sets a monitor up. */
export interface MonitorProtocol {
  readonly protocol: MonitorProtocolId;
  readonly vendor: string;
  readonly models: string[];
  readonly description: string;
}

/** Every protocol that this Vigil reads. */
export function monitorProtocols(): MonitorProtocol[] {
  return drivers.map(({ id, vendor, models, description }) => ({ protocol: id, vendor, models: [...models], description }));
}
