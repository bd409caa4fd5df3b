import type { Doubt, Refusal } from '../../../../shared/contract/contract-errors.ts';
import type { SessionCommand } from '../../../../shared/contract/session-commands.ts';
import { afterEndRefusal } from './after-end.ts';
import { commandRules, ruleOf } from './command-rules.ts';
import {
  refuse,
  secondPersonObstacle,
  type Accepted,
  type CommandContext,
  type Decision,
  type DecisionContext,
  type Refused,
} from './decision.ts';
import { bearsOnDose, doubtsOfChange } from './dose-result.ts';
import { isDoseEvent, isOfDose } from '../state/dose-state.ts';
import { answersToMet, refusalOf, weighDoubts } from './doubts.ts';
import type { Answered, MetMeanwhile } from '../events/answered.ts';
import { refusalOfChange, refusalOfNew } from '../state/fit-problem.ts';
import { isCorrection, subjectOf } from '../state/history.ts';
import type { NewEvent, SessionEvent, SessionEventKind } from '../events/session-event.ts';
import { foldSession, type SessionState } from '../state/session-state.ts';

/**
 * Decides one command about a session: events, or a refusal in one sentence with nothing written.
 *
 *   role → ended? → rules of the subject → fold with the new events in → still whole? → every doubt answered?
 *
 * The last step is what keeps every history valid: an act placed where it cannot stand, and an undo or correction
 * that would pull the ground from under a later entry, are refused because their fold names a problem. What cannot
 * be is refused before anything doubtful is asked: nobody gives a reason for an act that is not possible.
 */
export function decideSession(state: SessionState | null, command: SessionCommand, context: CommandContext): Decision {
  const foreseen = foreseeSession(state, command, context);
  if ('refusal' in foreseen) return foreseen;
  const { decision } = foreseen;
  const answers = context.answers ?? [];
  const { open, answered } = weighDoubts(decision.doubts, answers, context);
  const [first, ...others] = open;
  if (first !== undefined) return { refusal: refusalOf([first, ...others]) };
  return keepAnswers(decision, answered, answersToMet(decision.met ?? [], answers, context));
}

/** What a command makes of a session, once its doubts are answered. */
export interface Foreseen {
  readonly decision: Accepted;
  readonly after: SessionState;
}

/**
 * The session as it would stand: what is shown before somebody confirms is what they get, because both are this.
 * Doubts are in the decision, not weighed.
 */
export function foreseeSession(state: SessionState | null, command: SessionCommand, context: DecisionContext): Foreseen | Refused {
  if (state === null) return refuse('SESSION_NOT_FOUND', 'There is no such session in this room. Open one first.');
  const target = targetOf(state, command);
  const notAllowed = context.roleRefusal(command, target);
  if (notAllowed !== null) return { refusal: notAllowed };
  const rule = ruleOf(command);
  const over = afterEndRefusal(state, command, rule.when, target, context.now);
  if (over !== null) return { refusal: over };
  const selfRefusal = context.secondPerson === null ? null : secondPersonObstacle(context.actor.personId, context.secondPerson.personId);
  if (selfRefusal !== null) return { refusal: selfRefusal };
  const decision = rule.decide(state, command, context);
  if ('refusal' in decision) return decision;
  const lastSeq = state.log.at(-1)?.seq ?? 0;
  const provisional = decision.events.map((event, index) => asRecorded(state, event, lastSeq + 1 + index, context));
  const after = foldSession([...state.log, ...provisional]) ?? state;
  const refusal = fitRefusal(state, command, provisional, after);
  if (refusal !== null) return { refusal };
  const doubts = [...decision.doubts, ...doseDoubtsOf(state, after, provisional, context)];
  return { decision: { ...decision, doubts }, after };
}

/** What a correction, or an act that is entered at an earlier time, makes doubtful about the rest of the dose. */
function doseDoubtsOf(
  state: SessionState,
  after: SessionState,
  provisional: readonly SessionEvent[],
  context: DecisionContext,
): readonly Doubt[] {
  const lastMs = state.history.findLast(isOfDose)?.atMs ?? Number.NEGATIVE_INFINITY;
  const isBehind = (event: SessionEvent): boolean => isDoseEvent(event) && event.occurred.utcMs < lastMs;
  const isCorrecting = (event: SessionEvent): boolean => isCorrection(event) && bearsOnDose(subjectOf(event, state.log));
  if (!provisional.some((event) => isBehind(event) || isCorrecting(event))) return [];
  return doubtsOfChange(state, after, context, new Set(provisional.map(({ eventId }) => eventId)));
}

/** The event keeps what was answered, and which questions were settled before their answer came. */
function keepAnswers({ events }: Accepted, answered: readonly Answered[], met: readonly MetMeanwhile[]): Accepted {
  const [first, ...others] = events;
  if (first === undefined || answered.length + met.length === 0) return { events, doubts: [] };
  const kept = { ...(answered.length === 0 ? {} : { answered }), ...(met.length === 0 ? {} : { metMeanwhile: met }) };
  const answeredFirst = { ...first, body: { ...first.body, ...kept } } as NewEvent<SessionEventKind>;
  return { events: [answeredFirst, ...others], doubts: [] };
}

/** The event that an undo or a correction is about. */
export function targetOf(state: SessionState | null, command: SessionCommand): SessionEvent | null {
  if (state === null || !('eventId' in command) || !commandRules[command.type].corrects) return null;
  return state.log.find((event) => event.eventId === command.eventId) ?? null;
}

/** Refuses when an entry would not fit that fits now. */
function fitRefusal(
  state: SessionState,
  command: SessionCommand,
  provisional: readonly SessionEvent[],
  after: SessionState,
): Refusal | null {
  const known = new Set(state.problems.map((problem) => problem.eventId));
  const problem = after.problems.find((candidate) => !known.has(candidate.eventId));
  if (problem === undefined) return null;
  // If the corrected entry itself does not fit, it is refused as a new entry would be, because another time for it helps.
  const isOwn = (command.type === 'correct-time' || command.type === 'correct-administration') && command.eventId === problem.eventId;
  const isNew = isOwn || provisional.some((event) => event.eventId === problem.eventId);
  return isNew ? refusalOfNew(problem) : refusalOfChange(problem);
}

function asRecorded(state: SessionState, event: NewEvent<SessionEventKind>, seq: number, context: DecisionContext): SessionEvent {
  return {
    ...event,
    seq,
    eventId: `provisional-${seq}`,
    sessionId: state.sessionId,
    occurred: event.occurred ?? context.now,
    recorded: context.now,
    monoMs: 0,
    bootId: '',
    actor: { personId: context.actor.personId },
    commandId: null,
    supersedes: event.supersedes ?? null,
  } as SessionEvent;
}
