import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import type { ClinicTable, Driver } from '../drivers/driver.ts';
import { drivers, findDriver } from '../drivers/driver-directory.ts';
import type { Log } from '../platform/platform.ts';

/**
 * The drivers of a room, each with the clinic's own codes where it takes a table of them and the clinic has one. A table that is wrong is
 * left aside whole and said so in the log: a room must open, and codes that are not known are kept in any case. `readTable` gives the text
 * of a table, null where there is none, and throws where it cannot be read.
 */
export function clinicDrivers(readTable: (fileName: string) => string | null, log: Log): (id: MonitorProtocolId) => Driver {
  const byId = new Map<MonitorProtocolId, Driver>();
  for (const { id, clinicTable } of drivers) {
    const driver = clinicTable === undefined ? null : driverWith(clinicTable, readTable, log);
    if (driver !== null) byId.set(id, driver);
  }
  return (id) => byId.get(id) ?? findDriver(id);
}

function driverWith({ fileName, read }: ClinicTable, readTable: (fileName: string) => string | null, log: Log): Driver | null {
  let text: string | null;
  try {
    text = readTable(fileName);
  } catch (error) {
    log.error('code-table-unreadable', { table: fileName, message: error instanceof Error ? error.message : String(error) });
    return null;
  }
  if (text === null) return null;
  const table = read(text);
  if (table.kind === 'driver') return table.driver;
  for (const problem of table.problems) log.error('code-table-refused', { table: fileName, problem });
  return null;
}
