/** What a PIN has to be, said alike where it is typed and where it is kept. */
export const pinDigitsMin = 6;
export const pinDigitsMax = 12;

/** Why a PIN is too weak to sign a clinical record with, or null. Never says anything about the digits themselves. */
export function pinWeakness(pin: string): string | null {
  if (!/^\d+$/.test(pin) || pin.length < pinDigitsMin || pin.length > pinDigitsMax) {
    return `A PIN has ${pinDigitsMin} to ${pinDigitsMax} digits and nothing else.`;
  }
  if (repeats(pin)) return 'A PIN that repeats its digits is guessed at once. Choose another.';
  if (isRun(pin, 1) || isRun(pin, 9)) return 'A PIN that counts up or down is guessed at once. Choose another.';
  return null;
}

/** One piece again and again (111111, 121212, 123123), or each digit at least twice in a row (112233, 111222). */
function repeats(pin: string): boolean {
  return /^(?:(\d+)\1+|(?:(\d)\2+)+)$/.test(pin);
}

/** Each digit is the one before plus `step`, going round: 890123 is a run too. */
function isRun(pin: string, step: number): boolean {
  const digits = Array.from(pin, Number);
  return digits.slice(1).every((digit, index) => digit === ((digits[index] ?? 0) + step) % 10);
}
