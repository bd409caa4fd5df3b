import { findProtocol } from '../../shared/clinical/protocol-directory.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import type { RoomAction } from '../../shared/contract/session-view/actions.ts';
import type { Role } from '../../shared/contract/board/people.ts';
import type { Answer } from '../../shared/contract/doubt.ts';
import type { Refusal } from '../../shared/contract/contract-errors.ts';
import { sessionCommandSchema, type SessionCommandInput } from '../../shared/contract/session-commands.ts';
import { decideOpening } from '../../electron/service/session/room/opening.ts';
import { lastOfRecord } from '../../electron/service/session/events/events-beside-record.ts';
import { decideSession } from '../../electron/service/session/decide/decide-session.ts';
import type { CommandContext, DecisionContext, ActingPerson } from '../../electron/service/session/decide/decision.ts';
import {
  eventBodies,
  type NewEvent,
  type SessionEvent,
  type SessionEventKind,
} from '../../electron/service/session/events/session-event.ts';
import type { RecordSeal } from '../../electron/service/session/events/signing.ts';
import { foldSession, type SessionState } from '../../electron/service/session/state/session-state.ts';
import { noVitals, type SessionVitals } from '../../electron/service/session/questions/session-vitals.ts';
import { availableActions } from '../../electron/service/session/questions/available-actions.ts';
import { roleRefusal } from '../../electron/service/staff/roles.ts';
import { reach } from '../support/reach-milestone.ts';

/** 10:00 in New York on 23 November 2026, as in the golden session. */
export const startMs = Date.parse('2026-11-23T10:00:00-05:00');
export const offsetMin = -300;

export function builtInProtocol(): Protocol {
  const protocol = findProtocol('iv-ketamine-0.5-40');
  if (protocol === null) throw new Error('the built-in protocol is missing');
  return protocol;
}

function numberedId(prefix: string, number: number): string {
  return `${prefix}0000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

export const withoutFigures: Answer = { key: 'hold-figure-missing', reason: 'no figures in this test' };

/** A second person who may sign for what is beyond a protocol's limits. */
export const prescriberBeside: ActingPerson = { personId: numberedId('b', 3), name: 'Prescriber', role: 'prescriber' };

export interface Played {
  readonly events: readonly SessionEvent[];
  readonly refusal: Refusal | null;
}

/**
 * A session as people would play it, minutes counted from 10:00: each command is validated as on the wire, decided,
 * and what it yields is appended as a recorder would, after checking it against the schema it is stored by.
 */
export class PlayedSession {
  protocol: Protocol = builtInProtocol();
  nowMs = startMs - 40 * 60_000;
  monitorLive = true;
  role: Role = 'nurse';
  /** A second person is at hand, for what two people sign. */
  witness: ActingPerson | null = { personId: numberedId('b', 2), name: 'Second', role: 'nurse' };
  lastVisitGrams: number | null = null;
  /** Given to this patient in other sessions of this day. */
  todayElsewhereUg = 0;
  otherSessionOpen = false;
  /** Whether the person signed in typed their own PIN again for the next command. */
  ownPinChecked = false;
  vitals: SessionVitals = noVitals;
  /** Most tests have no monitor and type no vitals: that a dose is given without figures is answered for them. */
  asksForFigures = false;
  readonly log: SessionEvent[] = [];
  #ids = 0;

  get state(): SessionState | null {
    return foldSession(this.log);
  }

  /** The state, of a session that is known to be open. */
  get open(): SessionState {
    const { state } = this;
    if (state === null) throw new Error('no session is open');
    return state;
  }

  /** As the store would make it: another one after every event of the session. */
  get seal(): RecordSeal & { readonly recordHash: string } {
    const throughSeq = lastOfRecord(this.log);
    const hash = throughSeq.toString(16).padStart(64, '0');
    return { throughSeq, eventHash: hash, readingRows: 0, readingsHash: '0'.repeat(64), recordHash: hash };
  }

  /** What can be recorded now, as the room offers it. */
  offered(monitorLive = true): readonly RoomAction[] {
    return availableActions(this.open, this.protocol, { monitorLive, nowMs: this.nowMs });
  }

  at(minutes: number): this {
    this.nowMs = startMs + Math.round(minutes * 60_000);
    return this;
  }

  openSession(): this {
    const decision = decideOpening({
      patient: { patientId: numberedId('c', 1), name: 'Demo Patient', birthDate: '1984-03-14', recordNumber: 'DEMO-0042' },
      protocol: this.protocol,
      course: { number: 3, of: 6 },
      openFor: null,
    });
    if ('refusal' in decision) throw new Error(decision.refusal.message);
    this.append(decision.events);
    return this;
  }

  context(): DecisionContext {
    const { role } = this;
    return {
      now: { utcMs: this.nowMs, offsetMin },
      newId: () => numberedId('a', (this.#ids += 1)),
      protocol: this.protocol,
      monitorLive: this.monitorLive,
      actor: { personId: numberedId('b', 1), name: 'First', role },
      ownPinChecked: this.ownPinChecked,
      vitals: () => this.vitals,
      seal: () => this.seal,
      nameOf: (actor) => (actor === 'service' ? null : actor.personId === numberedId('b', 1) ? 'First' : 'Second'),
      secondPerson: this.witness,
      roleRefusal: (command, target) => roleRefusal(role, command, target),
      todayElsewhereUg: () => this.todayElsewhereUg,
      lastVisitGrams: this.lastVisitGrams,
      otherSessionOpen: this.otherSessionOpen,
    };
  }

  try(input: SessionCommandInput, answers: readonly Answer[] = []): Played {
    return this.tryIn({ ...this.context(), answers }, input);
  }

  /** As `do`, with this reason given to each doubt that the command raises, and a prescriber who signs beside it. */
  insist(input: SessionCommandInput, reason = 'as the prescriber asked'): SessionEvent {
    const asked = this.try(input);
    if (asked.refusal?.doubts === undefined) return this.#last(input, asked);
    const answers = asked.refusal.doubts.map(({ key }) => ({ key, reason }));
    return this.#last(input, this.tryIn({ ...this.context(), secondPerson: prescriberBeside, answers }, input));
  }

  /** As `try`, in other circumstances. */
  tryIn(context: CommandContext, input: SessionCommandInput): Played {
    const answers = [...(context.answers ?? []), ...(this.asksForFigures ? [] : [withoutFigures])];
    const decision = decideSession(this.state, sessionCommandSchema.parse(input), { ...context, answers });
    if ('refusal' in decision) return { events: [], refusal: decision.refusal };
    return { events: this.append(decision.events), refusal: null };
  }

  /** As `try`, for a command that must be accepted. The last event it made. */
  do(input: SessionCommandInput, answers: readonly Answer[] = []): SessionEvent {
    return this.#last(input, this.try(input, answers));
  }

  #last(input: SessionCommandInput, { events, refusal }: Played): SessionEvent {
    const last = events.at(-1);
    if (last === undefined) throw new Error(`${input.type} was refused: ${refusal?.code} ${refusal?.message}`);
    return last;
  }

  /** What the room service itself would write. */
  append(events: readonly NewEvent<SessionEventKind>[]): SessionEvent[] {
    const appended = events.map((event, index) => {
      const seq = this.log.length + 1 + index;
      const now = { utcMs: this.nowMs, offsetMin };
      return {
        seq,
        eventId: numberedId('e', seq),
        sessionId: numberedId('d', 1),
        kind: event.kind,
        body: eventBodies[event.kind].parse(JSON.parse(JSON.stringify(event.body))),
        occurred: event.occurred ?? now,
        recorded: now,
        monoMs: this.nowMs - startMs,
        bootId: numberedId('f', 1),
        actor: { personId: numberedId('b', 1) },
        commandId: null,
        supersedes: event.supersedes ?? null,
      } as SessionEvent;
    });
    this.log.push(...appended);
    return appended;
  }

  /** Weight, order and the whole checklist, as at 9:50; `minutesBefore` the start. */
  prepare(): this {
    this.do({ type: 'record-weight', value: 80, unit: 'kg', again: { value: 80, unit: 'kg' } });
    this.do({ type: 'order-dose', mgPerKg: 0.5, minutes: 40, mgPerMl: 1, standingOrder: true });
    for (const { milestone, beforeDose } of this.protocol.milestones) {
      if (beforeDose) this.do(reach(milestone));
    }
    return this;
  }
}

/** A session with a dose running since 10:00. */
export function dosing(): PlayedSession {
  const session = new PlayedSession().openSession().at(-10).prepare().at(0);
  session.do({ type: 'start-dose' });
  return session;
}
