import { refusalOf, wordsOfFailure } from '../connection/failure.ts';
import type { RoomClient } from '../connection/room-client.ts';
import type { Doubt, RefusalCode } from '../../shared/contract/contract-errors.ts';
import type { Answer } from '../../shared/contract/doubt.ts';
import type { SecondPerson } from '../../shared/contract/typed-pin.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';

export interface CommandRequest {
  readonly commandId: string;
  readonly sessionId: string;
  readonly command: SessionCommandInput;
  /** The second person of an act that needs two. Held for the length of the call and nowhere else. */
  readonly witness?: SecondPerson;
  /** As the PIN of the second person: held for the length of the call. */
  readonly ownPin?: string;
  /** To the doubts that the same command raised when it was sent without. */
  readonly answers?: Answer[];
}

type CommandOutcome =
  /** On disk. */
  | { readonly ok: true; readonly eventIds: readonly string[]; readonly seq: number }
  /** Decided against, and nothing was written. */
  | {
      readonly ok: false;
      readonly kind: 'refused';
      readonly code: RefusalCode;
      readonly message: string;
      readonly doubts: readonly Doubt[];
    }
  /** No answer: it may or may not be recorded. The same request may be sent again. */
  | { readonly ok: false; readonly kind: 'unanswered'; readonly message: string };

export interface SendContext {
  readonly client: Pick<RoomClient, 'session'>;
  /** Takes the seat again; a new connection does not know who sits here until it is told. */
  readonly resumeSeat: () => Promise<boolean>;
  readonly pause: (ms: number) => Promise<void>;
}

/** Waits between tries. A service that is restarted answers again within three seconds. */
export const retryWaitsMs: readonly number[] = [250, 750, 1500, 3000];

/**
 * Sends one command until it is answered. Every try carries the same commandId, so that an answer lost on the
 * way back does not record a tap twice.
 */
export async function sendCommand(request: CommandRequest, around: SendContext): Promise<CommandOutcome> {
  let mayResume = true;
  for (let tries = 0; ; tries += 1) {
    try {
      const { eventIds, seq } = await around.client.session.execute(request);
      return { ok: true, eventIds, seq };
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.code === 'STAFF_NOT_SIGNED_IN' && mayResume) {
        mayResume = false;
        if (await around.resumeSeat()) continue;
      }
      if (refusal !== null) {
        const { code, message, doubts = [] } = refusal;
        return { ok: false, kind: 'refused', code, message, doubts };
      }
      const waitMs = retryWaitsMs[tries];
      if (waitMs === undefined) return { ok: false, kind: 'unanswered', message: wordsOfFailure(error) };
      await around.pause(waitMs);
    }
  }
}

export function pauseMs(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
