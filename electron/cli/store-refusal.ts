import { StoreError } from '../service/store/store-error.ts';
import type { CommandIo } from './command-io.ts';

/** What a command says and ends with where the store refuses. Throws what is no refusal. */
export function tellRefusal(io: Pick<CommandIo, 'stdout' | 'stderr'>, command: string, error: unknown): 1 {
  if (!(error instanceof StoreError)) throw error;
  io.stdout(JSON.stringify({ type: 'refused', code: error.code, message: error.message, path: error.path }));
  io.stderr(`vigil ${command}: ${error.message}`);
  return 1;
}
