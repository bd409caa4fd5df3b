import { useState } from 'react';
import { refusalOf, wordsOfFailure } from '../../connection/failure.ts';
import { saidBesidePad, useSecondPerson, type SecondPersonDraft } from '../../components/fields/use-second-person.ts';
import type { SecondPerson } from '../../../shared/contract/typed-pin.ts';
import { useSeat } from '../../live/use-seat.ts';

interface ConfirmedAct {
  /** Whoever confirms, while they sign; null where nobody has to. */
  readonly second: SecondPersonDraft | null;
  readonly busy: boolean;
  readonly refusal: string | null;
  /** Sends it once; `done` when it was recorded. */
  readonly send: <Answer>(call: (confirm: { confirm?: SecondPerson }) => Promise<Answer>, done: (answer: Answer) => void) => void;
}

/** An act about a person of the room: one of `confirmers` stands by with their own PIN, where there are any. */
export function useConfirmedAct(confirmers: readonly string[]): ConfirmedAct {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const confirming = useSecondPerson({ personIds: confirmers }, useSeat().person);
  const second = confirmers.length === 0 ? null : confirming;
  return {
    second,
    busy,
    refusal,
    send: (call, done) => {
      if (busy) return;
      setBusy(true);
      setRefusal(null);
      const confirm = second?.secondPerson ?? null;
      call(confirm === null ? {} : { confirm })
        .then(
          (answer) => {
            confirming.forgetPin();
            done(answer);
          },
          (error: unknown) => setRefusal(saidBesidePad(second, refusalOf(error)?.code ?? null, wordsOfFailure(error))),
        )
        .finally(() => setBusy(false));
    },
  };
}
