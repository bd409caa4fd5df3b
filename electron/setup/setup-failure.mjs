/** Something a person has to put right before Vigil can run: told as a sentence, without a stack trace. */
export class SetupFailure extends Error {}

/**
 * Runs a setup script and turns its end into an exit code. Only a `SetupFailure` is something the user
 * can act on; anything else is a fault of ours and keeps its stack.
 *
 * @param {() => Promise<number>} script
 */
export async function exitWith(script) {
  try {
    process.exitCode = await script();
  } catch (error) {
    if (!(error instanceof SetupFailure)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
