import type { DoseView } from '../../shared/contract/session-view/dose.ts';

/** All that was ordered, by whatever route, in µg; null while nothing was. A planned second injection is part of it. */
export function orderedUg({ order, routeOrder }: DoseView): number | null {
  if (routeOrder === null) return order?.doseUg ?? null;
  return routeOrder.route === 'im' ? routeOrder.doseUg + (routeOrder.second?.doseUg ?? 0) : routeOrder.doseUg;
}
