import { z } from 'zod';
import { bodySides, injectionSites } from '../../clinical/route-dose.ts';
import { standingOrder } from './standing-order.ts';
import { statedTime } from './stated-time.ts';

const lot = z.string().trim().min(1, 'a lot number is required').max(40);
const mgPerKg = z.number().positive().max(20);
const mgPerMl = z.number().positive().max(500);
const lozenges = z.number().positive().max(20).multipleOf(0.5);

/** The dose by every route, and what two people or two identifiers stand for before it. */
export const routeCommands = [
  /** Two identifiers as the patient says them or the wristband shows them; they have to be this patient's. */
  z.object({
    type: z.literal('check-identity'),
    birthDate: z.iso.date(),
    recordNumber: z.string().trim().min(1).max(40),
    at: statedTime,
  }),
  /** The second person, who read the label and the pump back, comes as the call's `witness`. */
  z.object({
    type: z.literal('confirm-double-check'),
    /** What was read back, as it stood on the screen. */
    readBack: z.string().trim().min(1).max(300),
    at: statedTime,
  }),
  z.object({
    type: z.literal('order-injection'),
    mgPerKg,
    mgPerMl,
    /** Of the second injection, where one is planned. */
    secondMgPerKg: mgPerKg.optional(),
    standingOrder,
  }),
  z.object({ type: z.literal('order-devices'), mg: z.number().positive().max(1000), standingOrder }),
  z.object({ type: z.literal('order-lozenges'), lozenges, standingOrder }),
  z.object({
    type: z.literal('give-injection'),
    site: z.enum(injectionSites),
    side: z.enum(bodySides),
    lot,
    /** Left out: as ordered. */
    mg: z.number().positive().max(2000).optional(),
    at: statedTime,
  }),
  z.object({ type: z.literal('give-device'), lot, at: statedTime }),
  z.object({ type: z.literal('place-lozenge'), lot: lot.optional(), at: statedTime }),
  z.object({ type: z.literal('expel-lozenge'), at: statedTime }),
  z.object({
    type: z.literal('change-bag'),
    /** Of the new bag. */
    mg: z.number().positive().max(5000),
    ml: z.number().positive().max(5000),
    rateMlPerHour: z.number().positive().max(100_000),
    /** In the old bag, as read; the computed volume is kept beside it. */
    volumeLeftMl: z.number().min(0).max(5000).optional(),
    at: statedTime,
  }),
  /** Where help has to go, and who is there: of a session that is watched from afar. */
  z.object({
    type: z.literal('record-remote-facts'),
    locationAddress: z.string().trim().min(1).max(300),
    emergencyContact: z.string().trim().min(1).max(160),
    sitterName: z.string().trim().min(1).max(120),
    callBackNumber: z.string().trim().min(3).max(40),
    videoOn: z.boolean(),
  }),
] as const;
