import type { Protocol } from '../../../../shared/clinical/protocol.ts';
import { pressureAtForty, pressureBefore, pressureBeforeRelease } from '../../../../shared/clinical/rems-steps.ts';
import type { Doubt } from '../../../../shared/contract/contract-errors.ts';
import type { UtcMs } from '../../../../shared/values/instant.ts';
import { monitoringStartMs } from './due-times.ts';
import type { SessionState } from '../state/session-state.ts';
import { allCuffs, type SessionVitals } from './session-vitals.ts';

/** A dose by nose is monitored by steps that the programme prescribes; each that is missing is a doubt of its own. */
export function firstDeviceDoubts(state: SessionState, protocol: Protocol, vitals: SessionVitals, atMs: UtcMs): readonly Doubt[] {
  if (protocol.route !== 'intranasal') return [];
  if (pressureBefore(allCuffs(state, vitals), atMs) !== undefined) return [];
  const words = 'No blood pressure in the 15 min before the first device';
  return [{ key: 'pressure-before-device', code: 'MONITORING_STEP_MISSING', words, subject: 'nibp-sys', needs: 'prescriber' }];
}

export function releaseDoubts(state: SessionState, protocol: Protocol, vitals: SessionVitals, leftMs: UtcMs): readonly Doubt[] {
  const fromMs = monitoringStartMs(state, protocol);
  const lastMs = state.dose.administrations.at(-1)?.atMs ?? null;
  if (protocol.route !== 'intranasal' || fromMs === null || lastMs === null) return [];
  const cuffs = allCuffs(state, vitals);
  const missing = (key: string, words: string): Doubt => ({
    key,
    code: 'MONITORING_STEP_MISSING',
    words,
    subject: 'nibp-sys',
    needs: 'reason',
  });
  return [
    ...(pressureAtForty(cuffs, fromMs) === undefined
      ? [missing('pressure-at-forty', 'No blood pressure within 5 min of 40 min after the device')]
      : []),
    ...(pressureBeforeRelease(cuffs, lastMs, leftMs) === undefined
      ? [missing('pressure-before-release', 'No blood pressure in the 15 min before leaving')]
      : []),
  ];
}
