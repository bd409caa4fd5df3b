import { z } from 'zod';
import { showTemperature } from '../../../../shared/values/quantity.ts';
import { event, listed } from './define-event.ts';
import { joined } from './entry-words.ts';

/** What a person reads off a monitor or a patient, in the units of the metrics. */
export const typedVitals = z.partialRecord(z.enum(['pulse-rate', 'spo2', 'nibp-sys', 'nibp-dia', 'resp-rate', 'temp']), z.number());

export const typedVitalsEvents = {
  'vitals-entered': event(z.object({ values: typedVitals, lateReason: z.string().max(300).optional() }), {
    label: () => 'Vitals by hand',
    detail: ({ values }) => vitalsWords(values),
    ...listed('cuff', 'timed'),
  }),
} as const;

const otherVitals = [
  ['pulse-rate', 'pulse', '/min'],
  ['spo2', 'SpO₂', ' %'],
  ['resp-rate', 'resp', '/min'],
] as const;

/** `blood pressure 122/78 mmHg · pulse 64/min` */
export function vitalsWords(values: z.output<typeof typedVitals>): string | null {
  const [sys, dia] = [values['nibp-sys'], values['nibp-dia']];
  const pressure = sys === undefined && dia === undefined ? null : `blood pressure ${sys ?? '–'}/${dia ?? '–'} mmHg`;
  const others = otherVitals.map(([metric, name, unit]) => {
    const value = values[metric];
    return value === undefined ? null : `${name} ${value}${unit}`;
  });
  // In both units, because the sentence stands in the record, which clinics with either unit read.
  const temperature =
    values.temp === undefined ? null : `temperature ${showTemperature(values.temp, 'Cel')} (${showTemperature(values.temp, '[degF]')})`;
  return joined(pressure, ...others, temperature);
}
