import type { Poller } from '../driver.ts';
import { readCommands, requestOf, type ReadCommand } from './commands.ts';

const replyTimeoutMs = 1000;
const retries = 3;
/** Not every monitor has a probe: one attempt, so that it holds up the others for no more than a second. */
const retriesOf: Readonly<Partial<Record<ReadCommand, number>>> = { TC: 0 };
/** Each value is asked for once in this time. */
const roundMs = 1000;
/** A value that the monitor does not answer for (it has no oximeter) is asked for rarely, so that the others stay fresh. */
const restMs = 30_000;

interface Asked {
  readonly command: ReadCommand;
  /** Attempts that got no answer in a row. */
  unanswered: number;
  nextMs: number;
  /** When all attempts had failed the last time; null: answered since. */
  failedMs: number | null;
}

/**
 *   idle ──due──► asked ──answer──► idle (next in a second)
 *                   └─1 s─► asked again, up to 3 times ──► idle (next in a second; in 30 s if only this value goes unanswered)
 *
 * One request at a time; an answer is whatever frame arrives, because the decoder judges it by its own echo.
 */
export function createDinamapPoller(): Poller {
  const asked: Asked[] = readCommands.map((command) => ({ command, unanswered: 0, nextMs: -Infinity, failedMs: null }));
  let outstanding: Asked | null = null;
  let sentMs = 0;
  let lastAnswerMs = -Infinity;

  function send(request: Asked, monoMs: number): Uint8Array {
    outstanding = request;
    sentMs = monoMs;
    return requestOf(request.command);
  }

  function giveUpOrRepeat(request: Asked, monoMs: number): Uint8Array | null {
    request.unanswered += 1;
    const most = retriesOf[request.command] ?? retries;
    if (request.unanswered <= most) return send(request, monoMs);
    outstanding = null;
    // Failed twice while other values were answered in between: it is this value, not the line.
    const isThisValue = request.failedMs !== null && lastAnswerMs > request.failedMs;
    request.failedMs = monoMs;
    request.nextMs = monoMs + (isThisValue ? restMs : roundMs);
    // One attempt is enough the next time, so that a missing oximeter does not hold up the pressures.
    request.unanswered = isThisValue ? most : 0;
    return null;
  }

  function nextDue(monoMs: number): Asked | null {
    let due: Asked | null = null;
    for (const request of asked) {
      if (request.nextMs <= monoMs && (due === null || request.nextMs < due.nextMs)) due = request;
    }
    return due;
  }

  return {
    poll(monoMs) {
      if (outstanding !== null) {
        if (monoMs - sentMs < replyTimeoutMs) return null;
        const repeated = giveUpOrRepeat(outstanding, monoMs);
        if (repeated !== null) return repeated;
      }
      const due = nextDue(monoMs);
      return due === null ? null : send(due, monoMs);
    },
    answered(monoMs) {
      lastAnswerMs = monoMs;
      if (outstanding === null) return;
      outstanding.unanswered = 0;
      outstanding.failedMs = null;
      outstanding.nextMs = Math.max(sentMs + roundMs, monoMs);
      outstanding = null;
    },
  };
}
