import { instruments } from '../../../../shared/clinical/instruments/instrument-directory.ts';
import { artefactNames } from '../../../../shared/clinical/artefact.ts';
import { adverseEventCategories } from '../../../../shared/clinical/adverse-event.ts';
import { milestones } from '../../../../shared/clinical/milestone.ts';
import { writtenLength, writtenMinute } from '../../../../shared/values/clock-time.ts';
import type { Instant } from '../../../../shared/values/instant.ts';
import { showMilli, showShort } from '../../../../shared/values/quantity.ts';
import { remsField } from '../../../../shared/clinical/rems-form.ts';
import { sexesForClinicalUse } from '../../../../shared/clinical/sex.ts';
import { routeLabel, type RouteEvent } from './route-label.ts';
import type { EventBody, SessionEvent, SessionEventKind } from './session-event.ts';

type Label<K extends SessionEventKind> = (body: EventBody<K>) => string;
type RouteKind = RouteEvent['kind'];

const labels: { readonly [K in Exclude<SessionEventKind, RouteKind>]: Label<K> } = {
  'session-opened': () => 'Session opened',
  'weight-recorded': (body) => `Weight ${showShort(body.entered.value, 2)} ${body.entered.unit}`,
  'dose-ordered': (body) => `Order ${showMilli(body.doseUg)} mg`,
  'milestone-reached': (body) => milestones[body.milestone].label,
  'dose-started': () => 'Infusion started',
  'rate-changed': (body) => `Rate ${showMilli(body.rateUlPerHour)} mL/h`,
  'dose-paused': () => 'Paused',
  'dose-resumed': () => 'Resumed',
  'bolus-given': (body) => `Bolus ${showMilli(body.ug)} mg`,
  'dose-completed': () => 'Infusion complete',
  'dose-stopped-early': () => 'Stopped early',
  'rating-opened': (body) => instruments[body.instrument].name,
  'rating-not-assessable': (body) => instruments[body.instrument].name,
  'item-answered': (body) => `Item ${body.item}`,
  'rating-finished': () => 'Rating finished',
  'observation-recorded': () => 'Observation',
  'observation-amended': () => 'Observation amended',
  'private-note-marked': () => 'Private note',
  'text-moved-across': (body) => (body.direction === 'to-shared' ? 'Text moved to shared' : 'Text moved to private'),
  'adverse-event-recorded': (body) => adverseEventCategories[body.category],
  'adverse-event-updated': () => 'Adverse event updated',
  'drug-given': (body) => `${body.drug} ${body.dose}`,
  'controlled-drug-drawn': (body) => `Drawn ${showMilli(body.ug)} mg`,
  'controlled-drug-wasted': (body) => `Wasted ${showMilli(body.ug)} mg`,
  'vitals-entered': () => 'Vitals by hand',
  'slot-missed': ({ label, notApplicable }) => `${label} ${notApplicable === true ? 'not applicable' : 'missed'}`,
  'stop-requested': () => 'Wants to stop',
  'pump-confirmed': (body) => (body.running ? 'Pump confirmed running' : 'Pump confirmed not running'),
  'event-undone': () => 'Undo',
  'time-corrected': () => 'Time correction',
  'artefact-marked': ({ metric, said }) => `${artefactNames[metric][0]} ${said}${artefactNames[metric][1]}: artefact`,
  'gift-corrected': () => 'Correction',
  'vitals-corrected': () => 'Correction',
  'volume-left-corrected': () => 'Correction',
  'monitor-lost': (body) => `${body.monitorName} lost`,
  'monitor-live': (body) => `${body.monitorName} live`,
  'device-clock-noted': (body) => `Clock of ${body.monitorName}`,
  'recording-gap': () => 'Not recorded',
  'clock-stepped': (body) => `Computer’s clock set ${writtenLength(Math.abs(body.byMs))} ${body.byMs < 0 ? 'back' : 'ahead'}`,
  'criterion-confirmed': (body) => (body.met ? 'Criterion confirmed' : 'Criterion found not met'),
  'escort-recorded': (body) => `Escort ${body.name}`,
  'criterion-overridden': (body) => `Criterion overridden by ${body.prescriber.name}`,
  'discharge-assessed': () => 'Discharge criteria recorded as met',
  'left-against-advice': () => milestones.left_against_advice.label,
  'handover-recorded': (body) => `Handover to ${body.to.name}`,
  'rems-answered': ({ field }) => `REMS form: ${remsField(field).label}`,
  'sex-recorded': ({ sex }) => `Sex for clinical use: ${sexesForClinicalUse[sex]}`,
  'item-closed': () => 'Reason before signing',
  'session-signed': (body) => `Signed as version ${body.version}`,
  'session-cosigned': (body) => `Version ${body.version} co-signed`,
  'amendment-begun': () => 'Amendment begun',
  'amendment-closed': () => 'Amendment closed',
  'session-ended': () => 'Session ended',
};

/** What an event is called on the timeline and in a refusal that names it. */
export function eventLabel(event: Pick<SessionEvent, 'kind' | 'body'>): string {
  // Kind and body of an event belong together; the table is the proof that every kind has its words.
  const label = (labels as Readonly<Partial<Record<SessionEventKind, (body: unknown) => string>>>)[event.kind];
  return label === undefined ? routeLabel(event as RouteEvent) : label(event.body);
}

/** Wall clock of the room, `06:05`. */
export function clockText(instant: Instant): string {
  return writtenMinute(instant);
}
