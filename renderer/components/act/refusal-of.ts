import { refusalSchema, type Refusal } from '../../../shared/contract/contract-errors.ts';
import { fieldText } from '../../text/field.ts';

/** The service's refusal inside an error of the contract; null for every other failure. */
export function refusalOf(error: unknown): Refusal | null {
  if (typeof error !== 'object' || error === null || !('data' in error)) return null;
  const parsed = refusalSchema.safeParse(error.data);
  if (!parsed.success) return null;
  return parsed.data;
}

/** What to tell a person about a call that failed: the service's own sentence, or that nothing was recorded. */
export function wordsOfFailure(error: unknown): string {
  return refusalOf(error)?.message ?? fieldText.noAnswer;
}
