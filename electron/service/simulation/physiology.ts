import { assertNever } from '../../../shared/values/assert-never.ts';
import type { Scenario, VitalsRow } from './scenario.ts';
import { smoothNoise } from './seeded-noise.ts';

/** The patient at one moment, unrounded. Rates per minute, saturation and perfusion in %, pressures in mmHg. */
export interface Physiology {
  readonly pulseRate: number;
  readonly spo2: number;
  readonly respRate: number;
  readonly sys: number;
  readonly dia: number;
  readonly mean: number;
  readonly perfusionIndex: number;
}

/** Ketamine delivered since the start of the infusion, in mg, at a scenario time. */
export type DeliveredMg = (tMs: number) => number;

/**
 * The simulated patient: a pure function of the scenario and the time, so that every monitor in a room sees the same body.
 * `deliveredMg` drives the generic patient; without it the scenario's own even infusion does. Rows need neither.
 */
export function physiologyAt(scenario: Scenario, tMs: number, deliveredMg?: DeliveredMg): Physiology {
  switch (scenario.vitals.kind) {
    case 'rows':
      return followRows(scenario.vitals.rows, scenario.seed, tMs);
    case 'generic':
      return followDose(scenario.vitals, scenario.seed, tMs, deliveredMg ?? evenInfusion(scenario.vitals));
    default:
      return assertNever(scenario.vitals);
  }
}

/**
 * When the bedside interval timer ran the cuff last, at or before `tMs`, or null before the first time.
 * With rows the cuff runs at each row, so that its pressures come out exactly.
 */
export function lastCuffMs(scenario: Scenario, tMs: number): number | null {
  if (scenario.vitals.kind === 'generic') {
    const { cuffEveryMs } = scenario.vitals;
    const ran = Math.floor(tMs / cuffEveryMs) * cuffEveryMs;
    return ran >= scenario.startMs ? ran : null;
  }
  return scenario.vitals.rows.findLast((row) => row.atMs <= tMs)?.atMs ?? null;
}

const pulseNoisePeriodMs = 7000;
const spo2NoisePeriodMs = 20_000;
/** Noise fades towards a row, so that at its minute the row stands exactly. */
const fadeMs = 20_000;

function followRows(rows: readonly VitalsRow[], seed: number, tMs: number): Physiology {
  const after = rows.find((row) => row.atMs > tMs) ?? rows.at(-1);
  const before = rows.findLast((row) => row.atMs <= tMs) ?? rows[0];
  if (before === undefined || after === undefined) throw new Error('a scenario has at least one row');
  const spanMs = after.atMs - before.atMs;
  const part = spanMs > 0 ? Math.min(1, Math.max(0, (tMs - before.atMs) / spanMs)) : 0;
  const between = (key: keyof VitalsRow): number => before[key] + (after[key] - before[key]) * part;
  const fade = Math.min(1, Math.min(Math.abs(tMs - before.atMs), Math.abs(after.atMs - tMs)) / fadeMs);
  // The noise never passes the higher pulse nor the lower saturation of the two rows: peaks and lows of the session stay where the rows put them.
  const pulseRate = between('pulseRate') + 2 * fade * smoothNoise(seed, tMs, pulseNoisePeriodMs);
  const spo2 = between('spo2') + 0.6 * fade * smoothNoise(seed + 1, tMs, spo2NoisePeriodMs);
  return {
    pulseRate: Math.min(pulseRate, Math.max(before.pulseRate, after.pulseRate)),
    spo2: Math.min(100, Math.max(spo2, Math.min(before.spo2, after.spo2))),
    respRate: between('respRate'),
    sys: between('sys'),
    dia: between('dia'),
    mean: between('mean'),
    perfusionIndex: perfusionAt(seed, tMs),
  };
}

type GenericVitals = Extract<Scenario['vitals'], { kind: 'generic' }>;

function evenInfusion({ doseMg, infusionMs }: GenericVitals): DeliveredMg {
  return (tMs) => doseMg * Math.min(1, Math.max(0, tMs / infusionMs));
}

function followDose({ baseline, weightKg }: GenericVitals, seed: number, tMs: number, deliveredMg: DeliveredMg): Physiology {
  const effect = effectAt(tMs, deliveredMg, weightKg);
  const sys = baseline.sys + 34 * effect + 3 * smoothNoise(seed + 2, tMs, 60_000);
  const dia = Math.min(sys - 15, baseline.dia + 19 * effect + 2 * smoothNoise(seed + 3, tMs, 60_000));
  return {
    pulseRate: Math.min(220, baseline.pulseRate + 18 * effect + 2 * smoothNoise(seed, tMs, pulseNoisePeriodMs)),
    spo2: Math.min(100, Math.max(70, baseline.spo2 - 1.5 * effect + 0.6 * smoothNoise(seed + 1, tMs, spo2NoisePeriodMs))),
    respRate: Math.max(6, baseline.respRate - effect + smoothNoise(seed + 4, tMs, 30_000)),
    sys,
    dia,
    mean: dia + (sys - dia) / 3,
    perfusionIndex: perfusionAt(seed, tMs),
  };
}

function perfusionAt(seed: number, tMs: number): number {
  return 2.6 + 0.8 * smoothNoise(seed + 5, tMs, 45_000);
}

const onsetMs = 150_000;
const offsetMs = 1_500_000;
const stepMs = 30_000;
const lookBackMs = 3 * 3_600_000;
/** The effect of 0.5 mg/kg over 40 min at its height, so that this dose gives about 1. */
const effectPerMgPerKg = 4.6;

/**
 * A shape, not pharmacology: each milligram acts with a quick onset and a slow decay, and the effects add up. Demo and tests need a body
 * that rises with the dose, holds in a pause a little lower, and comes back; no figure of it may be read as a prediction.
 */
function effectAt(tMs: number, deliveredMg: DeliveredMg, weightKg: number): number {
  let effect = 0;
  let laterMg = deliveredMg(tMs);
  for (let agoMs = 0; agoMs < lookBackMs && laterMg > 0; agoMs += stepMs) {
    const earlierMg = deliveredMg(tMs - agoMs - stepMs);
    const sinceMs = agoMs + stepMs / 2;
    effect += (laterMg - earlierMg) * (Math.exp(-sinceMs / offsetMs) - Math.exp(-sinceMs / onsetMs));
    laterMg = earlierMg;
  }
  return Math.min(2.5, (effect / weightKg) * effectPerMgPerKg);
}
