import { milestones } from '../../../shared/clinical/milestone.ts';
import type { RemoteRequirement } from '../../../shared/clinical/protocol-dose.ts';
import type { Protocol } from '../../../shared/clinical/protocol.ts';
import type { Refusal } from '../../../shared/contract/contract-errors.ts';
import { fromThousandths, showShort } from '../../../shared/values/quantity.ts';
import type { DecisionContext } from './decision.ts';
import type { SessionState } from './session-state.ts';

export interface StartObstacle {
  readonly refusal: Refusal;
  /** A `final` one cannot be overridden with a reason. */
  readonly final: boolean;
}

type Around = Pick<DecisionContext, 'protocol' | 'monitorLive'>;

/** What stands in the way of a start, by any route; null when nothing does. */
export function startObstacle(state: SessionState, context: Around): StartObstacle | null {
  const blocked = (code: Refusal['code'], message: string, final: boolean): StartObstacle => ({ refusal: { code, message }, final });
  const { protocol } = context;
  // The dose of a nasal spray is counted in devices; a weight plays no part in it.
  if (state.weight === null && protocol.route !== 'intranasal') {
    return blocked('WEIGHT_MISSING', 'No weight is recorded. Record the weight, then order the dose.', true);
  }
  const ordered = orderedFor(state, protocol);
  if (ordered === null) return blocked('DOSE_NOT_ORDERED', 'No dose is ordered. Order the dose first.', true);
  if (ordered.weightGrams !== null && state.weight !== null && ordered.weightGrams !== state.weight.grams) {
    const kg = (grams: number): string => showShort(fromThousandths(grams), 3);
    const text = `The dose was ordered for ${kg(ordered.weightGrams)} kg, the weight is now ${kg(state.weight.grams)} kg. Order the dose again.`;
    return blocked('DOSE_NOT_ORDERED', text, true);
  }
  const missing = missingRemoteFacts(state, protocol);
  if (missing.length > 0) {
    const text = `A remote session needs on record: ${missing.join(', ')}. Record them, then start.`;
    return blocked('SESSION_CHECKLIST_OPEN', text, true);
  }
  const open = openChecklist(state, context);
  if (open.length > 0) {
    const text = `Still open before the start: ${open.join(', ')}. Record them, or give the reason for starting without.`;
    return blocked('SESSION_CHECKLIST_OPEN', text, false);
  }
  // Somebody at home has no monitor of this room.
  if (!context.monitorLive && protocol.route !== 'sublingual') {
    const text = 'No monitor gives readings. Check its cable and port, or give the reason for starting without.';
    return blocked('SESSION_MONITOR_NOT_LIVE', text, false);
  }
  return null;
}

/** The order of the session's route; `weightGrams` is null where the weight plays no part. */
function orderedFor(state: SessionState, { route }: Protocol): { readonly weightGrams: number | null } | null {
  if (route === 'iv') return state.order;
  const order = state.routeOrder;
  if (order === null || order.route !== route) return null;
  return { weightGrams: order.route === 'intranasal' ? null : order.weightGrams };
}

const remoteWords: Readonly<Record<RemoteRequirement, string>> = {
  'location-address': 'the address where the patient is',
  'emergency-contact': 'the emergency contact',
  'sitter-name': 'the name of the sitter',
  'call-back-number': 'the call-back number',
  'video-on': 'that the video is on',
};

/** In words, what help would need and nobody has recorded; empty for sessions in the room. */
export function missingRemoteFacts({ remoteFacts }: SessionState, protocol: Protocol): readonly string[] {
  if (protocol.route !== 'sublingual') return [];
  const { requirements } = protocol.dose.remote;
  const isOpen = (requirement: RemoteRequirement): boolean => {
    if (remoteFacts === null) return true;
    return requirement === 'video-on' && !remoteFacts.videoOn;
  };
  return requirements.filter(isOpen).map((requirement) => remoteWords[requirement]);
}

/** Labels of the milestones the protocol wants before the dose and that nobody has recorded, or only for another order. */
export function openChecklist(state: SessionState, { protocol }: Pick<DecisionContext, 'protocol'>): readonly string[] {
  const reached = new Set(state.milestones.map((entry) => entry.milestone));
  const isStale = state.doubleCheck?.stale === true;
  return protocol.milestones
    .filter((entry) => entry.beforeDose && (!reached.has(entry.milestone) || (isStale && entry.milestone === 'double_check')))
    .map((entry) => milestones[entry.milestone].label);
}
