import { hasWords } from '../../../shared/contract/doubt.ts';
import { fieldText } from '../../text/field.ts';

/** What a field of a reason says of what stands in it: nothing while it is empty, and nothing of words. */
export function reasonProblem(typed: string): string | undefined {
  return typed.trim() === '' || hasWords(typed) ? undefined : fieldText.inWords;
}
