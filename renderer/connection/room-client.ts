import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { RoomContract } from '../../shared/contract/room-contract.ts';
import { RoomUnreachableError } from './failure.ts';
import type { RoomTransport } from './room-transport.ts';

/** Typed calls to the room service: `client.session.execute({ … })`. Every call settles. */
export type RoomClient = ContractRouterClient<RoomContract>;

const answerWithinMs = 10_000;
/** How often a call is made before its outcome is said to be unknown. */
const askedMax = 3;

/** No answer in time, over a connection that stands: the call may be under way still. */
class RoomSilentError extends RoomUnreachableError {}

/**
 * A call with a number of its own has happened once or not at all however often it is made, so its outcome is asked for
 * again before anybody is told that it is unknown. Commands of a session are repeated by `send-command.ts`, over new
 * connections too.
 */
function mayBeAskedAgain(path: readonly string[], input: unknown): boolean {
  const numbered = typeof input === 'object' && input !== null && ('commandId' in input || 'attemptId' in input);
  return numbered && path.join('.') !== 'session.execute';
}

/**
 * One client for the life of the page, over whatever transport is open now. oRPC leaves a call on a closed
 * MessagePort pending for ever, so each call races the transport's end and a deadline.
 */
export function createRoomClient(currentTransport: () => RoomTransport | null, deadlineMs = answerWithinMs): RoomClient {
  const link: ClientLink<ClientContext> = {
    async call(path, input, options) {
      for (let asked = 1; ; asked += 1) {
        const transport = currentTransport();
        if (transport === null) throw new RoomUnreachableError('The room service is not reachable.');
        try {
          return await settle(transport.link.call(path, input, options), { closed: transport.closed, deadlineMs });
        } catch (error) {
          if (!(error instanceof RoomSilentError) || asked === askedMax || !mayBeAskedAgain(path, input)) throw error;
        }
      }
    },
  };
  return createORPCClient<RoomClient>(link);
}

/** Calls under way on each transport. One wait for its end serves all: a session makes tens of thousands of calls. */
const underWay = new WeakMap<Promise<string>, Set<(why: string) => void>>();

function callsOf(closed: Promise<string>): Set<(why: string) => void> {
  const known = underWay.get(closed);
  if (known !== undefined) return known;
  const calls = new Set<(why: string) => void>();
  underWay.set(closed, calls);
  void closed.then((why) => {
    for (const giveUp of calls) giveUp(why);
    calls.clear();
    underWay.delete(closed);
  });
  return calls;
}

interface Limits {
  readonly closed: Promise<string>;
  readonly deadlineMs: number;
}

function settle<T>(call: Promise<T>, { closed, deadlineMs }: Limits): Promise<T> {
  return new Promise((resolve, reject) => {
    const calls = callsOf(closed);
    const giveUp = (why: string): void => reject(new RoomUnreachableError(why));
    const timer = setTimeout(() => reject(new RoomSilentError('The room service did not answer in time.')), deadlineMs);
    calls.add(giveUp);
    const done = (): void => {
      clearTimeout(timer);
      calls.delete(giveUp);
    };
    call.then(resolve, reject).finally(done);
  });
}
