import { z } from 'zod';

/**
 * Somebody who may not prescribe says that the protocol itself is the order. Left out, the order needs a prescriber:
 * signed in here, or as the call's `witness`.
 */
export const standingOrder = z.literal(true).optional();
