import { holdLimits } from '../../../shared/clinical/hold-limit.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { DoseView } from '../../../shared/contract/session-view/dose.ts';
import type { SessionView } from '../../../shared/contract/session-view/session-view.ts';
import { entryContent, eventLabel } from '../session/events/event-words.ts';
import { orderedByWords } from '../session/events/ordered-by.ts';
import { shown } from '../session/events/shown-event.ts';
import type { SessionState } from '../session/state/session-state.ts';
import { missingRemoteFacts } from '../session/questions/start-obstacle.ts';
import type { Administration } from '../session/state/administration.ts';

type RouteDose = Pick<DoseView, 'administrations' | 'routeOrder' | 'monitoring'>;

/** What a dose by another route than a vein adds to the picture of it. */
export function routeDose({ dose, routeOrder }: SessionState, protocol: Protocol): RouteDose {
  const administrations = dose.administrations.map((administration) => ({
    ...administrationView(administration),
    atMs: administration.atMs,
    ug: administration.ug,
  }));
  const [first, last] = [dose.administrations[0], dose.administrations.at(-1)];
  const monitoring =
    protocol.route !== 'intranasal' || first === undefined || last === undefined
      ? null
      : { firstMs: first.atMs, lastMs: last.atMs, anchor: protocol.dose.anchor, minutesMin: protocol.dose.monitoringMinutesMin };
  return { administrations, routeOrder: orderView(routeOrder), monitoring };
}

function administrationView({ eventId, event }: Administration): Omit<DoseView['administrations'][number], 'atMs' | 'ug'> {
  const injection = event.kind === 'injection-given' ? { ul: event.body.ul, site: event.body.site, side: event.body.side } : null;
  return { eventId, label: eventLabel(event), detail: entryContent(shown(event)), injection, lot: event.body.lot ?? null };
}

function orderView(order: SessionState['routeOrder']): DoseView['routeOrder'] {
  switch (order?.route) {
    case undefined:
      return null;
    case 'im': {
      const { route, ugPerKg, weightGrams, doseUg, volumeUl, vial, second } = order;
      return { route, ugPerKg, weightGrams, doseUg, volumeUl, vial, second };
    }
    case 'intranasal':
      return { route: order.route, doseUg: order.doseUg, deviceUg: order.deviceUg, devices: order.devices };
    case 'sublingual': {
      const { route, doseUg, lozengeUg, halves, weightGrams } = order;
      return { route, doseUg, lozengeUg, halves, weightGrams };
    }
  }
}

export function sessionDosing(state: SessionState, protocol: Protocol, by: (eventId: string) => string | null): SessionView['dosing'] {
  const { doubleCheck, remoteFacts } = state;
  const orderedBy = (state.order ?? state.routeOrder)?.orderedBy;
  return {
    protocol: settingOf(protocol),
    phaseLabels: Object.fromEntries(protocol.phases.map(({ phase, label }) => [phase, label])),
    doubleCheck:
      doubleCheck === null
        ? null
        : {
            atMs: doubleCheck.atMs,
            readBack: doubleCheck.readBack,
            by: by(doubleCheck.eventId) ?? '',
            witness: doubleCheck.witness.name,
            stale: doubleCheck.stale,
          },
    orderedBy: orderedBy === undefined ? null : orderedByWords(orderedBy),
    holdLimits: state.dose.status === 'none' ? [...holdLimits(protocol.limits)] : [],
    remoteFacts,
    remoteMissing: [...missingRemoteFacts(state, protocol)],
  };
}

function settingOf(protocol: Protocol): SessionView['dosing']['protocol'] {
  switch (protocol.route) {
    case 'iv':
      return { route: protocol.route, dose: protocol.dose };
    case 'im':
      return { route: protocol.route, dose: protocol.dose };
    case 'intranasal':
      return { route: protocol.route, dose: protocol.dose };
    case 'sublingual':
      return { route: protocol.route, dose: protocol.dose };
  }
}
