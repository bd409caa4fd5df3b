import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { Driver } from '../drivers/driver.ts';
import { findDriver } from '../drivers/driver-directory.ts';
import { createHl7OruDriver } from '../drivers/hl7-oru/driver.ts';
import { parseMapping } from '../drivers/hl7-oru/mapping.ts';
import type { Log } from '../platform/platform.ts';

/**
 * The drivers of a room, HL7 with the clinic's own codes where it has a table. A table that is wrong is left aside whole and said so in the
 * log: a room must open, and codes that are not known are kept in any case. `readTable` gives its text, null where there is none, and
 * throws where it cannot be read.
 */
export function clinicDrivers(readTable: () => string | null, log: Log): (id: MonitorProtocolId) => Driver {
  const hl7 = hl7Driver(readTable, log);
  return hl7 === null ? findDriver : (id) => (id === hl7.id ? hl7 : findDriver(id));
}

function hl7Driver(readTable: () => string | null, log: Log): Driver | null {
  let text: string | null;
  try {
    text = readTable();
  } catch (error) {
    log.error('hl7-table-unreadable', { message: error instanceof Error ? error.message : String(error) });
    return null;
  }
  if (text === null) return null;
  const parsed = parseMapping(text);
  if (parsed.kind === 'mapping') return createHl7OruDriver(parsed.mapping);
  for (const problem of parsed.problems) log.error('hl7-table-refused', { problem });
  return null;
}
