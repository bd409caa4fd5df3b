import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { capnostream } from './capnostream.ts';
import { datexDri } from './datex-dri.ts';
import { dinamap } from './dinamap.ts';
import type { DriverCases } from './driver-cases.ts';
import { hl7Oru } from './hl7-oru.ts';
import { intellivue } from './intellivue.ts';
import { masimoAscii1 } from './masimo-ascii1.ts';
import { nellcorN560 } from './nellcor-n560.ts';
import { noninAscii } from './nonin-ascii.ts';
import { noninDf8 } from './nonin-df8.ts';
import { noninDf2, noninDf7 } from './nonin.ts';

const byId: Readonly<Record<MonitorProtocolId, DriverCases>> = {
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

export function casesOf(id: MonitorProtocolId): DriverCases {
  return byId[id];
}
