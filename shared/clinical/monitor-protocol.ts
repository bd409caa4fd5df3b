import { z } from 'zod';

/** The protocols that Vigil reads today. */
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
