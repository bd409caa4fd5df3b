import type { Refusal } from '../../../shared/contract/contract-errors.ts';

export const pinDigitsMin = 6;
export const pinDigitsMax = 12;

/** Why a PIN is too weak to sign a clinical record with, or null. Never says anything about the digits themselves. */
export function pinRefusal(pin: string): Refusal | null {
  if (!/^\d+$/.test(pin) || pin.length < pinDigitsMin || pin.length > pinDigitsMax) {
    return weak(`A PIN has ${pinDigitsMin} to ${pinDigitsMax} digits and nothing else.`);
  }
  if (new Set(pin).size === 1) return weak('A PIN of one repeated digit is guessed at once. Choose another.');
  if (isRun(pin, 1) || isRun(pin, 9)) return weak('A PIN that counts up or down is guessed at once. Choose another.');
  return null;
}

/** Each digit is the one before plus `step`, going round: 890123 is a run too. */
function isRun(pin: string, step: number): boolean {
  const digits = Array.from(pin, Number);
  return digits.slice(1).every((digit, index) => digit === ((digits[index] ?? 0) + step) % 10);
}

function weak(message: string): Refusal {
  return { code: 'STAFF_PIN_WEAK', message, subject: 'pin' };
}
