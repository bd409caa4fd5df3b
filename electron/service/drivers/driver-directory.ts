import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { capnostream } from './capnostream/driver.ts';
import { datexDri } from './datex-dri/driver.ts';
import { dinamap } from './dinamap/driver.ts';
import type { Driver } from './driver.ts';
import { hl7Oru } from './hl7-oru/driver.ts';
import { intellivue } from './intellivue/driver.ts';
import { masimoAscii1 } from './masimo-ascii1/driver.ts';
import { nellcorN560 } from './nellcor-n560/driver.ts';
import { noninAscii } from './nonin-ascii/driver.ts';
import { noninDf8 } from './nonin-df8/driver.ts';
import { noninDf2, noninDf7 } from './nonin/driver.ts';

/** One driver for each protocol. */
export type DriverDirectory = Readonly<Record<MonitorProtocolId, Driver>>;

const byId: DriverDirectory = {
  'masimo-ascii1': masimoAscii1,
  'nellcor-n560': nellcorN560,
  'nonin-df2': noninDf2,
  'nonin-df7': noninDf7,
  'nonin-df8': noninDf8,
  'nonin-ascii': noninAscii,
  dinamap,
  intellivue,
  capnostream,
  'datex-dri': datexDri,
  'hl7-oru': hl7Oru,
};

export const drivers: readonly Driver[] = Object.values(byId);

export function findDriver(id: MonitorProtocolId): Driver {
  return byId[id];
}
