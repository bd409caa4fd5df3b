import { milestones, type MilestoneKey } from '../../../../shared/clinical/milestone.ts';
import type { RemoteRequirement } from '../../../../shared/clinical/protocol-dose.ts';
import { isWatchedFromAfar } from '../../../../shared/clinical/remote.ts';
import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import type { Doubt, Refusal } from '../../../../shared/contract/contract-errors.ts';
import type { SessionState } from '../state/session-state.ts';
import { showMilli } from '../../../../shared/values/quantity.ts';

interface Around {
  readonly protocol: Protocol;
  readonly monitorLive: boolean;
}

/** Why there can be no start, by any route, whatever the reason; null where there can. */
export function startRefusal(state: SessionState, protocol: Protocol): Refusal | null {
  const blocked = (code: Refusal['code'], message: string): Refusal => ({ code, message });
  // The dose of a nasal spray is counted in devices; a weight plays no part in it.
  if (state.weight === null && protocol.route !== 'intranasal') {
    return blocked('WEIGHT_MISSING', 'No weight is recorded. Record the weight, then order the dose.');
  }
  const ordered = orderedFor(state, protocol);
  if (ordered === null) return blocked('DOSE_NOT_ORDERED', 'No dose is ordered. Order the dose first.');
  if (ordered.weightGrams !== null && state.weight !== null && ordered.weightGrams !== state.weight.grams) {
    const text = `The dose was ordered for ${showMilli(ordered.weightGrams)} kg, the weight is now ${showMilli(state.weight.grams)} kg. Order the dose again.`;
    return blocked('DOSE_NOT_ORDERED', text);
  }
  const stops = openMilestones(state, protocol, 'stop').map((milestone) => milestones[milestone].label);
  if (stops.length > 0) {
    const text = `"${protocol.name}" has no start without it, whatever the reason: ${stops.join(', ')}. Record it, then start.`;
    return blocked('SESSION_CHECKLIST_OPEN', text);
  }
  const missing = missingRemoteFacts(state, protocol);
  if (missing.length > 0) {
    const text = `A remote session needs on record: ${missing.join(', ')}. Record them, then start.`;
    return blocked('SESSION_CHECKLIST_OPEN', text);
  }
  return null;
}

/** What is doubtful about a start now, by any route: each open point of the checklist by itself, and no monitor. */
export function startDoubts(state: SessionState, { protocol, monitorLive }: Around): readonly Doubt[] {
  const open = openMilestones(state, protocol).map((milestone): Doubt => ({
    key: `not-done:${milestone}`,
    code: 'SESSION_CHECKLIST_OPEN',
    words: `Still open before the start: ${milestones[milestone].label}`,
    subject: milestone,
    needs: 'reason',
  }));
  // In a session that is watched from afar no monitor of this room is connected to the patient, so none is asked for.
  if (monitorLive || isWatchedFromAfar(protocol)) return open;
  const words = 'No monitor gives readings. Check its cable and port, or take the vitals by hand';
  return [...open, { key: 'monitor-not-live', code: 'SESSION_MONITOR_NOT_LIVE', words, needs: 'reason' }];
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

/** Labels of the points of the checklist that are open. */
export function openChecklist(state: SessionState, protocol: Protocol): readonly string[] {
  return openMilestones(state, protocol).map((milestone) => milestones[milestone].label);
}

/** The milestones the protocol wants before the dose and that nobody has recorded, or only for another order. */
function openMilestones(state: SessionState, protocol: Protocol, of: 'all' | 'stop' = 'all'): readonly MilestoneKey[] {
  const reached = new Set(state.milestones.map((entry) => entry.milestone));
  const isStale = state.doubleCheck?.stale === true;
  return protocol.milestones
    .filter(
      (entry) =>
        (of === 'all' ? entry.beforeDose : entry.stop === true) &&
        (!reached.has(entry.milestone) || (isStale && entry.milestone === 'double_check')),
    )
    .map((entry) => entry.milestone);
}
