import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDinamapPoller } from '../../electron/service/drivers/dinamap/poller.ts';

const text = (bytes: Uint8Array | null): string | null => (bytes === null ? null : String.fromCharCode(...bytes));
const reading = [' NA!2\r', ' OA!3\r', ' RA!6\r', ' TC!:\r'];

interface Sent {
  readonly atMs: number;
  readonly request: string;
}

/** Polls every 100 ms; `answers` says after how many ms a request is answered, or null for never. */
function poll(untilMs: number, answers: (request: string, atMs: number) => number | null): Sent[] {
  const poller = createDinamapPoller();
  const sent: Sent[] = [];
  let answerMs: number | null = null;
  for (let atMs = 0; atMs < untilMs; atMs += 100) {
    if (answerMs !== null && answerMs <= atMs) {
      poller.answered(atMs);
      answerMs = null;
    }
    const request = text(poller.poll(atMs));
    if (request === null) continue;
    sent.push({ atMs, request });
    const delayMs = answers(request, atMs);
    answerMs = delayMs === null ? null : atMs + delayMs;
  }
  return sent;
}

describe('DINAMAP poller', () => {
  test('DINAMAP-9 an answering monitor is asked for each value once a second, one at a time', () => {
    const sent = poll(60_000, () => 50);
    for (const request of reading) {
      const times = sent.filter((each) => each.request === request).map((each) => each.atMs);
      expect(times.length).toBeGreaterThanOrEqual(54);
      expect(
        times
          .slice(1)
          .map((atMs, index) => atMs - (times[index] ?? 0))
          .every((gapMs) => gapMs >= 1000 && gapMs <= 1300),
      ).toBe(true);
    }
  });

  test('DINAMAP-9 at most one request is outstanding, and a second follows only after a second without an answer', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 3000 })), { minLength: 1, maxLength: 30 }), (delays) => {
        const sent = poll(40_000, (_request, atMs) => delays[Math.floor(atMs / 1300) % delays.length] ?? null);
        sent.forEach((each, index) => {
          const previous = sent[index - 1];
          if (previous === undefined) return;
          const delayMs = delays[Math.floor(previous.atMs / 1300) % delays.length] ?? null;
          const answered = delayMs !== null && previous.atMs + delayMs <= each.atMs;
          expect(answered || each.atMs - previous.atMs >= 1000).toBe(true);
        });
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test('DINAMAP-9 a monitor without an oximeter keeps its pressures fresh', () => {
    const sent = poll(120_000, (request) => (request === ' NA!2\r' ? 50 : null));
    const pressures = sent.filter((each) => each.request === ' NA!2\r' && each.atMs > 20_000).map((each) => each.atMs);
    const gaps = pressures.slice(1).map((atMs, index) => atMs - (pressures[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3100);
    expect(pressures.length).toBeGreaterThan(80);
    expect(sent.filter((each) => each.request === ' OA!3\r').at(-1)?.atMs).toBeGreaterThan(60_000);
  });

  test('DINAMAP-9 a monitor without a thermometer keeps the others fresh from the first second on', () => {
    const sent = poll(120_000, (request) => (request === ' TC!:\r' ? null : 50));
    const times = sent.filter((each) => each.request === ' OA!3\r').map((each) => each.atMs);
    const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2500);
    expect(sent.filter((each) => each.request === ' TC!:\r').length).toBeLessThanOrEqual(6);
  });
});
