import { z } from 'zod';
import { typedReasonSchema } from '../../../../shared/contract/typed-reason.ts';
import { idSchema } from '../../../../shared/values/ids.ts';
import { witnessBody } from './witness.ts';

const name = z.string().min(1).max(80);
const role = z.enum(['nurse', 'therapist', 'prescriber', 'it']);
/** Self-describing PIN hash (algorithm, parameters, salt, hash); never the PIN. */
const pinHash = z.string().min(1).max(400);
/** Who typed their own PIN for it beside the actor; missing where nobody had to, or nobody else was there. */
const confirmedBy = witnessBody.optional();

/** The people of the room: who they are, and who is here. */
export const staffRoomEventBodies = {
  'person-added': z.object({
    personId: idSchema,
    name,
    role,
    pinHash,
    /** The actor chose the PIN for them: it opens the choice of their own, and nothing else. */
    firstPin: z.literal(true).optional(),
    confirmedBy,
  }),
  /** A first PIN again, chosen by the actor. */
  'pin-reset': z.object({ personId: idSchema, pinHash, confirmedBy }),
  /** Its owner chose another one. */
  'pin-changed': z.object({ personId: idSchema, pinHash }),
  /** Their wrong PINs before it count no more, so that they may try again at once. */
  'lockout-ended': z.object({ personId: idSchema, confirmedBy }),
  /** Called so, or in this role, from now on; what was recorded before keeps the name and role of then. */
  'person-changed': z.object({ personId: idSchema, name: name.optional(), role: role.optional(), confirmedBy }),
  /** From now on they sign in no more and stand by for nothing; what they did keeps their name. It gives up their seats. */
  'access-ended': z.object({ personId: idSchema, reason: typedReasonSchema.optional(), confirmedBy }),
  /** Of somebody whose access was ended, with the PIN that they had. */
  'access-given': z.object({ personId: idSchema, confirmedBy }),
  /** What a reader reads of it stands nowhere: a hash, with one salt for all badges of the room. It says who they are; their PIN proves it. */
  'badge-given': z.object({ personId: idSchema, badgeHash: pinHash, confirmedBy }),
  'badge-removed': z.object({ personId: idSchema, confirmedBy }),
  /** The window of the desktop shell can be closed, until it is started again. */
  'kiosk-left': z.object({}),
  'signed-in': z.object({ personId: idSchema }),
  'sign-in-refused': z.object({ personId: idSchema }),
  /** A second person's PIN was right, on a page where somebody else sits. */
  'witness-authenticated': z.object({ personId: idSchema }),
  'signed-out': z.object({ personId: idSchema, cause: z.enum(['asked', 'idle', 'replaced']) }),
} as const;
