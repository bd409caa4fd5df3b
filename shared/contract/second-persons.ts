import { z } from 'zod';
import type { SessionCommandType } from './session-commands.ts';

/**
 * Who may be the second person, act by act: one choice of the clinic for its room. A prescriber's own PIN, where an act
 * asks for one, is another thing, and so is who takes over a session.
 */

const mayStandBy = ['nurse', 'therapist', 'prescriber'] as const;
export type SecondPersonRole = (typeof mayStandBy)[number];
const chosen = z.array(z.enum(mayStandBy)).min(1).max(mayStandBy.length);

export const secondPersonActs = ['double-check', 'controlled-drugs', 'doubtful-amounts'] as const;
export type SecondPersonAct = (typeof secondPersonActs)[number];

export const secondPersonsSchema = z.object({
  /** Reads the dose, the label and the pump back. */
  'double-check': chosen,
  /** Vials received, counted, drawn, wasted and disposed of. */
  'controlled-drugs': chosen,
  /** What one person alone may have misread: ten times the amount. */
  'doubtful-amounts': chosen,
});
export type SecondPersons = z.output<typeof secondPersonsSchema>;

const whoGivesDrugs: SecondPersonRole[] = ['nurse', 'prescriber'];

/** Until a room has chosen: whoever may give the drug themselves. */
export const secondPersonsUnchosen: SecondPersons = {
  'double-check': whoGivesDrugs,
  'controlled-drugs': whoGivesDrugs,
  'doubtful-amounts': whoGivesDrugs,
};

export const secondPersonRoles: readonly SecondPersonRole[] = mayStandBy;

/** The act that a second person signs with this command by itself; null where none does. */
export function secondPersonActOf(type: SessionCommandType): SecondPersonAct | null {
  switch (type) {
    case 'confirm-double-check':
      return 'double-check';
    case 'draw-controlled-drug':
    case 'waste-controlled-drug':
      return 'controlled-drugs';
    default:
      return null;
  }
}

export function maySecond(chosenBy: SecondPersons, act: SecondPersonAct, role: string): boolean {
  return (chosenBy[act] as readonly string[]).includes(role);
}

export function sameSecondPersons(one: SecondPersons, other: SecondPersons): boolean {
  return secondPersonActs.every((act) => secondPersonRoles.every((role) => maySecond(one, act, role) === maySecond(other, act, role)));
}
