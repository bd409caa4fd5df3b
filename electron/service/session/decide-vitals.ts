import { plausibleVitals } from '../../../shared/clinical/plausible-vitals.ts';
import type { Doubt } from '../../../shared/contract/contract-errors.ts';
import { metrics } from '../../../shared/clinical/metric.ts';
import { clinicalTime } from './clinical-time.ts';
import { acceptWith, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext } from './decision.ts';
import type { EventBody } from './session-event.ts';
import type { SessionState } from './session-state.ts';

type TypedVitals = EventBody<'vitals-entered'>['values'];
type TypedMetric = keyof TypedVitals;

const names: Readonly<Record<TypedMetric, string>> = {
  'pulse-rate': 'pulse',
  spo2: 'SpO₂',
  'nibp-sys': 'systolic pressure',
  'nibp-dia': 'diastolic pressure',
  'resp-rate': 'respiration',
  temp: 'temperature',
};

/** A figure that looks like a slip is looked at once more, each by itself. */
function implausible(entries: readonly (readonly [TypedMetric, number])[]): readonly Doubt[] {
  return entries
    .filter(([metric, value]) => value < plausibleVitals[metric][0] || value > plausibleVitals[metric][1])
    .map(([metric, value]) => ({
      key: `implausible-vital:${metric}`,
      code: 'VITALS_IMPLAUSIBLE',
      words: `${names[metric]} ${value}: check the figure`,
      subject: metric,
      needs: 'reason',
    }));
}

/** Refuses what cannot be and asks about a slip, never about what is merely unusual: a value beyond the protocol's lines is recorded as read. */
export function decideVitals(state: SessionState, command: CommandOf<'enter-vitals'>, context: DecisionContext): Decision {
  const values: TypedVitals = withoutAbsent(command.values);
  const entries = Object.entries(values) as [TypedMetric, number][];
  if (entries.length === 0) return refuse('VITALS_IMPOSSIBLE', 'No value was typed. Type at least one.');
  for (const [metric, value] of entries) {
    const { possible, unit } = metrics[metric];
    if (value >= possible[0] && value <= possible[1]) continue;
    const message = `${names[metric]} ${value} is outside what can be (${possible[0]} to ${possible[1]} ${unit}). Read it again.`;
    return refuse('VITALS_IMPOSSIBLE', message, metric);
  }
  const sys = values['nibp-sys'];
  const dia = values['nibp-dia'];
  if ((sys === undefined) !== (dia === undefined)) {
    return refuse('VITALS_IMPOSSIBLE', 'A blood pressure has two numbers. Type the systolic and the diastolic one.', 'nibp-sys');
  }
  if (sys !== undefined && dia !== undefined && dia >= sys) {
    return refuse('VITALS_IMPOSSIBLE', `Diastolic ${dia} is not below systolic ${sys}. Read the pressure again.`, 'nibp-dia');
  }
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const body = withoutAbsent({ values, lateReason: time.lateReason });
  return acceptWith(implausible(entries), {
    kind: 'vitals-entered',
    body,
    ...(time.occurred === undefined ? {} : { occurred: time.occurred }),
  });
}
