/**
 * Long work a step at each turn of the event loop: a reading or a tap that arrives meanwhile waits for one step. Throws
 * what a step throws.
 */
export async function inTurns(steps: Iterable<unknown>): Promise<void> {
  for (const _step of steps) await new Promise<void>((resolve) => setImmediate(resolve));
}
