import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { ObservationDetails } from '../../../../shared/clinical/observation.ts';
import { serviceNowMs, useRoom } from '../../../live/room-context.tsx';
import { seatOf } from '../../../live/seat-store.ts';
import { pauseMs, sendCommand } from '../../../live/send-command.ts';
import { useSignInRequest } from '../../../live/sign-in-request.tsx';
import { useSeat } from '../../../live/use-seat.ts';
import {
  emptyInput,
  excessOf,
  isBlank,
  type ChosenChip,
  type InputChange,
  type ObservationInput,
  type SentObservation,
} from './observation-draft.ts';
import { observationInputs } from './observation-inputs.ts';
import { useKeptInput } from './use-kept-input.ts';

export interface ObservationInputHandle {
  readonly input: ObservationInput;
  readonly type: (text: string) => void;
  readonly toggleChip: (chip: ChosenChip) => void;
  readonly setDetails: (details: ObservationDetails) => void;
  readonly textLeft: () => void;
  readonly textCame: (text: string, begunAtMs: number) => void;
  readonly record: () => void;
  readonly tryAgain: (commandId: string) => void;
  readonly putBack: (commandId: string) => void;
}

/**
 * What is typed on the observation line of one session, by whoever is in front: another person's line is their own, and
 * what is not recorded waits for its author. It is held in this page and by the service until every note is on disk. A
 * note that was on its way when the page went is sent again with its own commandId, so it is recorded once.
 */
export function useObservationInput(sessionId: string): ObservationInputHandle {
  const { client, store } = useRoom();
  const askSignIn = useSignInRequest();
  const author = useSeat().person?.personId ?? null;
  const inputs = observationInputs(client, sessionId);
  const input = useSyncExternalStore(inputs.subscribe, inputs.get).get(author) ?? emptyInput;
  const change = useCallback((made: InputChange) => inputs.change(author, made), [inputs, author]);
  useEffect(() => {
    if (author !== null) inputs.signedIn(author);
  }, [inputs, author]);
  useKeptInput({ sessionId, author, input, held: inputs.held }, change);

  const underway = useRef(new Set<string>());
  const send = useCallback(
    async ({ commandId, draft }: SentObservation) => {
      if (underway.current.has(commandId)) return;
      underway.current.add(commandId);
      const command = {
        type: 'record-observation' as const,
        text: draft.text.trim(),
        chips: draft.chips.map(({ group, chip }) => ({ group, chip })),
        details: draft.details,
        begunAt: Math.round(draft.begunAtMs ?? serviceNowMs(store.getState())),
      };
      const outcome = await sendCommand({ commandId, sessionId, command }, { client, resumeSeat: seatOf(client).resume, pause: pauseMs });
      underway.current.delete(commandId);
      if (outcome.ok) change({ type: 'recorded', commandId });
      else change({ type: 'problem', commandId, problem: outcome.message });
    },
    [client, store, sessionId, change],
  );
  useEffect(() => {
    if (author === null) return;
    for (const note of input.sent) if (note.problem === null) void send(note);
  }, [author, input.sent, send]);

  const now = useCallback(() => serviceNowMs(store.getState()), [store]);
  return {
    input: input,
    type: (text) => change({ type: 'text', text, nowMs: now() }),
    toggleChip: (chip) => change({ type: 'chip', chip, nowMs: now() }),
    setDetails: (details) => change({ type: 'details', details, nowMs: now() }),
    textLeft: () => change({ type: 'text-left' }),
    textCame: (text, begunAtMs) => change({ type: 'text-came', text, begunAtMs }),
    record: () => {
      if (isBlank(input.draft) || excessOf(input.draft) !== undefined) return;
      if (author === null) askSignIn();
      else change({ type: 'send', commandId: crypto.randomUUID() });
    },
    tryAgain: (commandId) => change({ type: 'problem', commandId, problem: null }),
    putBack: (commandId) => change({ type: 'put-back', commandId }),
  };
}
