import { fieldText } from '../../text/field.ts';

/** How much of a text fits where it does not, and how much has to go; undefined where all of it fits. Counted without blanks around it. */
export function tooLong(text: string, lengthMax: number): string | undefined {
  const { length } = text.trim();
  return length > lengthMax ? fieldText.tooLong(length, lengthMax) : undefined;
}
