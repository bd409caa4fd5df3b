import { plausibleVitals } from '../../../../shared/clinical/plausible-vitals.ts';
import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import { metrics } from '../../../../shared/clinical/metric.ts';
import { clinicalTime, occurredAt } from '../state/clinical-time.ts';
import { acceptWith, refuse, withoutAbsent, type CommandOf, type Decision, type DecisionContext, type Refused } from './decision.ts';
import type { EventBody } from '../events/session-event.ts';
import type { SessionState } from '../state/session-state.ts';

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

const typedMetrics = Object.keys(names) as TypedMetric[];

/** Each figure outside the plausible range raises a doubt of its own, because it is likely a slip of typing. */
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
  const read = readValues(command.values);
  if ('refusal' in read) return read;
  const time = clinicalTime(state, context.now, command.at);
  if ('refusal' in time) return time;
  const body = withoutAbsent({ values: read.values, lateReason: time.lateReason });
  return acceptWith(read.doubts, {
    kind: 'vitals-entered',
    body,
    ...occurredAt(time),
  });
}

/** Figures that were typed wrong, for those that were read: the same is refused and asked about as when they are entered. */
export function decideVitalsCorrection(state: SessionState, command: CommandOf<'correct-vitals'>): Decision {
  const { eventId, reason } = command;
  const before = state.vitals.find((entry) => entry.eventId === eventId);
  if (before === undefined) return refuse('SESSION_WRONG_STATE', 'This entry is no vitals by hand that stand. Enter what was read.');
  const read = readValues(command.values);
  if ('refusal' in read) return read;
  const isSame = (metric: TypedMetric): boolean => before.values[metric] === read.values[metric];
  if (typedMetrics.every(isSame)) {
    return refuse('SESSION_WRONG_STATE', 'This is how the entry stands already. Change what was typed wrong.');
  }
  // A figure that was asked about when it was entered is not asked about again.
  const doubts = read.doubts.filter(({ subject }) => !isSame(subject as TypedMetric));
  return acceptWith(doubts, { kind: 'vitals-corrected', body: { eventId, values: read.values, reason }, supersedes: eventId });
}

interface ReadValues {
  readonly values: TypedVitals;
  readonly doubts: readonly Doubt[];
}

function readValues(typed: CommandOf<'enter-vitals'>['values']): ReadValues | Refused {
  const values: TypedVitals = withoutAbsent(typed);
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
  return { values, doubts: implausible(entries) };
}
