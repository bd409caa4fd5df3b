import { z } from 'zod';

/** The serial protocols Vigil reads today; names as in the handbook, `monitors.md` §6. */
export const protocolIds = [
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
export type ProtocolId = (typeof protocolIds)[number];
export const protocolIdSchema = z.enum(protocolIds);
