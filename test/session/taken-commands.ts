import { builtInProtocols } from '../../shared/clinical/protocol-directory.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import type { Answer } from '../../shared/contract/doubt.ts';
import type { SessionCommandInput, SessionCommandType } from '../../shared/contract/session-commands.ts';
import { reach } from '../support/reach-milestone.ts';
import { commandTable, isRefusal, laterStages, openStages, sessionIn, yieldOf, type Stage } from './command-table.ts';
import { dosing, PlayedSession, withoutFigures } from './played-session.ts';

/** A session and a command that it takes. */
export interface Taken {
  readonly session: PlayedSession;
  readonly input: SessionCommandInput;
  readonly answers?: readonly Answer[] | undefined;
}

/** For each command that the matrix refuses everywhere: the ground on which it is taken. */
export const ownGround: Readonly<Partial<Record<SessionCommandType, () => Taken>>> = {
  'confirm-pump': () => {
    const session = dosing().at(5);
    session.append([{ kind: 'recording-gap', body: { fromMs: session.nowMs - 60_000, toMs: session.nowMs, cause: 'restart' } }]);
    return { session, input: { type: 'confirm-pump', running: true } };
  },
  'waste-controlled-drug': () => {
    const session = dosing().at(5);
    session.do(commandTable['draw-controlled-drug'].input(session));
    session.at(15).insist({ type: 'complete-dose' });
    return { session, input: commandTable['waste-controlled-drug'].input(session) };
  },
  'confirm-double-check': () => {
    const session = new PlayedSession().openSession().at(-10);
    session.do({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
    session.do({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true });
    return { session, input: reach('double_check') };
  },
  'override-criterion': () => {
    const session = sessionIn('recovery');
    session.role = 'prescriber';
    return { session, input: commandTable['override-criterion'].input(session) };
  },
  'assess-discharge': () => {
    const session = sessionIn('recovery');
    session.role = 'prescriber';
    for (const { id, overridable } of session.protocol.discharge.criteria) {
      if (overridable) session.try({ type: 'override-criterion', criterion: id, reason: 'test of what is taken' });
    }
    session.do({ type: 'record-escort', name: 'Alex', phone: '555 0142', present: true });
    session.at(400);
    for (const { id } of session.protocol.discharge.criteria) session.try({ type: 'confirm-criterion', criterion: id, met: true });
    return { session, input: { type: 'assess-discharge' } };
  },
  'close-amendment': () => {
    const session = sessionIn('signed');
    session.do({ type: 'begin-amendment', reason: 'a time was wrong' });
    return { session, input: commandTable['close-amendment'].input(session) };
  },
  'order-injection': () => ordering('im', 'order-injection'),
  'order-devices': () => ordering('intranasal', 'order-devices'),
  'order-lozenges': () => ordering('sublingual', 'order-lozenges'),
  'record-remote-facts': () => ordering('sublingual', 'record-remote-facts'),
  'give-injection': () => giving('im', 'order-injection', 'give-injection'),
  'give-device': () => giving('intranasal', 'order-devices', 'give-device'),
  'place-lozenge': () => giving('sublingual', 'order-lozenges', 'place-lozenge'),
  'correct-administration': () => {
    const { session, input } = giving('im', 'order-injection', 'give-injection');
    const eventId = session.do(input).eventId;
    return { session: session.at(1), input: { type: 'correct-administration', eventId, lot: 'K-7', reason: 'read the label again' } };
  },
  'mark-artefact': () => {
    const session = dosing().at(5);
    const fromMs = session.nowMs - 60_000;
    session.vitals = { cuffs: [{ atMs: fromMs, sys: 184, dia: 121, mean: null, byHand: false }], trend: null };
    return { session, input: { type: 'mark-artefact', metric: 'nibp', fromMs } };
  },
  'correct-vitals': () => {
    const session = dosing().at(5);
    const { eventId } = session.do({ type: 'enter-vitals', values: { spo2: 97 } });
    return { session, input: { type: 'correct-vitals', eventId, values: { spo2: 96 }, reason: 'misread' } };
  },
  'correct-volume-left': () => {
    const session = dosing().at(10);
    const { eventId } = session.do({ type: 'stop-dose-early', reason: 'patient-asked' });
    const input = { type: 'correct-volume-left', eventId, volumeLeftMl: 30, reason: 'read and not typed' } as const;
    return { session: session.at(11), input };
  },
  'answer-rems': () => ordering('intranasal', 'answer-rems'),
  'expel-lozenge': () => {
    const { session, input } = giving('sublingual', 'order-lozenges', 'place-lozenge');
    session.do(input);
    return { session: session.at(10), input: { type: 'expel-lozenge' } };
  },
};

/** A session that takes this command, and the command. */
export function takenCommand(type: SessionCommandType): Taken {
  const own = ownGround[type];
  if (own !== undefined) return own();
  const stage = [...openStages, ...laterStages].find((one: Stage) => !isRefusal(yieldOf(commandTable[type], one)));
  if (stage === undefined) throw new Error(`nothing takes ${type}: give it ground of its own`);
  const session = sessionIn(stage);
  return { session, input: commandTable[type].input(session), answers: commandTable[type].answers };
}

function ordering(route: Protocol['route'], type: SessionCommandType): Taken {
  const session = new PlayedSession();
  session.protocol = builtInProtocols.find((protocol) => protocol.route === route) ?? session.protocol;
  session.openSession().at(-10);
  session.do({ type: 'record-weight', value: 68, unit: 'kg', again: { value: 68, unit: 'kg' } });
  return { session, input: commandTable[type].input(session) };
}

function giving(route: Protocol['route'], order: SessionCommandType, type: SessionCommandType): Taken {
  const { session, input } = ordering(route, order);
  session.do(input);
  session.do({ type: 'enter-vitals', values: { 'nibp-sys': 122, 'nibp-dia': 78 } });
  if (route === 'sublingual') session.do(commandTable['record-remote-facts'].input(session));
  for (const { milestone, beforeDose } of session.protocol.milestones) {
    const isDone = session.open.milestones.some((entry) => entry.milestone === milestone);
    if (beforeDose && !isDone) session.do(reach(milestone));
  }
  return { session: session.at(0), input: commandTable[type].input(session), answers: [withoutFigures] };
}
