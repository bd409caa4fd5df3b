import { useCallback, useEffect, useRef, useState } from 'react';
import type { Doubt, RefusalCode } from '../../shared/contract/contract-errors.ts';
import type { Answer } from '../../shared/contract/doubt.ts';
import type { SecondPerson } from '../../shared/contract/typed-pin.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { useCommandSession } from './command-session.tsx';
import type { LiveStore } from './live-store.ts';
import { useRoom } from './room-context.tsx';
import { seatOf } from './seat-store.ts';
import { pauseMs, sendCommand, type CommandRequest } from './send-command.ts';
import { useSignInRequest } from './sign-in-request.tsx';
import { askedOf, useWhoMay } from './use-who-may.ts';

type CommandState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  /** `code` is null where the service gave no answer. */
  | { readonly kind: 'refused'; readonly message: string; readonly code: RefusalCode | null; readonly doubts: readonly Doubt[] };

interface RunOptions {
  readonly onRecorded?: (eventIds: readonly string[]) => void;
  /** Why it was not recorded; gives back the words that are still to be said at the control, null for none. */
  readonly onRefused?: (code: RefusalCode | null, words: string) => string | null;
  /** The second person of an act that needs two. */
  readonly witness?: SecondPerson;
  /** The PIN of whoever is signed in here, typed again for this act. */
  readonly ownPin?: string;
  /** To the doubts that the same command raised before. */
  readonly answers?: Answer[];
}

interface CommandHandle {
  /** Sends a command of the session in this room, once: while one is on its way, another tap does nothing. */
  readonly run: (command: SessionCommandInput, then?: RunOptions) => void;
  readonly state: CommandState;
  readonly dismiss: () => void;
}

/** An acknowledged event that the feed does not bring within this time is on disk all the same. */
const seenMsMax = 2000;

/** One control's commands: idle, saving until the event is back from disk, or refused in words. */
export function useCommand(): CommandHandle {
  const { client, store } = useRoom();
  const about = useCommandSession();
  const askSignIn = useSignInRequest();
  const isSomebodys = useWhoMay();
  const [state, setState] = useState<CommandState>({ kind: 'idle' });
  const underway = useRef(false);
  const unanswered = useRef<CommandRequest | null>(null);
  const drawn = useRef(true);
  useEffect(() => {
    drawn.current = true;
    return () => {
      drawn.current = false;
    };
  }, []);
  const put = useCallback((next: CommandState) => {
    if (drawn.current) setState(next);
  }, []);

  const run = useCallback<CommandHandle['run']>(
    (command, then) => {
      const seat = seatOf(client);
      const sessionId = about ?? store.getState().board?.session?.sessionId;
      if (underway.current || sessionId === undefined) return;
      if (!isSomebodys(askedOf(command))) return;
      const commandId = repeatedId(unanswered.current, sessionId, command) ?? crypto.randomUUID();
      const request = {
        commandId,
        sessionId,
        command,
        ...(then?.witness === undefined ? {} : { witness: then.witness }),
        ...(then?.ownPin === undefined ? {} : { ownPin: then.ownPin }),
        ...(then?.answers === undefined ? {} : { answers: then.answers }),
      };
      underway.current = true;
      put({ kind: 'saving' });
      const finish = async (): Promise<void> => {
        const outcome = await sendCommand(request, { client, resumeSeat: seat.resume, pause: pauseMs });
        unanswered.current = !outcome.ok && outcome.kind === 'unanswered' ? request : null;
        if (outcome.ok) await seenInFeed(store, outcome.seq);
        underway.current = false;
        if (!outcome.ok) {
          if (outcome.kind === 'refused' && outcome.code === 'STAFF_NOT_SIGNED_IN') askSignIn();
          const [code, doubts] = outcome.kind === 'refused' ? [outcome.code, outcome.doubts] : [null, []];
          const message = then?.onRefused === undefined ? outcome.message : then.onRefused(code, outcome.message);
          put(message === null ? { kind: 'idle' } : { kind: 'refused', message, code, doubts });
          return;
        }
        put({ kind: 'idle' });
        then?.onRecorded?.(outcome.eventIds);
      };
      void finish();
    },
    [client, store, about, askSignIn, isSomebodys, put],
  );
  const dismiss = useCallback(() => put({ kind: 'idle' }), [put]);
  return { run, state, dismiss };
}

/** A tap after no answer is the same tap again, and keeps its commandId. */
function repeatedId(last: CommandRequest | null, sessionId: string, command: SessionCommandInput): string | null {
  if (last === null || last.sessionId !== sessionId) return null;
  return JSON.stringify(last.command) === JSON.stringify(command) ? last.commandId : null;
}

/** Resolves when the board has reached an event, by its sequence number. */
function seenInFeed(store: LiveStore, seq: number): Promise<void> {
  const isSeen = (): boolean => {
    const recording = store.getState().board?.recording;
    return recording?.state === 'recording' && recording.lastSeq >= seq;
  };
  if (isSeen()) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      forget();
      resolve();
    };
    const timer = setTimeout(end, seenMsMax);
    const forget = store.subscribe(() => {
      if (isSeen()) end();
    });
  });
}
