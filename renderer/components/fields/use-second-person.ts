import { useCallback, useState } from 'react';
import type { RefusalCode } from '../../../shared/contract/contract-errors.ts';
import type { PersonView, Role } from '../../../shared/contract/board/people.ts';
import type { SecondPerson } from '../../../shared/contract/typed-pin.ts';
import { useBoard } from '../../live/room-context.tsx';
import { secondPersonText } from '../../text/second-person.ts';

const pinDigitsMin = 6;

export interface SecondPersonDraft {
  /** Who may be the second person here. */
  readonly people: readonly PersonView[];
  readonly person: PersonView | null;
  readonly pin: string;
  /** Counts what gives the PIN pad the keys: choosing a name, also the one that is chosen, and a PIN that was refused. */
  readonly round: number;
  /** What was refused about the PIN, to stand beside its pad; null when nothing was. */
  readonly refused: string | null;
  /** To send with the command; null until it is complete. */
  readonly secondPerson: SecondPerson | null;
  /** What is still missing, for the button that records; null when nothing is. */
  readonly waits: string | null;
  readonly choose: (personId: string) => void;
  readonly type: (pin: string) => void;
  /** Forgets the PIN and what was said of it, as once it was sent; the person stays. */
  readonly forgetPin: () => void;
  /** The pad is empty and takes the keys again, wherever they went meanwhile. `why` stands beside it; null where that is said elsewhere. */
  readonly askAgain: (why: string | null) => void;
  /** Forgets who they are, too. */
  readonly forget: () => void;
}

/** By their role, or these people. */
type Among = readonly Role[] | { readonly personIds: readonly string[] };

function isAmong({ personId, role }: PersonView, among: Among): boolean {
  return 'personIds' in among ? among.personIds.includes(personId) : among.includes(role);
}

/** The second person while they sign. Whoever acts is not offered. `self`: whoever acts types their own PIN again. */
export function useSecondPerson(among: Among, actor: PersonView | null, who: 'others' | 'self' = 'others'): SecondPersonDraft {
  const everybody = useBoard((board) => board.staff.people);
  const [personId, setPersonId] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [round, setRound] = useState(0);
  const [refused, setRefused] = useState<string | null>(null);
  const people = everybody.filter((one) => (one.personId === actor?.personId) === (who === 'self') && isAmong(one, among));
  const person = people.find((one) => one.personId === personId) ?? null;
  const isTyped = pin.length >= pinDigitsMin;
  return {
    people,
    person,
    pin,
    round,
    refused,
    secondPerson: person !== null && isTyped ? { personId: person.personId, pin } : null,
    waits: person === null ? secondPersonText.waitsPerson : isTyped ? null : secondPersonText.waitsPin(person.name),
    choose: useCallback((chosen: string) => {
      setPersonId(chosen);
      setPin('');
      setRefused(null);
      setRound((count) => count + 1);
    }, []),
    type: setPin,
    forgetPin: useCallback(() => {
      setPin('');
      setRefused(null);
    }, []),
    askAgain: useCallback((why: string | null) => {
      setPin('');
      setRefused(why);
      setRound((count) => count + 1);
    }, []),
    forget: useCallback(() => {
      setPersonId(null);
      setPin('');
      setRefused(null);
    }, []),
  };
}

const aboutPin: ReadonlySet<RefusalCode> = new Set([
  'STAFF_WRONG_PIN',
  'STAFF_LOCKED_OUT',
  'STAFF_PAGE_WAITS',
  'STAFF_FIRST_PIN',
  'STAFF_BADGE_READ',
  'STAFF_BUSY',
]);

/** Whether a refusal is about a typed PIN and not about the act. False where there was no answer. */
export function isAboutPin(code: RefusalCode | null): boolean {
  return code !== null && aboutPin.has(code);
}

/**
 * What was refused about the PIN is said beside its pad, which takes the keys again. Anything else is given back, for the form to say
 * at its button; the PIN is forgotten in any case.
 */
export function saidBesidePad(draft: SecondPersonDraft | null, code: RefusalCode | null, words: string): string | null {
  if (draft !== null && isAboutPin(code)) {
    draft.askAgain(words);
    return null;
  }
  draft?.forgetPin();
  return words;
}
