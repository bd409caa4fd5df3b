import type { Wave } from '../driver.ts';
import { absenceOfFloat, absenceOfState, flagsOfState, floatOf, state } from './measurement.ts';
import { attribute, u16, u32, waveHeaderBytes, type Message } from './message.ts';
import { unitOf, waveNameOf } from './nomenclature.ts';

const ticksPerMs = 8;
/** Further apart, and the samples are not of one run. */
const runMaxTicks = 3_600_000 * ticksPerMs;
/** A monitor has a few dozen objects; what names more is not a monitor. */
const objectsMax = 128;
const invalidMaskId = 1;

/** What the samples of one object mean; sent now and then, an object at a time. Nothing is told before it is known. */
interface WaveContext {
  sampleBytes: number;
  significantMask: number;
  /** 1/8 ms. */
  periodTicks: number;
  /** A sample with one of these bits is not valid. */
  invalidMask: number;
  unit: string;
  scale: { readonly lowest: number; readonly lowestSample: number; readonly perStep: number } | null;
}

/** Where one wave has got to. */
interface WaveRun {
  sequence: number;
  relativeTime: number;
  samples: number;
  firstSample: number;
}

/** The samples of poll results, each piece with its place on the monitor's own count. */
export class Waves {
  readonly #contexts = new Map<number, WaveContext>();
  /** All ECG leads come from one object: the code is part of the name. */
  readonly #runs = new Map<number, WaveRun>();
  #demoBits = 0;

  setDemo(demo: boolean): void {
    this.#demoBits = demo ? state.demo : 0;
  }

  /** A new association: nothing known of the last one holds. */
  reset(): void {
    this.#contexts.clear();
    this.#runs.clear();
  }

  publish(message: Message, body: Uint8Array, tell: (wave: Wave) => void): void {
    // What an object means may stand behind its samples in the message.
    for (let index = 0; index < message.attributes; index++) {
      const id = message.ids[index] as number;
      if (id === attribute.wave || id === attribute.compoundWave) continue;
      learn(this.#contextOf(message.handles[index] as number), id, body, message.places[index] as number);
    }
    for (let index = 0; index < message.attributes; index++) {
      const id = message.ids[index] as number;
      const at = message.places[index] as number;
      const handle = message.handles[index] as number;
      if (id === attribute.wave) this.#publishOne(message, handle, body, at, tell);
      if (id !== attribute.compoundWave) continue;
      let item = at + 4;
      for (let left = u16(body, at); left > 0; left--) {
        this.#publishOne(message, handle, body, item, tell);
        item += waveHeaderBytes + u16(body, item + 4);
      }
    }
  }

  #contextOf(handle: number): WaveContext {
    const known = this.#contexts.get(handle);
    if (known !== undefined) return known;
    if (this.#contexts.size >= objectsMax) this.#contexts.clear();
    const made: WaveContext = { sampleBytes: 0, significantMask: 0, periodTicks: 0, invalidMask: 0, unit: '1', scale: null };
    this.#contexts.set(handle, made);
    return made;
  }

  #publishOne(message: Message, handle: number, body: Uint8Array, at: number, tell: (wave: Wave) => void): void {
    const context = this.#contextOf(handle);
    const { sampleBytes, periodTicks } = context;
    if (sampleBytes === 0 || periodTicks === 0) return;
    const code = u16(body, at);
    const bits = u16(body, at + 2) | this.#demoBits;
    const count = Math.floor(u16(body, at + 4) / sampleBytes);
    const firstSample = this.#placeOf(handle * 0x1_0000 + code, message, count, periodTicks);
    if (firstSample === null || count === 0) return;
    const samples = absenceOfState(bits) === null ? samplesOf(body, at + waveHeaderBytes, count, context) : Array<null>(count).fill(null);
    const flags = bits === 0 ? [] : flagsOfWave(bits);
    const wave = { metric: waveNameOf(code), unit: context.scale === null ? '1' : context.unit, periodMs: periodTicks / ticksPerMs };
    tell(flags.length === 0 ? { ...wave, samples, firstSample } : { ...wave, samples, firstSample, flags });
  }

  /** Where this piece begins on the monitor's count of samples; null for a piece that was heard already. */
  #placeOf(key: number, message: Message, samples: number, periodTicks: number): number | null {
    const { sequence, relativeTime } = message;
    const run = this.#runs.get(key);
    if (run === undefined) {
      if (this.#runs.size >= objectsMax) this.#runs.clear();
      const firstSample = Math.round(relativeTime / periodTicks);
      this.#runs.set(key, { sequence, relativeTime, samples, firstSample });
      return firstSample;
    }
    const elapsedTicks = (relativeTime - run.relativeTime) | 0;
    if (elapsedTicks === 0 && sequence === run.sequence) return null;
    const next = run.firstSample + run.samples;
    const isNext = sequence > 0 && sequence === ((run.sequence + 1) & 0xffff) && elapsedTicks >= 0 && elapsedTicks <= runMaxTicks;
    if (isNext) run.firstSample = next;
    else if (elapsedTicks < 0 || elapsedTicks > runMaxTicks) run.firstSample = Math.round(relativeTime / periodTicks);
    else run.firstSample = Math.max(next, run.firstSample + Math.round(elapsedTicks / periodTicks));
    run.sequence = sequence;
    run.relativeTime = relativeTime;
    run.samples = samples;
    return run.firstSample;
  }
}

function learn(context: WaveContext, id: number, body: Uint8Array, at: number): void {
  switch (id) {
    case attribute.sampleSpecification: {
      const [sampleBits, significantBits] = [body[at + 2] as number, body[at + 3] as number];
      const isKnown = (sampleBits === 8 || sampleBits === 16) && significantBits > 0 && significantBits <= sampleBits;
      context.sampleBytes = isKnown ? sampleBits / 8 : 0;
      context.significantMask = 2 ** significantBits - 1;
      return;
    }
    case attribute.samplePeriod:
      context.periodTicks = u32(body, at);
      return;
    case attribute.unitCode:
      context.unit = unitOf(u16(body, at));
      return;
    case attribute.scale:
      context.scale = scaleOf(body, at);
      return;
    case attribute.fixedSampleValues:
      context.invalidMask = invalidMaskOf(body, at);
      return;
    default:
  }
}

function samplesOf(body: Uint8Array, start: number, count: number, context: WaveContext): (number | null)[] {
  const { sampleBytes, significantMask, invalidMask, scale } = context;
  const samples = Array<number | null>(count);
  let at = start;
  for (let index = 0; index < count; index++) {
    const raw = sampleBytes === 2 ? ((body[at] as number) << 8) | (body[at + 1] as number) : (body[at] as number);
    at += sampleBytes;
    const sample = raw & significantMask;
    if ((raw & invalidMask) !== 0) samples[index] = null;
    else if (scale === null) samples[index] = sample;
    // A tenth of a thousandth is finer than any of these signals.
    else samples[index] = Math.round((scale.lowest + (sample - scale.lowestSample) * scale.perStep) * 10_000) / 10_000;
  }
  return samples;
}

/** Two absolute values and the samples that stand for them; null where the wave has no absolute values, or they make no sense. */
function scaleOf(body: Uint8Array, at: number): WaveContext['scale'] {
  const [lowestRaw, highestRaw] = [u32(body, at) | 0, u32(body, at + 4) | 0];
  if (absenceOfFloat(lowestRaw) !== null || absenceOfFloat(highestRaw) !== null) return null;
  const [lowestSample, highestSample] = [u16(body, at + 8), u16(body, at + 10)];
  const lowest = floatOf(lowestRaw);
  const perStep = (floatOf(highestRaw) - lowest) / (highestSample - lowestSample);
  return Number.isFinite(perStep) && perStep !== 0 && Math.abs(perStep) < 1e6 && Math.abs(lowest) < 1e9
    ? { lowest, lowestSample, perStep }
    : null;
}

/** {count, length} of {which mark, its bits}. Pacer and defibrillator marks leave the sample standing. */
function invalidMaskOf(body: Uint8Array, at: number): number {
  let mask = 0;
  for (let entry = 0; entry < u16(body, at); entry++) {
    if (u16(body, at + 4 + entry * 4) === invalidMaskId) mask |= u16(body, at + 6 + entry * 4);
  }
  return mask;
}

function flagsOfWave(bits: number): string[] {
  const flags = flagsOfState(bits);
  return (bits & state.questionable) === 0 ? flags : ['questionable', ...flags];
}
