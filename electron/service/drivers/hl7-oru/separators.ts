/** The characters by which one message divides itself, stated in MSH-1 and MSH-2. */
export interface Separators {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
}

export const usualSeparators: Separators = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' };

/** The components of a field's first repetition, with escapes resolved; `""` (HL7 for "delete") is empty. */
export function componentsOf(text: string, separators: Separators): string[] {
  const { component, repetition } = separators;
  const first = repetition === '' ? text : (text.split(repetition, 1)[0] ?? '');
  const parts = component === '' ? [first] : first.split(component);
  return parts.map((part) => (part === '""' ? '' : unescaped(part, separators).trim()));
}

/** \F\ \S\ \R\ \E\ \T\ stand for the separators themselves; other escapes are formatting and are left out. */
export function unescaped(text: string, { field, component, repetition, escape, subcomponent }: Separators): string {
  if (escape === '' || !text.includes(escape)) return text;
  const meanings: Readonly<Record<string, string>> = { F: field, S: component, R: repetition, E: escape, T: subcomponent };
  const pieces = text.split(escape);
  let result = pieces[0] ?? '';
  for (let index = 1; index < pieces.length; index += 2) {
    const isClosed = index + 1 < pieces.length;
    result += isClosed ? (meanings[pieces[index] ?? ''] ?? '') + pieces[index + 1] : (pieces[index] ?? '');
  }
  return result;
}
