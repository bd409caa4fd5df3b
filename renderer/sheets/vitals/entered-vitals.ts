import { metrics } from '../../../shared/clinical/metric.ts';
import type { SessionCommandInput } from '../../../shared/contract/session-commands.ts';
import { celsiusFromEntry, showTemperature, type TemperatureUnit } from '../../../shared/values/quantity.ts';
import { numberTyped } from '../../format/number-typed.ts';
import { sessionText } from '../../text/session.ts';

export const enteredKeys = ['nibp-sys', 'nibp-dia', 'pulse-rate', 'spo2', 'resp-rate', 'temp'] as const;
export type EnteredKey = (typeof enteredKeys)[number];
export type TypedVitals = Readonly<Record<EnteredKey, string>>;

export const nothingTyped: TypedVitals = { 'nibp-sys': '', 'nibp-dia': '', 'pulse-rate': '', spo2: '', 'resp-rate': '', temp: '' };

type EnteredValues = Extract<SessionCommandInput, { type: 'enter-vitals' }>['values'];

export interface VitalsRequest {
  readonly values: EnteredValues;
  readonly problems: Partial<Readonly<Record<EnteredKey, string>>>;
  readonly ready: boolean;
}

/** `152/94` in the field of the systolic one is how a pressure is said and written. */
function withPressureApart(typed: TypedVitals): TypedVitals {
  const pair = /^\s*(\d{2,3})\s*\/\s*(\d{2,3})\s*$/.exec(typed['nibp-sys']);
  if (pair === null || typed['nibp-dia'].trim() !== '') return typed;
  return { ...typed, 'nibp-sys': pair[1] ?? '', 'nibp-dia': pair[2] ?? '' };
}

/** What was typed, as values, a temperature in the clinic's unit turned into °C here and nowhere else; an empty field is nothing measured, never 0. */
export function enteredVitals(asTyped: TypedVitals, temperature: TemperatureUnit): VitalsRequest {
  const typed = withPressureApart(asTyped);
  const values: EnteredValues = {};
  const problems: Partial<Record<EnteredKey, string>> = {};
  for (const key of enteredKeys) {
    if (typed[key].trim() === '') continue;
    const number = numberTyped(typed[key]);
    const value = number !== null && key === 'temp' ? celsiusFromEntry({ value: number, unit: temperature }) : number;
    const [min, max] = metrics[key].possible;
    if (value === null) problems[key] = sessionText.byHand.notANumber;
    else if (value < min || value > max)
      problems[key] = key === 'temp' ? `${showTemperature(min, temperature)} to ${showTemperature(max, temperature)}` : `${min} to ${max}`;
    else values[key] = value;
  }
  const [sys, dia] = [typed['nibp-sys'].trim() !== '', typed['nibp-dia'].trim() !== ''];
  if (sys !== dia) problems[sys ? 'nibp-dia' : 'nibp-sys'] = sessionText.byHand.pair;
  return { values, problems, ready: Object.keys(values).length > 0 && Object.keys(problems).length === 0 };
}
