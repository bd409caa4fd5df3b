import { monitorProtocolIds, type MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { oneOf, type Option } from './command-option.ts';

/** What a monitor speaks. */
export function protocolOption(help: string): Option<MonitorProtocolId | null> {
  return oneOf('ID', help, { among: monitorProtocolIds, noun: 'protocol' });
}

/** For the end of the help of a command that takes one. */
export const protocolsNote = `Protocols: ${monitorProtocolIds.join(', ')}.`;
