import { useCallback } from 'react';
import type { RefusalCode } from '../../shared/contract/contract-errors.ts';
import type { Witness } from '../../shared/contract/room-contract.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { useCommandSession } from '../live/command-session.tsx';
import { useRoom } from '../live/room-context.tsx';
import { seatOf } from '../live/seat-store.ts';
import { pauseMs, sendCommand } from '../live/send-command.ts';
import { useSignInRequest } from '../live/sign-in-request.tsx';
import { fieldText } from '../text/field.ts';

export interface SendFailure {
  readonly ok: false;
  readonly words: string;
  /** null where the service gave no answer. */
  readonly code: RefusalCode | null;
  /** Whether a reason lets the person go on. */
  readonly canOverride: boolean;
}
export type SendOutcome = { readonly ok: true; readonly eventIds: readonly string[] } | SendFailure;

/** What a person may go on against, with a reason; the rest has to be put right first. */
const overridable: readonly RefusalCode[] = [
  'WEIGHT_IMPLAUSIBLE',
  'DOSE_OUTSIDE_PROTOCOL',
  'SESSION_MONITOR_NOT_LIVE',
  'SESSION_CHECKLIST_OPEN',
];

/** Sends commands of the session in this room, or of the one whose record is open. Settles with what happened, and never throws. */
export function useSend(): (command: SessionCommandInput, witness?: Witness) => Promise<SendOutcome> {
  const { client, store } = useRoom();
  const about = useCommandSession();
  const askSignIn = useSignInRequest();
  return useCallback(
    async (command, witness) => {
      const sessionId = about ?? store.getState().board?.session?.sessionId;
      if (sessionId === undefined) return { ok: false, words: fieldText.noSession, code: 'SESSION_NOT_FOUND', canOverride: false };
      const request = { commandId: crypto.randomUUID(), sessionId, command, ...(witness === undefined ? {} : { witness }) };
      const outcome = await sendCommand(request, { client, resumeSeat: seatOf(client).resume, pause: pauseMs });
      if (outcome.ok) return { ok: true, eventIds: outcome.eventIds };
      const code = outcome.kind === 'refused' ? outcome.code : null;
      if (code === 'STAFF_NOT_SIGNED_IN') askSignIn();
      return { ok: false, words: outcome.message, code, canOverride: code !== null && overridable.includes(code) };
    },
    [client, store, about, askSignIn],
  );
}
