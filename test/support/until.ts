/** Waits until something is true that no promise tells, and gives the milliseconds that it took. */
export async function until(what: () => boolean, limitMs = 20_000): Promise<number> {
  const begunMs = performance.now();
  while (!what()) {
    if (performance.now() - begunMs > limitMs) throw new Error(`not within ${limitMs} ms: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return performance.now() - begunMs;
}
