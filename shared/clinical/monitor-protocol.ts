import { z } from 'zod';

/** The protocols that Vigil reads today. */
export const monitorProtocolIds = [
  'masimo-ascii1',
  'nellcor-n560',
  'nonin-df2',
  'nonin-df7',
  'nonin-df8',
  'nonin-ascii',
  'dinamap',
  'intellivue',
  'capnostream',
  'datex-dri',
  'hl7-oru',
] as const;
export type MonitorProtocolId = (typeof monitorProtocolIds)[number];
export const monitorProtocolIdSchema = z.enum(monitorProtocolIds);
