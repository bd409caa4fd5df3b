import { instruments } from '../../../shared/clinical/instruments/instrument-directory.ts';
import { adverseEventCategories } from '../../../shared/clinical/adverse-event.ts';
import { mgText } from '../../../shared/clinical/controlled-drug.ts';
import { milestones } from '../../../shared/clinical/milestone.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import type { Instant } from '../../../shared/values/instant.ts';
import { fromThousandths, showShort } from '../../../shared/values/quantity.ts';
import { routeLabel, type RouteEvent } from './route-label.ts';
import type { SessionEvent } from './session-event.ts';

/** What an event is called on the timeline and in a refusal that names it. */
export function eventLabel(event: Pick<SessionEvent, 'kind' | 'body'>): string {
  const { kind, body } = event as SessionEvent;
  switch (kind) {
    case 'session-opened':
      return 'Session opened';
    case 'weight-recorded':
      return `Weight ${showShort(body.entered.value, 2)} ${body.entered.unit}`;
    case 'dose-ordered':
      return `Order ${showShort(fromThousandths(body.doseUg), 3)} mg`;
    case 'milestone-reached':
      return milestones[body.milestone].label;
    case 'dose-started':
      return 'Infusion started';
    case 'rate-changed':
      return `Rate ${showShort(fromThousandths(body.rateUlPerHour), 3)} mL/h`;
    case 'dose-paused':
      return 'Paused';
    case 'dose-resumed':
      return 'Resumed';
    case 'bolus-given':
      return `Bolus ${showShort(fromThousandths(body.ug), 3)} mg`;
    case 'bag-changed':
    case 'injection-ordered':
    case 'devices-ordered':
    case 'lozenges-ordered':
    case 'injection-given':
    case 'device-given':
    case 'lozenge-placed':
    case 'lozenge-expelled':
    case 'identity-checked':
    case 'double-check-confirmed':
    case 'remote-facts-recorded':
      return routeLabel({ kind, body } as RouteEvent);
    case 'dose-completed':
      return 'Infusion complete';
    case 'dose-stopped-early':
      return 'Stopped early';
    case 'rating-opened':
    case 'rating-not-assessable':
      return instruments[body.instrument].name;
    case 'item-answered':
      return `Item ${body.item}`;
    case 'rating-finished':
      return 'Rating finished';
    case 'observation-recorded':
      return 'Observation';
    case 'observation-amended':
      return 'Observation amended';
    case 'private-note-marked':
      return 'Private note';
    case 'text-moved-across':
      return body.direction === 'to-shared' ? 'Text moved to shared' : 'Text moved to private';
    case 'adverse-event-recorded':
      return adverseEventCategories[body.category];
    case 'adverse-event-updated':
      return 'Adverse event updated';
    case 'drug-given':
      return `${body.drug} ${body.dose}`;
    case 'controlled-drug-drawn':
      return `Drawn ${mgText(body.ug)} mg`;
    case 'controlled-drug-wasted':
      return `Wasted ${mgText(body.ug)} mg`;
    case 'vitals-entered':
      return 'Vitals by hand';
    case 'slot-missed':
      return `${body.label} missed`;
    case 'stop-requested':
      return 'Wants to stop';
    case 'pump-confirmed':
      return body.running ? 'Pump confirmed running' : 'Pump confirmed not running';
    case 'event-undone':
      return 'Undo';
    case 'time-corrected':
      return 'Time correction';
    case 'monitor-lost':
      return `${body.monitorName} lost`;
    case 'monitor-live':
      return `${body.monitorName} live`;
    case 'recording-gap':
      return 'Not recorded';
    case 'criterion-confirmed':
      return body.met ? 'Criterion confirmed' : 'Criterion found not met';
    case 'escort-recorded':
      return `Escort ${body.name}`;
    case 'criterion-overridden':
      return `Criterion passed over by ${body.prescriber.name}`;
    case 'discharge-assessed':
      return 'Discharge criteria recorded as met';
    case 'handover-recorded':
      return `Handover to ${body.to.name}`;
    case 'item-closed':
      return 'Reason before signing';
    case 'session-signed':
      return `Signed as version ${body.version}`;
    case 'session-cosigned':
      return `Version ${body.version} co-signed`;
    case 'amendment-begun':
      return 'Amendment begun';
    case 'amendment-closed':
      return 'Amendment closed';
    case 'session-ended':
      return 'Session ended';
    default:
      return assertNever(kind);
  }
}

/** Wall clock of the room, `10:05`. */
export function clockText(instant: Instant): string {
  const minutes = Math.floor(instant.utcMs / 60_000) + instant.offsetMin;
  const ofDay = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}
