import { z } from 'zod';
import { instrumentIds } from '../../../../shared/clinical/instrument-id.ts';
import { textPackSchema } from '../../../../shared/clinical/text-pack.ts';

/**
 * The clinic's wording, whole: what was read to a patient can be looked up for ever by the hash in the rating, also
 * when the file is gone.
 */
export const textPackRoomEventBodies = {
  'text-pack-loaded': z.object({ pack: textPackSchema, hash: z.string().min(1).max(100) }),
  'text-pack-removed': z.object({ instrument: z.enum(instrumentIds), hash: z.string().min(1).max(100) }),
} as const;
