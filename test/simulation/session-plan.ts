import { milestones } from '../../shared/clinical/milestone.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import type { Role } from '../../shared/contract/board/people.ts';
import type { SessionCommandInput, SessionCommandType } from '../../shared/contract/session-commands.ts';
import { isBagEnd } from '../../electron/service/session/state/left-in-bag.ts';
import { reach } from '../support/reach-milestone.ts';
import { commandOf, vial, type Sight } from './any-command.ts';
import type { Chance } from './seeded-chance.ts';

/** A command with whoever gives it. */
export interface Act {
  readonly by: Role;
  readonly command: SessionCommandInput;
  readonly witness?: Role;
  readonly ownPin?: true;
}

/** What is done next by what is seen then; null where there is nothing to do. */
export type Step = (sight: Sight) => Act | null;

const nurse =
  (command: SessionCommandInput, witness?: Role): Step =>
  () => ({ by: 'nurse', command, ...(witness === undefined ? {} : { witness }) });

/**
 * A session from arrival to signature as it is meant to go. Others interfere, cables are pulled and the process is
 * killed in between: what no longer fits is refused, and the plan goes on.
 */
export function sessionPlan(protocol: Protocol, chance: Chance): readonly Step[] {
  return [...beforeDose(protocol, chance), ...administrations(protocol, chance), ...recovery(protocol, chance), ...departure(chance)];
}

function beforeDose(protocol: Protocol, chance: Chance): Step[] {
  const orders: Record<Protocol['route'], SessionCommandInput> = {
    iv: { type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true },
    im: { type: 'order-injection', mgPerKg: 1, mgPerMl: 50, secondMgPerKg: 0.5, standingOrder: true },
    intranasal: { type: 'order-devices', mg: 56, standingOrder: true },
    sublingual: { type: 'order-lozenges', lozenges: 1, standingOrder: true },
  };
  const checklist = protocol.milestones.filter(
    ({ milestone, beforeDose: first }) => first || (milestones[milestone].stage === 'pre' && chance.in100(40)),
  );
  const weight = { value: chance.between(55, 95), unit: 'kg' } as const;
  return [
    nurse({ type: 'record-weight', ...weight, again: weight }),
    nurse(orders[protocol.route]),
    ...(protocol.route === 'sublingual' ? [made('record-remote-facts', 'nurse', chance)] : []),
    ...(chance.in100(60) ? [nurse({ type: 'draw-controlled-drug', stock: vial, mg: 500 }, 'prescriber')] : []),
    ...checklist.map(({ milestone }): Step => ({ state }) => ({
      by: 'nurse',
      command: reach(milestone, undefined, state.opened.recordNumber),
      ...(milestone === 'double_check' ? { witness: 'prescriber' as const } : {}),
    })),
    ({ state }) => (state.milestones.some(({ milestone }) => milestone === 'identity') ? null : identify(state.opened)),
  ];
}

function identify({ birthDate, recordNumber }: { readonly birthDate: string; readonly recordNumber: string }): Act {
  return { by: 'nurse', command: { type: 'check-identity', birthDate, recordNumber } };
}

function administrations(protocol: Protocol, chance: Chance): Step[] {
  const between = [
    nurse({ type: 'reach-milestone', milestone: 'onset' }),
    rate(chance),
    answerRating,
    finishRating,
    made('record-observation', 'therapist', chance),
    made('amend-observation', 'therapist', chance),
    made('record-adverse-event', 'therapist', chance),
    made('update-adverse-event', 'therapist', chance),
    made('give-drug', 'nurse', chance),
    made('enter-vitals', 'nurse', chance),
    made('mark-slot-missed', 'nurse', chance),
    made('correct-time', 'nurse', chance),
    made('undo', 'nurse', chance),
  ].filter(() => chance.in100(60));
  switch (protocol.route) {
    case 'iv':
      return [
        nurse({ type: 'start-dose' }),
        ...between,
        ...(chance.in100(40) ? [nurse({ type: 'change-rate', rateMlPerHour: chance.between(30, 59) })] : []),
        ...(chance.in100(30) ? [nurse({ type: 'give-bolus', mg: 2 })] : []),
        ...(chance.in100(20) ? [made('request-stop', 'therapist', chance)] : []),
        ...(chance.in100(20) ? [nurse({ type: 'change-bag', mg: 40, ml: 40, rateMlPerHour: 50 })] : []),
        ...(chance.in100(50)
          ? [nurse({ type: 'pause-dose', reason: 'patient-anxious' }), confirmPump, nurse({ type: 'resume-dose' })]
          : []),
        ...(chance.in100(30) ? [nurse({ type: 'hand-over' }, 'prescriber')] : []),
        confirmPump,
        chance.in100(80) ? nurse({ type: 'complete-dose' }) : made('stop-dose-early', 'nurse', chance),
        ...(chance.in100(30) ? [readBagAgain] : []),
      ];
    case 'im': {
      const give = nurse({ type: 'give-injection', site: 'deltoid', side: 'left', lot: 'K-114' });
      return [give, ...between, ...(chance.in100(50) ? [give] : []), readLotAgain, nurse({ type: 'complete-dose' })];
    }
    case 'intranasal': {
      const give = nurse({ type: 'give-device', lot: 'S-9' });
      return [give, ...between.slice(0, 3), give, ...between.slice(3), nurse({ type: 'complete-dose' })];
    }
    case 'sublingual':
      return [nurse({ type: 'place-lozenge' }), ...between, nurse({ type: 'expel-lozenge' }), nurse({ type: 'complete-dose' })];
  }
}

const readLotAgain: Step = ({ state }) => {
  const administration = state.dose.administrations.at(-1);
  return administration === undefined
    ? null
    : {
        by: 'nurse',
        command: { type: 'correct-administration', eventId: administration.eventId, lot: 'K-115', reason: 'read the label again' },
      };
};

const readBagAgain: Step = ({ state }) => {
  const end = state.log.findLast(isBagEnd);
  return end === undefined
    ? null
    : {
        by: 'nurse',
        command: { type: 'correct-volume-left', eventId: end.eventId, volumeLeftMl: 0.5, reason: 'read off the pump afterwards' },
      };
};

const confirmPump: Step = ({ state }) =>
  state.needsPumpConfirmation ? { by: 'nurse', command: { type: 'confirm-pump', running: true } } : null;

/** One item, answered where it is opened. */
function rate(chance: Chance): Step {
  return () => ({
    by: 'therapist',
    command: { type: 'open-rating', instrument: 'suds', answers: [{ item: 1, value: chance.between(0, 100) }] },
  });
}

const answerRating: Step = ({ state }) => {
  const open = state.ratings.findLast((rating) => rating.state === 'open');
  return open === undefined ? null : { by: 'therapist', command: { type: 'answer-item', ratingId: open.ratingId, item: 1, value: 1 } };
};

const finishRating: Step = ({ state }) => {
  const open = state.ratings.findLast((rating) => rating.state === 'open');
  return open === undefined ? null : { by: 'therapist', command: { type: 'finish-rating', ratingId: open.ratingId } };
};

function recovery(protocol: Protocol, chance: Chance): Step[] {
  const { criteria } = protocol.discharge;
  return [
    nurse({ type: 'reach-milestone', milestone: 'return_to_baseline' }),
    finishRating,
    ...(chance.in100(70)
      ? [
          nurse(
            { type: 'waste-controlled-drug', stock: vial, parts: [{ from: 'vial', mg: 400 }], differenceReason: 'as counted' },
            'prescriber',
          ),
        ]
      : []),
    ...criteria.map(({ id, kind, overridable }): Step => {
      if (kind === 'confirmed') return nurse({ type: 'confirm-criterion', criterion: id, met: true });
      return overridable ? nurse({ type: 'override-criterion', criterion: id, reason: 'seen and accepted' }, 'prescriber') : () => null;
    }),
    nurse({ type: 'record-escort', name: 'Alex', phone: '555 0142', present: true }),
    ...(chance.in100(15)
      ? [made('leave-against-advice', 'nurse', chance)]
      : [
          nurse({ type: 'assess-discharge' }),
          nurse({ type: 'reach-milestone', milestone: 'instructions' }),
          nurse({ type: 'reach-milestone', milestone: protocol.discharge.ending === 'with-sitter' ? 'left_with_sitter' : 'discharged' }),
        ]),
    nurse({ type: 'end-session', reason: 'what is missing is on paper' }),
    ...(protocol.route === 'intranasal' ? [nurse({ type: 'answer-rems', field: 'benzodiazepines', answer: 'no' })] : []),
  ];
}

/** After the end: signed, at times by a second person, at times once more. */
function departure(chance: Chance): Step[] {
  const sign: Step = (sight) => {
    const recordHash = sight.recordHash();
    return recordHash === null ? null : { by: 'nurse', ownPin: true, command: { type: 'sign-session', recordHash } };
  };
  const begin = nurse({ type: 'begin-amendment', reason: 'an observation was missing' });
  const add: Step = ({ nowMs }) => ({
    by: 'therapist',
    command: { type: 'record-observation', text: 'slept on the way home', chips: [], begunAt: nowMs },
  });
  return [
    sign,
    ...(chance.in100(40) ? [made('cosign-session', 'prescriber', chance, true)] : []),
    ...(chance.in100(30) ? [begin, add, sign] : []),
    ...(chance.in100(15) ? [begin, nurse({ type: 'close-amendment', reason: 'nothing to change' })] : []),
  ];
}

function made(type: SessionCommandType, by: Role, chance: Chance, ownPin = false): Step {
  return (sight) => ({ by, command: commandOf(type, sight, chance), ...(ownPin ? { ownPin: true as const } : {}) });
}
