import { useCallback } from 'react';
import type { Doubt, RefusalCode } from '../../../shared/contract/contract-errors.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { useCommandSession } from '../../live/command-session.tsx';
import { useRoom } from '../../live/room-context.tsx';
import { seatOf } from '../../live/seat-store.ts';
import { pauseMs, sendCommand, type CommandRequest } from '../../live/send-command.ts';
import { useSignInRequest } from '../../live/sign-in-request.tsx';
import { fieldText } from '../../text/field.ts';

interface SendFailure {
  readonly ok: false;
  readonly words: string;
  /** null where the service gave no answer. */
  readonly code: RefusalCode | null;
  /** What answers would let pass, where they would; what has no doubts has to be put right first. */
  readonly doubts: readonly Doubt[];
}
type SendOutcome = { readonly ok: true; readonly eventIds: readonly string[] } | SendFailure;

/** What travels beside a command. */
export type SendWith = Pick<CommandRequest, 'witness' | 'ownPin' | 'answers'>;

/** Sends commands of the session in this room, or of the one whose record is open. Settles with what happened, and never throws. */
export function useSend(): (command: SessionCommandInput, beside?: SendWith) => Promise<SendOutcome> {
  const { client, store } = useRoom();
  const about = useCommandSession();
  const askSignIn = useSignInRequest();
  return useCallback(
    async (command, beside) => {
      const sessionId = about ?? store.getState().board?.session?.sessionId;
      if (sessionId === undefined) return { ok: false, words: fieldText.noSession, code: 'SESSION_NOT_FOUND', doubts: [] };
      const request = { commandId: crypto.randomUUID(), sessionId, command, ...beside };
      const outcome = await sendCommand(request, { client, resumeSeat: seatOf(client).resume, pause: pauseMs });
      if (outcome.ok) return { ok: true, eventIds: outcome.eventIds };
      const code = outcome.kind === 'refused' ? outcome.code : null;
      if (code === 'STAFF_NOT_SIGNED_IN') askSignIn();
      return { ok: false, words: outcome.message, code, doubts: outcome.kind === 'refused' ? outcome.doubts : [] };
    },
    [client, store, about, askSignIn],
  );
}
