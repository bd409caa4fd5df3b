import { z } from 'zod';
import { doubtKeySchema, doubtNeeds } from './doubt.ts';

/** Codes by area; the text beside a code is for people and may change. */
export const refusalCodes = [
  'COMMAND_ID_USED',
  'SESSION_NOT_FOUND',
  'SESSION_WRONG_STATE',
  'SESSION_ENDED',
  'SESSION_SIGNED',
  'SESSION_ALREADY_OPEN',
  'SESSION_MONITOR_NOT_LIVE',
  'SESSION_CHECKLIST_OPEN',
  'SESSION_UNKNOWN_EVENT',
  'SESSION_TIME_IMPOSSIBLE',
  'SESSION_REASON_REQUIRED',
  'DOSE_NOT_ORDERED',
  'DOSE_NO_PRESCRIBER',
  'DOSE_ALREADY_STARTED',
  'DOSE_NOT_RUNNING',
  'DOSE_NOT_PAUSED',
  'DOSE_FINISHED',
  'DOSE_OUTSIDE_PROTOCOL',
  'DOSE_BAG_EXCEEDED',
  'DOSE_BEYOND_HOLD_LIMIT',
  'MONITORING_STEP_MISSING',
  'WEIGHT_IMPLAUSIBLE',
  'WEIGHT_MISSING',
  'VITALS_IMPOSSIBLE',
  'VITALS_IMPLAUSIBLE',
  'RATING_NOT_FOUND',
  'RATING_FINISHED',
  'RATING_INCOMPLETE',
  'RATING_OUT_OF_RANGE',
  'RATING_ITEM_NOT_ASKED',
  'OBSERVATION_EMPTY',
  'PRIVATE_SWITCHED_OFF',
  'PRIVATE_CLOSED',
  'PRIVATE_KEY_REFUSED',
  'PRIVATE_PHRASE_MISSING',
  'PRIVATE_UNREADABLE',
  'PRIVATE_NOTE_NOT_FOUND',
  'ADVERSE_EVENT_NOT_FOUND',
  'ADVERSE_EVENT_UNCHANGED',
  'DRUG_NOT_DRAWN',
  'DRUG_WASTE_EXCEEDS',
  'DRUG_DIFFERENCE_REASON',
  'DRUG_AMOUNT_IMPOSSIBLE',
  'DRUG_COUNT_DIFFERS',
  'DISCHARGE_NOT_CONFIRMABLE',
  'DISCHARGE_NOT_OVERRIDABLE',
  'DISCHARGE_ESCORT_INCOMPLETE',
  'DISCHARGE_CRITERIA_OPEN',
  'DISCHARGE_NOT_HERE',
  'SIGN_UNKNOWN_ITEM',
  'SIGN_ALREADY_SIGNED',
  'SIGN_WRONG_PERSON',
  'SIGN_INCOMPLETE',
  'SIGN_RECORD_CHANGED',
  'SIGN_NOTHING_CHANGED',
  'PATIENT_NOT_FOUND',
  'PATIENT_DUPLICATE',
  'PATIENT_IDENTIFIER_MISMATCH',
  'PROTOCOL_NOT_FOUND',
  'TEXT_PACK_UNREADABLE',
  'TEXT_PACK_CHANGED',
  'TEXT_PACK_NOT_FOUND',
  'PROTOCOL_INVALID',
  'PROTOCOL_CHANGED',
  'SLOT_NOT_FOUND',
  'STAFF_NOT_SIGNED_IN',
  'STAFF_NOT_ALLOWED',
  'STAFF_UNKNOWN',
  'STAFF_ACCESS_ENDED',
  'STAFF_HAS_ACCESS',
  'STAFF_LAST_ONE',
  'STAFF_WRONG_PIN',
  'STAFF_LOCKED_OUT',
  'STAFF_PAGE_WAITS',
  'STAFF_NOT_LOCKED_OUT',
  'STAFF_PIN_WEAK',
  'STAFF_PIN_SAME',
  'STAFF_FIRST_PIN',
  'STAFF_PIN_AGED',
  'STAFF_NAME_TAKEN',
  'STAFF_NAME_UNSEEN',
  'STAFF_BADGE_UNKNOWN',
  'STAFF_BADGE_READ',
  'STAFF_BADGE_TAKEN',
  'STAFF_BADGE_WAITS',
  'STAFF_BUSY',
  'STAFF_WITNESS_REQUIRED',
  'STAFF_OWN_WITNESS',
  'STAFF_PIN_REQUIRED',
  'ROOM_NO_KIOSK',
  'ROOM_NOT_SET_UP',
  'ROOM_ALREADY_SET_UP',
  'MONITOR_NOT_FOUND',
  'MONITOR_PORT_TAKEN',
  'PORT_NOT_LISTED',
  'RECOVERY_KEY_GONE',
  'RECOVERY_KEY_GROUP_WRONG',
  'RECOVERY_KEY_NOT_FOUND',
  'RECOVERY_KEY_LAST',
  'RECOVERY_KEY_NAME_TAKEN',
  'RECOVERY_KEY_TOO_MANY',
  'STORE_READ_ONLY',
  'STORE_FULL',
  'STORE_FAILED',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** What stands against a command until it is answered by its key (`doubt.ts`). */
export const doubtSchema = z.object({
  key: doubtKeySchema,
  code: z.enum(refusalCodes),
  /** What is doubtful, as a statement without a full stop. */
  words: z.string(),
  /** Which input it is about. */
  subject: z.string().optional(),
  needs: z.enum(doubtNeeds),
});
export type Doubt = Readonly<z.output<typeof doubtSchema>>;

/** Why a command was not carried out. Nothing was written. */
export const refusalSchema = z.object({
  code: z.enum(refusalCodes),
  /** One sentence for the person: what is wrong, and what to do. */
  message: z.string(),
  /** Which input or event it is about, for example `value` or an event id. */
  subject: z.string().optional(),
  /** Where answers would let it pass: everything that stands open, found at once. */
  doubts: z.array(doubtSchema).optional(),
});
export type Refusal = Readonly<z.output<typeof refusalSchema>>;

/** A refusal that travels as an exception, where a result type would only be unpacked again. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(`${refusal.code}: ${refusal.message}`);
    this.refusal = refusal;
  }
}
