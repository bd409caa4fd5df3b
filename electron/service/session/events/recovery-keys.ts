import { z } from 'zod';
import { witnessBody } from './witness.ts';

const keyId = z.string().min(1).max(40);
/** Who typed their own PIN for it beside the actor; missing where nobody else was there. */
const confirmedBy = witnessBody.optional();

/** The printed keys of the room. Nothing of a key itself is ever recorded. */
export const recoveryKeyRoomEventBodies = {
  'recovery-key-added': z.object({ keyId, name: z.string().min(1).max(60), confirmedBy }),
  /** Three of its groups, from the paper. */
  'recovery-key-typed-back': z.object({ keyId }),
  'recovery-key-removed': z.object({ keyId, confirmedBy }),
  /** The first event under another data key. `recoveryKeys`: those that were typed for it and open the room from here on. */
  'data-key-rotated': z.object({ recoveryKeys: z.array(keyId).max(8) }),
} as const;
