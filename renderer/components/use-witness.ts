import { useCallback, useState } from 'react';
import type { PersonView, Role } from '../../shared/contract/room-board.ts';
import type { Witness } from '../../shared/contract/room-contract.ts';
import { useBoard } from '../live/room-context.tsx';
import { witnessText } from '../text/witness.ts';

const pinDigitsMin = 6;

export interface WitnessDraft {
  /** Who may be the second person here. */
  readonly people: readonly PersonView[];
  readonly person: PersonView | null;
  readonly pin: string;
  /** Counts the choices: choosing a name, also the one that is chosen, gives its PIN pad the keys. */
  readonly round: number;
  /** To send with the command; null until it is complete. */
  readonly witness: Witness | null;
  /** What is still missing, for the button that records; null when nothing is. */
  readonly waits: string | null;
  readonly choose: (personId: string) => void;
  readonly type: (pin: string) => void;
  /** Forgets the PIN, as after a refusal; the person stays. */
  readonly forgetPin: () => void;
  /** Forgets who they are, too. */
  readonly forget: () => void;
}

/** By their role, or these people. */
export type Among = readonly Role[] | { readonly personIds: readonly string[] };

function isAmong({ personId, role }: PersonView, among: Among): boolean {
  return 'personIds' in among ? among.personIds.includes(personId) : among.includes(role);
}

/**
 * The second person while they sign. Whoever acts is not among them: nobody witnesses their own act. `self`: whoever
 * acts alone, who types their own PIN again.
 */
export function useWitness(among: Among, actor: PersonView | null, who: 'others' | 'self' = 'others'): WitnessDraft {
  const everybody = useBoard((board) => board.staff.people);
  const [personId, setPersonId] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [round, setRound] = useState(0);
  const people = everybody.filter((one) => (one.personId === actor?.personId) === (who === 'self') && isAmong(one, among));
  const person = people.find((one) => one.personId === personId) ?? null;
  const isTyped = pin.length >= pinDigitsMin;
  return {
    people,
    person,
    pin,
    round,
    witness: person !== null && isTyped ? { personId: person.personId, pin } : null,
    waits: person === null ? witnessText.waitsPerson : isTyped ? null : witnessText.waitsPin(person.name),
    choose: useCallback((chosen: string) => {
      setPersonId(chosen);
      setPin('');
      setRound((count) => count + 1);
    }, []),
    type: setPin,
    forgetPin: useCallback(() => setPin(''), []),
    forget: useCallback(() => {
      setPersonId(null);
      setPin('');
    }, []),
  };
}
