/**
 * The recovery key as people read, print and type it: 29 letters and digits of Crockford's base 32 (145 random
 * bits, no I, L, O or U), then one check character, in six groups of five:
 *
 *     7K3QF-29XWM-0ABCD-EFGH1-23456-789ZX
 *
 * The check character is the number modulo 37 (Crockford's scheme), so that one wrong character or two swapped
 * neighbours are noticed before anything is tried.
 */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const checkDigits = `${digits}*~$=U`;
export const recoveryKeyRandomByteCount = 29;
const digitCount = recoveryKeyRandomByteCount;
const groupLength = 5;

export type RecoveryKeyProblem =
  | { readonly problem: 'length'; readonly expected: number; readonly got: number }
  | { readonly problem: 'character'; readonly character: string; readonly position: number }
  | { readonly problem: 'check' };

/** A new key from `randomBytes`: one byte for each character, of which five bits are used. */
export function formatRecoveryKey(randomBytes: Uint8Array): string {
  if (randomBytes.length !== digitCount) throw new TypeError(`a recovery key needs ${digitCount} random bytes, not ${randomBytes.length}`);
  // 256 is a multiple of 32, so that the low five bits of a random byte are evenly distributed.
  const typed = Array.from(randomBytes, (byte) => digits.charAt(byte & 31)).join('');
  return grouped(typed + checkCharacter(typed));
}

/** Takes a key as typed: any case, spaces and dashes anywhere, O for 0, I and L for 1. Gives the plain 29 characters. */
export function parseRecoveryKey(typed: string): { readonly key: string } | RecoveryKeyProblem {
  const characters = charactersOf(typed);
  for (const [index, character] of characters.entries()) {
    const allowed = index === digitCount ? checkDigits : digits;
    if (!allowed.includes(likeness(character))) return { problem: 'character', character, position: index + 1 };
  }
  if (characters.length !== digitCount + 1) return { problem: 'length', expected: digitCount + 1, got: characters.length };
  const text = plainCharacters(typed).join('');
  const key = text.slice(0, digitCount);
  return checkCharacter(key) === text.charAt(digitCount) ? { key } : { problem: 'check' };
}

/** Whether a group was typed as it is printed, in any case, with O for 0, and I and L for 1. */
export function sameGroup(typed: string, printed: string): boolean {
  return plainCharacters(typed).join('') === plainCharacters(printed).join('');
}

/** What to tell the person who typed it. */
export function describeRecoveryKeyProblem(problem: RecoveryKeyProblem): string {
  switch (problem.problem) {
    case 'length':
      return `The recovery key has ${problem.expected} letters and digits; ${problem.got} were typed.`;
    case 'character':
      return `"${problem.character}" (character ${problem.position}) does not occur in a recovery key.`;
    case 'check':
      return 'The recovery key has a typing mistake: its check character does not fit. Compare it with the printed sheet.';
  }
}

function charactersOf(typed: string): string[] {
  return Array.from(typed.toUpperCase().replaceAll(/[\s-]/g, ''));
}

function plainCharacters(typed: string): string[] {
  return charactersOf(typed).map(likeness);
}

function likeness(character: string): string {
  if (character === 'O') return '0';
  return character === 'I' || character === 'L' ? '1' : character;
}

function checkCharacter(key: string): string {
  let remainder = 0;
  for (const character of key) remainder = (remainder * 32 + digits.indexOf(character)) % 37;
  return checkDigits.charAt(remainder);
}

function grouped(text: string): string {
  const groups: string[] = [];
  for (let at = 0; at < text.length; at += groupLength) groups.push(text.slice(at, at + groupLength));
  return groups.join('-');
}
