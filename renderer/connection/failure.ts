import { refusalSchema, type Refusal } from '../../shared/contract/contract-errors.ts';
import { fieldText } from '../text/field.ts';

/** Nobody answered: the call may or may not have been carried out. Repeat it with the same commandId. */
export class RoomUnreachableError extends Error {
  override readonly name = 'RoomUnreachableError';
}

/** The shell does not do what was asked, and says why; the service was not asked. */
export class ShellRefusedError extends Error {
  override readonly name = 'ShellRefusedError';
}

/** The service's refusal inside an error of the contract; null for every other failure. */
export function refusalOf(error: unknown): Refusal | null {
  if (typeof error !== 'object' || error === null || !('data' in error)) return null;
  const parsed = refusalSchema.safeParse(error.data);
  return parsed.success ? parsed.data : null;
}

/** What to tell a person about an act that failed: the service's own sentence, that it did not answer, or that it failed at it. */
export function wordsOfFailure(error: unknown): string {
  if (error instanceof ShellRefusedError) return error.message;
  return refusalOf(error)?.message ?? (error instanceof RoomUnreachableError ? fieldText.noAnswer : fieldText.failed);
}
