import { milestones } from '../../../../shared/clinical/milestone.ts';
import type { routeEventBodies } from './routes.ts';
import type { SessionEvent } from './session-event.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';

type RouteEventKind = keyof typeof routeEventBodies;
export type RouteEvent = { [K in RouteEventKind]: Pick<Extract<SessionEvent, { kind: K }>, 'kind' | 'body'> }[RouteEventKind];

/** What the dose by any route, its orders and its checks are called. */
export function routeLabel({ kind, body }: RouteEvent): string {
  switch (kind) {
    case 'bag-changed':
      return `New bag ${showMilli(body.bag.ug)} mg in ${showMilli(body.bag.ul)} mL`;
    case 'injection-ordered':
    case 'devices-ordered':
    case 'lozenges-ordered':
      return `Order ${showMilli(body.doseUg)} mg`;
    case 'injection-given':
      return `${body.number === 1 ? 'Injection' : 'Second injection'} ${showMilli(body.ug)} mg`;
    case 'device-given':
      return body.number > body.of ? `Device ${body.number}, beyond the ${body.of} ordered` : `Device ${body.number} of ${body.of}`;
    case 'lozenge-placed':
      return `Lozenge placed ${showMilli(body.ug)} mg`;
    case 'lozenge-expelled':
      return 'Lozenge taken out';
    case 'identity-checked':
      return milestones.identity.label;
    case 'double-check-confirmed':
      return milestones.double_check.label;
    case 'remote-facts-recorded':
      return 'Address and contacts of the remote session';
  }
}
