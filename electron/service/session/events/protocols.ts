import { z } from 'zod';
import { protocolSchema } from '../../../../shared/clinical/protocol.ts';

/** Of the room. */
export const protocolRoomEventBodies = {
  /** The whole version: a record must be readable by it for as long as the log lasts. */
  'protocol-published': z.object({ protocol: protocolSchema }),
} as const;
