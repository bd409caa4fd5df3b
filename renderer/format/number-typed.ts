/** The number that was typed, with a point or a comma; null for anything else. Never 0 for nothing. */
export function numberTyped(typed: string): number | null {
  const text = typed.trim().replace(',', '.');
  return /^\d+(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : null;
}
