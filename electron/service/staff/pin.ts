import type { Refusal } from '../../../shared/contract/contract-errors.ts';
import { pinWeakness } from '../../../shared/values/pin.ts';

/** Why a PIN is too weak to sign a clinical record with, or null. */
export function pinRefusal(pin: string): Refusal | null {
  const message = pinWeakness(pin);
  return message === null ? null : { code: 'STAFF_PIN_WEAK', message, subject: 'pin' };
}
