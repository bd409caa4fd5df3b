import type { Doubt, Refusal } from '../../../../shared/contract/contract-errors.ts';
import { hasWords, type Answer } from '../../../../shared/contract/doubt.ts';
import { maySecond, secondPersonsUnchosen } from '../../../../shared/contract/second-persons.ts';
import { assertNever } from '../../../../shared/values/assert-never.ts';
import type { DecisionContext, ActingPerson } from './decision.ts';
import type { Answered, MetMeanwhile } from '../events/answered.ts';

/** What a doubt passes by beside its reason: the people whose own PIN was typed for this very act. */
export type Vouching = Pick<DecisionContext, 'actor' | 'ownPinChecked' | 'secondPerson' | 'secondPersons'>;

export interface Weighed {
  readonly open: readonly Doubt[];
  readonly answered: readonly Answered[];
}

/**
 * Compares doubts with answers; nothing else does. Every doubt is passed by the answer under its own key or stays open;
 * an answer to a doubt that does not stand is dropped, but where the doubt was settled while it was answered.
 */
export function weighDoubts(doubts: readonly Doubt[], answers: readonly Answer[], vouching: Vouching): Weighed {
  const open: Doubt[] = [];
  const answered: Answered[] = [];
  for (const doubt of doubts) {
    const answer = answers.find(({ key, reason }) => key === doubt.key && hasWords(reason));
    const passed = answer === undefined ? null : passedBy(doubt, answer, vouching);
    if (passed === null) open.push(doubt);
    else answered.push(passed);
  }
  return { open, answered };
}

/** Answers to what was open when it was asked and is met now; they let nothing pass. */
export function answersToMet(met: readonly Doubt[], answers: readonly Answer[], vouching: Vouching): readonly MetMeanwhile[] {
  return met.flatMap(({ key, words, needs }) => {
    const answer = answers.find((one) => one.key === key && hasWords(one.reason));
    if (answer === undefined) return [];
    const voucher = voucherOf(needs, vouching);
    const by = voucher === null || voucher === 'nobody-needed' ? {} : { by: { personId: voucher.personId, name: voucher.name } };
    return [{ key, words, reason: answer.reason, ...by }];
  });
}

function passedBy({ key, words, needs }: Doubt, { reason }: Answer, vouching: Vouching): Answered | null {
  const voucher = voucherOf(needs, vouching);
  if (voucher === null) return null;
  const by = voucher === 'nobody-needed' ? {} : { by: { personId: voucher.personId, name: voucher.name } };
  return { key, words, reason, needs, ...by };
}

function voucherOf(
  needs: Doubt['needs'],
  { actor, ownPinChecked, secondPerson, secondPersons = secondPersonsUnchosen }: Vouching,
): ActingPerson | 'nobody-needed' | null {
  switch (needs) {
    case 'reason':
      return 'nobody-needed';
    case 'second-person':
      return secondPerson !== null && maySecond(secondPersons, 'doubtful-amounts', secondPerson.role) ? secondPerson : null;
    case 'prescriber':
      if (secondPerson?.role === 'prescriber') return secondPerson;
      return actor.role === 'prescriber' && ownPinChecked === true ? actor : null;
    case 'second-reading':
      return null;
    default:
      return assertNever(needs);
  }
}

/** One refusal for all that stands open, so that nothing is found out one question after another. */
export function refusalOf(open: readonly [Doubt, ...Doubt[]]): Refusal {
  const [first] = open;
  const said = open.map(({ words, needs }) => `${words}${needWords[needs]}.`).join(' ');
  const message = `${said} Put it right, or give the reason${open.length === 1 ? '' : ' for each'}.`;
  return { code: first.code, message, ...(first.subject === undefined ? {} : { subject: first.subject }), doubts: [...open] };
}

const needWords: Readonly<Record<Doubt['needs'], string>> = {
  reason: '',
  'second-person': ' (a second person signs for it)',
  prescriber: ' (a prescriber signs for it)',
  'second-reading': '',
};
