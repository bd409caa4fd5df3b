import { isWatchedFromAfar } from '../../../../shared/clinical/remote.ts';
import { clinicalTime, occurredAt } from '../state/clinical-time.ts';
import { accept, refuse, requireSecondPerson, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import type { SessionState } from '../state/session-state.ts';

/** Who the patient is, and that a second person read the dose back. */

/**
 * Two identifiers, typed as the patient says them or the wristband shows them. What does not agree is refused with the
 * one that does not, and never with what it should have been, because it would then be copied from the screen.
 */
export function decideIdentity(state: SessionState, command: CommandOf<'check-identity'>, context: DecisionContext): Decision {
  const before = state.milestones.find((entry) => entry.milestone === 'identity');
  if (before !== undefined) {
    const at = writtenMinute({ ...context.now, utcMs: before.atMs });
    return refuse('SESSION_WRONG_STATE', `The identity was confirmed at ${at}. Undo that first.`, before.eventId);
  }
  const { patientName, birthDate, recordNumber } = state.opened;
  const wrong = [
    ...(command.birthDate === birthDate ? [] : ['birth date']),
    ...(sameNumber(command.recordNumber, recordNumber) ? [] : ['record number']),
  ];
  if (wrong.length > 0) {
    const message = `The ${wrong.join(' and the ')} ${wrong.length === 1 ? 'is' : 'are'} not that of ${patientName}. Ask again${isWatchedFromAfar(context.protocol) ? '' : ' and read the wristband'}; if this is another patient, end this session and open theirs.`;
    return refuse(
      'PATIENT_IDENTIFIER_MISMATCH',
      message,
      wrong.length === 1 && wrong[0] === 'record number' ? 'recordNumber' : 'birthDate',
    );
  }
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  return accept({
    kind: 'identity-checked',
    body: withoutAbsent({
      identifiers: ['birth-date', 'record-number'] as ('birth-date' | 'record-number')[],
      lateReason: time.lateReason,
    }),
    ...occurredAt(time),
  });
}

/** Letters in either case, and without the spaces and dashes that people type or leave out. */
function sameNumber(typed: string, known: string): boolean {
  const bare = (text: string): string => text.toLowerCase().replace(/[\s-]/g, '');
  return bare(typed) === bare(known);
}

/** A check of an earlier order is superseded by the new one in the same write: it stays in the record, undone. */
export function decideDoubleCheck(state: SessionState, command: CommandOf<'confirm-double-check'>, context: DecisionContext): Decision {
  const second = requireSecondPerson(context, 'The double-check');
  if ('refusal' in second) return second;
  const orderEventId = state.routeOrder?.eventId ?? state.order?.eventId ?? null;
  if (orderEventId === null) return refuse('DOSE_NOT_ORDERED', 'There is no order to read back. Order the dose first.');
  const before = state.milestones.find((entry) => entry.milestone === 'double_check');
  if (before !== undefined && state.doubleCheck?.stale !== true) {
    const at = writtenMinute({ ...context.now, utcMs: before.atMs });
    return refuse('SESSION_WRONG_STATE', `This order was double-checked at ${at}. Undo that first to check it again.`, before.eventId);
  }
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const { readBack } = command;
  const undone =
    before === undefined
      ? []
      : [
          {
            kind: 'event-undone' as const,
            body: { eventId: before.eventId, reason: 'another dose was ordered' },
            supersedes: before.eventId,
          },
        ];
  return accept(...undone, {
    kind: 'double-check-confirmed',
    body: withoutAbsent({ readBack, orderEventId, witness: second.witness, lateReason: time.lateReason }),
    ...occurredAt(time),
  });
}

/** If they are recorded again, the last ones hold. */
export function decideRemoteFacts(command: CommandOf<'record-remote-facts'>, { protocol }: DecisionContext): Decision {
  if (protocol.route !== 'sublingual') {
    return refuse('SESSION_WRONG_STATE', `"${protocol.name}" is given in this room, where help is at hand. There is no address to record.`);
  }
  const { locationAddress, emergencyContact, sitterName, callBackNumber, videoOn } = command;
  return accept({ kind: 'remote-facts-recorded', body: { locationAddress, emergencyContact, sitterName, callBackNumber, videoOn } });
}
