import { instruments } from './instruments/instrument-directory.ts';
import { metrics } from './metric.ts';
import type { Contradiction } from './protocol-finding.ts';
import type { Limit, LimitAct, LimitParameter } from './protocol-limits.ts';
import type { ProtocolShape } from './protocol-shape.ts';

/** Thresholds that contradict each other, that nothing can reach, and lines on the chart that are no limit. */
export function limitContradictions({ limits, referenceLines }: ProtocolShape): readonly Contradiction[] {
  return [
    ...limits.flatMap((limit, index) => impossible(limit, index)),
    ...limits.flatMap((limit, index) => crossed(limits, limit, index)),
    ...limits.flatMap((limit, index) => outOfOrder(limits, limit, index)),
    ...referenceLines.flatMap(({ metric, value }, index) =>
      limits.some((limit) => limit.parameter === metric && limit.value === value)
        ? []
        : [{ path: ['referenceLines', index], message: `the line at ${value} is none of the limits of ${metric}` }],
    ),
  ];
}

type Direction = 'high' | 'low' | 'relative';

function directionOf({ comparison }: Limit): Direction {
  if (comparison === 'percent-above-baseline') return 'relative';
  return comparison === 'at-or-above' || comparison === 'above' ? 'high' : 'low';
}

function impossible(limit: Limit, index: number): Contradiction[] {
  if (directionOf(limit) === 'relative') return [];
  const [min, max] = possible(limit.parameter);
  if (limit.value >= min && limit.value <= max) return [];
  return [{ path: ['limits', index], message: `${limit.value} can never be measured: it runs from ${min} to ${max}` }];
}

function possible(parameter: LimitParameter): readonly [number, number] {
  if (parameter !== 'moaa-s' && parameter !== 'suds' && parameter !== 'rass') return metrics[parameter].possible;
  const { items } = instruments[parameter];
  const [first] = items;
  return first === undefined ? [0, 0] : [first.min, first.max];
}

/** A low limit at or above the high one of the same act leaves no value between them. */
function crossed(limits: readonly Limit[], low: Limit, index: number): Contradiction[] {
  if (directionOf(low) !== 'low') return [];
  const high = limits.find(
    (other) => other.parameter === low.parameter && other.act === low.act && directionOf(other) === 'high' && other.value <= low.value,
  );
  if (high === undefined) return [];
  return [{ path: ['limits', index], message: `every value is beyond it: below ${low.value}, or from ${high.value} up` }];
}

/** Milder first: what is asked about lies inside what holds the dose, what is reviewed inside what stops it. */
const order: readonly (readonly [milder: LimitAct, stricter: LimitAct])[] = [
  ['ask', 'hold'],
  ['review', 'stop'],
];

function outOfOrder(limits: readonly Limit[], milder: Limit, index: number): Contradiction[] {
  const direction = directionOf(milder);
  const stricterAct = order.find(([act]) => act === milder.act)?.[1];
  if (stricterAct === undefined || direction === 'relative') return [];
  const sameWay = limits.filter(
    (other) => other.parameter === milder.parameter && other.act === stricterAct && directionOf(other) === direction,
  );
  // Some stricter limit must lie at or beyond it; where there is none at all, the milder one stands alone.
  const isInside = (other: Limit): boolean => (direction === 'high' ? other.value >= milder.value : other.value <= milder.value);
  const wrong = sameWay.find((other) => !isInside(other) && other.note === '');
  if (wrong === undefined) return [];
  const message = `"${milder.act}" at ${milder.value} comes only after "${stricterAct}" at ${wrong.value}; the milder one must be reached first`;
  return [{ path: ['limits', index], message }];
}
