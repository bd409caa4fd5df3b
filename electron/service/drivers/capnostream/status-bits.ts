import type { AbsentReason } from '../../../../shared/clinical/reading.ts';

/** Bits of the four status bytes (`docs/monitors/capnostream.md`). */
export const fast = {
  invalid: 0x01,
  initialising: 0x02,
  occlusion: 0x04,
  selfMaintenance: 0x10,
  purging: 0x20,
  filterLineOff: 0x40,
  malfunction: 0x80,
} as const;
export const co2Alarm = { noBreath: 0x01, etco2High: 0x02, etco2Low: 0x04, rateHigh: 0x08, rateLow: 0x10, fico2High: 0x20 } as const;
export const spo2Alarm = {
  pulseNotFound: 0x01,
  spo2High: 0x02,
  spo2Low: 0x04,
  pulseHigh: 0x08,
  pulseLow: 0x10,
  offPatient: 0x20,
  disconnected: 0x40,
} as const;
const extended = { checkCalibration: 0x01, checkFlow: 0x02, pumpOff: 0x04, batteryLow: 0x80 } as const;

type Names = readonly (readonly [bit: number, flag: string])[];

/** All 256 values of one byte in our words, made once: a monitor states them each second. */
function tableOf(names: Names): readonly (readonly string[])[] {
  return Array.from({ length: 256 }, (_, byte) => names.filter(([bit]) => (byte & bit) !== 0).map(([, flag]) => flag));
}

/** The end of a breath is an event of the curve and no condition of it; the invalid bit is told as samples without a value. */
export const fastFlags = tableOf([
  [fast.initialising, 'initialising'],
  [fast.occlusion, 'occlusion'],
  [fast.selfMaintenance, 'self-maintenance'],
  [fast.purging, 'purging'],
  [fast.filterLineOff, 'filterline-off'],
  [fast.malfunction, 'malfunction'],
]);
/** Masimo or Nellcor oximetry, advisories and the beeps say nothing about a value. */
export const slowFlags = tableOf([
  [0x01, 'neonatal'],
  [0x06, 'alarm-silenced'],
  [0x18, 'in-alarm'],
]);
export const extendedFlags = tableOf([
  [extended.checkCalibration, 'check-calibration'],
  [extended.checkFlow, 'check-flow'],
  [extended.pumpOff, 'pump-off'],
  [extended.batteryLow, 'low-battery'],
]);
export const lowBatteryFlags = tableOf([[extended.batteryLow, 'low-battery']]);

const noBreath = [co2Alarm.noBreath, 'no-breath'] as const;
export const etco2Flags = tableOf([noBreath, [co2Alarm.etco2High, 'high-limit'], [co2Alarm.etco2Low, 'low-limit']]);
export const fico2Flags = tableOf([noBreath, [co2Alarm.fico2High, 'high-limit']]);
export const respRateFlags = tableOf([noBreath, [co2Alarm.rateHigh, 'high-limit'], [co2Alarm.rateLow, 'low-limit']]);

const probe: Names = [
  [spo2Alarm.disconnected, 'sensor-disconnected'],
  [spo2Alarm.offPatient, 'sensor-off'],
  [spo2Alarm.pulseNotFound, 'pulse-search'],
];
export const spo2Flags = tableOf([...probe, [spo2Alarm.spo2High, 'high-limit'], [spo2Alarm.spo2Low, 'low-limit']]);
export const pulseFlags = tableOf([...probe, [spo2Alarm.pulseHigh, 'high-limit'], [spo2Alarm.pulseLow, 'low-limit']]);

/** Without its probe, or while it looks for a pulse, the oximeter has measured nothing, whatever digits it states. */
export function absenceOfProbe(alarms: number): AbsentReason | null {
  if ((alarms & spo2Alarm.disconnected) !== 0) return 'no-sensor';
  if ((alarms & spo2Alarm.offPatient) !== 0) return 'sensor-off';
  return (alarms & spo2Alarm.pulseNotFound) !== 0 ? 'searching' : null;
}

/** Conditions of the sampling line under which no number of carbon dioxide or respiration counts. */
export function absenceOfLine(fastStatus: number, extendedStatus: number): AbsentReason | null {
  if ((fastStatus & fast.occlusion) !== 0) return 'occlusion';
  if ((fastStatus & fast.filterLineOff) !== 0) return 'no-sensor';
  if ((fastStatus & fast.malfunction) !== 0) return 'invalid';
  return (extendedStatus & extended.pumpOff) !== 0 ? 'unavailable' : null;
}

/** Why there is no number where the monitor gives none: it says so itself, or the line does, or it is on its way to one. */
export function absenceOfMissingCo2(alarms: number, fastStatus: number, extendedStatus: number): AbsentReason {
  if ((alarms & co2Alarm.noBreath) !== 0) return 'no-breath';
  const ofLine = absenceOfLine(fastStatus, extendedStatus);
  if (ofLine !== null) return ofLine;
  return (fastStatus & (fast.initialising | fast.selfMaintenance | fast.purging)) !== 0 ? 'unavailable' : 'invalid';
}

/** A number of carbon dioxide stands and is doubtful. */
export function isCo2Doubtful(extendedStatus: number): boolean {
  return (extendedStatus & (extended.checkCalibration | extended.checkFlow)) !== 0;
}
