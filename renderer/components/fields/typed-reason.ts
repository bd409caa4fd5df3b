import { hasWords } from '../../../shared/contract/doubt.ts';
import { fieldText } from '../../text/field.ts';

/** What is wrong with a typed reason; undefined while the field is empty or holds words. */
export function reasonProblem(typed: string): string | undefined {
  return typed.trim() === '' || hasWords(typed) ? undefined : fieldText.inWords;
}
