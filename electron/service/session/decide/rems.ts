import { remsField } from '../../../../shared/clinical/rems-form.ts';
import { accept, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import { writtenMinute } from '../../../../shared/values/clock-time.ts';
import { monitoringEndMs, spokenAgainst } from '../state/rems-state.ts';
import type { SessionState } from '../state/session-state.ts';

/**
 * An answer to a field of the monitoring form. It may be recorded after the patient has left, because some fields ask
 * about the time until then.
 */
export function decideRemsAnswer(state: SessionState, command: CommandOf<'answer-rems'>, context: DecisionContext): Decision {
  const { field, answer, detail } = command;
  const { label, entered } = remsField(field);
  if (context.protocol.route !== 'intranasal') {
    return refuse('SESSION_WRONG_STATE', `"${context.protocol.name}" has no monitoring form. It is that of nasal esketamine.`);
  }
  const isOfTheEnd = entered === 'absent' || field === 'range-end';
  if (isOfTheEnd && monitoringEndMs(state) === null) {
    return refuse('SESSION_WRONG_STATE', `"${label}" is answered when the monitoring has ended. Record first that the patient has left.`);
  }
  const against = entered === 'absent' ? spokenAgainst(state, field) : undefined;
  if (against !== undefined) {
    const at = writtenMinute({ ...context.now, utcMs: against.atMs });
    return refuse('SESSION_WRONG_STATE', `An adverse event of ${at} says otherwise. Correct that entry, if it is wrong.`, against.eventId);
  }
  return accept({ kind: 'rems-answered', body: withoutAbsent({ field, answer, detail: detail === '' ? undefined : detail }) });
}

export function decideSex({ sex }: CommandOf<'record-sex'>): Decision {
  return accept({ kind: 'sex-recorded', body: { sex } });
}
