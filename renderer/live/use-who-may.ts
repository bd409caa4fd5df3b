import { useCallback } from 'react';
import { isFor, type Asked } from '../../shared/contract/role-table.ts';
import type { SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { useRoom } from './room-context.tsx';
import { seatOf } from './seat-store.ts';
import { useSignInRequest } from './sign-in-request.tsx';
import { useSeat } from './use-seat.ts';

/** Whether what is asked is for nobody of those at this page; where nobody is here at all, that says nothing yet. */
export function useIsNobodys(asked: Asked | null): boolean {
  const { people } = useSeat();
  return asked !== null && people.length > 0 && !people.some(({ role }) => isFor(role, asked));
}

/** Whether somebody at this page may do it now. Where nobody may, whoever may is asked to sign in. */
export function useWhoMay(): (asked: Asked) => boolean {
  const { client } = useRoom();
  const askSignIn = useSignInRequest();
  return useCallback(
    (asked) => {
      const people = seatOf(client).getPeople();
      const may = people.some(({ role }) => isFor(role, asked));
      if (!may) askSignIn(people.length === 0 ? undefined : asked);
      return may;
    },
    [client, askSignIn],
  );
}

/** Nothing of what was typed goes along: whoever signs in presses it again. */
export function askedOf(command: SessionCommandInput): Asked {
  return command.type === 'reach-milestone' ? { type: command.type, milestone: command.milestone } : { type: command.type };
}
