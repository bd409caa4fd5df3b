import { dischargeLines, escortCriterion, isConfirmable, type DischargeLine } from '../../../../shared/clinical/discharge.ts';
import { clinicalTime, occurredAt } from '../state/clinical-time.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { dischargeFacts } from '../questions/discharge-facts.ts';
import { handoverCard } from '../questions/handover-card.ts';
import { noVitals } from '../questions/session-vitals.ts';
import type { SessionState } from '../state/session-state.ts';

export function decideConfirmation(state: SessionState, command: CommandOf<'confirm-criterion'>, context: DecisionContext): Decision {
  const { criterion, met, detail } = command;
  const known = context.protocol.discharge.criteria.find(({ id }) => id === criterion);
  const isHere = criterion === escortCriterion && isEscortNamed(state);
  if (known === undefined || !(isConfirmable(known) || isHere)) {
    const words = known === undefined ? 'is no criterion of this protocol' : 'rests on what is measured or rated';
    return refuse('DISCHARGE_NOT_CONFIRMABLE', `"${known?.label ?? criterion}" ${words}. Record that instead.`, 'criterion');
  }
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  return accept({
    kind: 'criterion-confirmed',
    body: withoutAbsent({ criterion, met, detail: detail === '' ? undefined : detail, lateReason: time.lateReason }),
    ...occurredAt(time),
  });
}

/** In the checklist before the dose. */
export function isEscortNamed({ milestones }: SessionState): boolean {
  return milestones.some(({ milestone }) => milestone === 'escort_confirmed');
}

export function decideEscort(state: SessionState, command: CommandOf<'record-escort'>, context: DecisionContext): Decision {
  const { name, phone, present } = command;
  if ((phone.match(/\d/g) ?? []).length < 4) {
    return refuse('DISCHARGE_ESCORT_INCOMPLETE', `"${phone}" is no phone number. Type one that answers on the way home.`, 'phone');
  }
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  return accept({
    kind: 'escort-recorded',
    body: withoutAbsent({ name, phone, present, lateReason: time.lateReason }),
    ...occurredAt(time),
  });
}

/** A prescriber answers for it: signed in, or standing by with their own PIN. */
export function decideOverride(state: SessionState, command: CommandOf<'override-criterion'>, context: DecisionContext): Decision {
  const known = context.protocol.discharge.criteria.find(({ id }) => id === command.criterion);
  if (known === undefined) {
    return refuse(
      'DISCHARGE_NOT_CONFIRMABLE',
      `"${command.criterion}" is no criterion of this protocol. Choose one from the list.`,
      'criterion',
    );
  }
  if (!known.overridable) {
    return refuse('DISCHARGE_NOT_OVERRIDABLE', `This protocol lets nobody override "${known.label}". It has to be met.`, 'criterion');
  }
  const { actor, secondPerson } = context;
  const prescriber = secondPerson?.role === 'prescriber' ? secondPerson : actor.role === 'prescriber' ? actor : null;
  if (prescriber === null) {
    const message = `Only a prescriber passes over "${known.label}". Let them choose their name and type their own PIN, or sign in.`;
    return refuse(secondPerson === null ? 'STAFF_WITNESS_REQUIRED' : 'STAFF_NOT_ALLOWED', message, 'witness');
  }
  // The programme's two hours are no local rule: a prescriber who sits here types their PIN for this very act.
  const isMonitoringTime = context.protocol.route === 'intranasal' && known.kind === 'time-since';
  if (isMonitoringTime && secondPerson?.role !== 'prescriber' && context.ownPinChecked !== true) {
    return refuse('STAFF_PIN_REQUIRED', `To pass over "${known.label}" a prescriber types their own PIN.`, 'pin');
  }
  const line = linesOf(state, context).find(({ criterion }) => criterion === command.criterion);
  if (line?.verdict === 'met')
    return refuse('SESSION_WRONG_STATE', `"${known.label}" is met: ${line.evidence}. There is nothing to override.`);
  return accept({
    kind: 'criterion-overridden',
    body: {
      criterion: command.criterion,
      reason: command.reason,
      prescriber: { personId: prescriber.personId, name: prescriber.name, role: prescriber.role },
    },
  });
}

/** Recorded as met by somebody, once every criterion is met or a prescriber has let it pass. */
export function decideAssessment(state: SessionState, context: DecisionContext): Decision {
  const { discharge } = context.protocol;
  if (state.dose.endedMs === null) {
    return refuse('SESSION_WRONG_STATE', 'The dose has not ended. Record its end first; the criteria are about the time after it.');
  }
  if (discharge.ending === 'with-sitter') {
    const message = 'A session at home is not discharged: the patient stays where they are. Record that they are with the sitter.';
    return refuse('DISCHARGE_NOT_HERE', message);
  }
  const lines = linesOf(state, context);
  const open = openLines(state, lines, context);
  if (open.length > 0) {
    const names = open.map(({ label, evidence }) => `${label} (${evidence})`).join('; ');
    return refuse(
      'DISCHARGE_CRITERIA_OPEN',
      `Not met yet: ${names}. Record what is missing, or ask a prescriber to override it with a reason.`,
    );
  }
  const overridden = lines.filter((line) => line.verdict !== 'met' && state.discharge.overrides.has(line.criterion));
  const reached = state.milestones.some(({ milestone }) => milestone === 'criteria_met');
  return accept(
    { kind: 'discharge-assessed', body: { lines: [...lines], overridden: overridden.map(({ criterion }) => criterion) } },
    ...(reached ? [] : [{ kind: 'milestone-reached' as const, body: { milestone: 'criteria_met' as const } }]),
  );
}

function linesOf(state: SessionState, context: DecisionContext): readonly DischargeLine[] {
  const vitals = context.vitals?.() ?? noVitals;
  const facts = dischargeFacts(state, context.protocol, vitals, context.now.utcMs, (actor) => context.nameOf?.(actor) ?? null);
  return dischargeLines(facts, context.protocol.discharge);
}

/** Required, not met, and nobody has passed over them. */
export function openLines(
  state: SessionState,
  lines: readonly DischargeLine[],
  { protocol }: Pick<DecisionContext, 'protocol'>,
): readonly DischargeLine[] {
  const required = new Set(protocol.discharge.criteria.filter((criterion) => criterion.required).map(({ id }) => id));
  return lines.filter((line) => line.verdict !== 'met' && required.has(line.criterion) && !state.discharge.overrides.has(line.criterion));
}

/** From the nurse at this page to the nurse who types their own PIN on it. */
export function decideHandover(state: SessionState, command: CommandOf<'hand-over'>, context: DecisionContext): Decision {
  const { actor, secondPerson } = context;
  if (secondPerson === null) {
    return refuse('STAFF_WITNESS_REQUIRED', 'Whoever takes over chooses their name and types their own PIN.', 'witness');
  }
  if (secondPerson.role !== 'nurse' && secondPerson.role !== 'prescriber') {
    return refuse(
      'STAFF_NOT_ALLOWED',
      `${secondPerson.name} cannot take over the nurse's part. Choose a nurse or a prescriber.`,
      'witness',
    );
  }
  const card = handoverCard(state, context.protocol, context.vitals?.() ?? noVitals, context.now, context.formats);
  const note = command.note === '' ? undefined : command.note;
  return accept({
    kind: 'handover-recorded',
    body: withoutAbsent({
      from: { personId: actor.personId, name: actor.name, role: actor.role },
      to: { personId: secondPerson.personId, name: secondPerson.name, role: secondPerson.role },
      card: [...card],
      note,
    }),
  });
}
