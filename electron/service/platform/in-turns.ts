/**
 * Long work a step at each turn of the event loop: a reading or a tap that arrives meanwhile waits for one step. Resolves
 * with what the work comes to; throws what a step throws.
 */
export async function inTurns<Result>(work: Generator<void, Result>): Promise<Result> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** The same work where nothing waits, or where what it comes to is needed now. */
export function atOnce<Result>(work: Generator<void, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
