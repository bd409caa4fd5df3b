import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { mustBeAsked, type Driver } from '../drivers/driver.ts';
import type { PortSettings } from '../platform/byte-ports.ts';

/** One opening of the port: to listen, or to ask what one driver asks. */
export interface DetectionStep {
  readonly settings: PortSettings;
  /** Whose questions are sent; null: nothing is sent. */
  readonly asks: Driver | null;
  /** Those that are listened for. */
  readonly drivers: readonly Driver[];
  readonly ms: number;
  /** At least, where something has come at another speed: a line every two seconds has to fall into it. */
  readonly aliveMs: number;
  /** Longer where what has come may be the middle of a first frame. */
  readonly scantMs: number;
  /** Longer where frames have come, and not yet enough. */
  readonly maxMs: number;
}

export interface PlanOptions {
  /** A person agreed that the harmless questions are sent. */
  readonly ask: boolean;
  /** What was on this adapter last; looked for first. */
  readonly remembered: MonitorProtocolId | null;
}

/** All of it is over by then, with time to close the port. */
export const detectionMaxMs = 11_500;

const firstSettings: PortSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
/** `maxMs`: three lines of a monitor that speaks every two seconds; seven of one that says four bytes a second. */
const firstListen = { ms: 2500, aliveMs: 2500, scantMs: 4500, maxMs: 8000 };
const listen = { ms: 1000, aliveMs: 2500, scantMs: 2500, maxMs: 5000 };
const question = { ms: 1200, aliveMs: 1200, scantMs: 1600, maxMs: 2000 };
/** Asks at a speed that few of its monitors are set to. Each driver is asked at its usual speed before. */
const seldomQuestion = { ...question, ms: 800, aliveMs: 800 };
const otherSpeedsMax = 4;
const otherSpeedsMaxWithQuestions = 2;

/**
 * Listen where most monitors speak, then at the other speeds; only with consent, ask. What was on the adapter last
 * comes first. A driver is listened for only at its own settings: it could not be connected at others.
 */
export function detectionPlan(drivers: readonly Driver[], { ask, remembered }: PlanOptions): readonly DetectionStep[] {
  const known = drivers.find((driver) => driver.id === remembered) ?? null;
  // One that has to be asked says nothing to a listener: only its questions come first.
  const settings = distinctSettings(drivers, known !== null && !mustBeAsked(known) ? known : null);
  const listening = settings.map((one, index) => listenStep(drivers, one, index === 0 || isSame(one, firstSettings)));
  const spoken = listening.slice(0, 1 + (ask ? otherSpeedsMaxWithQuestions : otherSpeedsMax));
  return withinTime(ask ? [...spoken, ...questionSteps(drivers, known)] : spoken);
}

function listenStep(drivers: readonly Driver[], settings: PortSettings, long: boolean): DetectionStep {
  const speakers = drivers.filter((driver) => driver.portProfiles.some((profile) => isSame(profile, settings)));
  return { settings, asks: null, drivers: speakers, ...(long ? firstListen : listen) };
}

/** Every polled driver at its own settings, then those of its other settings that there is time for. */
function questionSteps(drivers: readonly Driver[], known: Driver | null): readonly DetectionStep[] {
  const askers = drivers.filter((driver) => mustBeAsked(driver) && driver.createPoller !== undefined);
  const ordered = known === null ? askers : askers.toSorted((a, b) => Number(b === known) - Number(a === known));
  const rounds = Math.max(0, ...ordered.map((driver) => driver.portProfiles.length));
  return Array.from({ length: rounds }, (_, round) => round).flatMap((round) =>
    ordered.flatMap((driver): DetectionStep[] => {
      const settings = driver.portProfiles[round];
      return settings === undefined ? [] : [{ settings, asks: driver, drivers: [driver], ...(round === 0 ? question : seldomQuestion) }];
    }),
  );
}

function withinTime(steps: readonly DetectionStep[]): readonly DetectionStep[] {
  let totalMs = 0;
  return steps.filter((step) => {
    totalMs += step.ms;
    return totalMs <= detectionMaxMs;
  });
}

/** 9600 first, or what the adapter's last monitor spoke; then those of monitors that speak by themselves. */
function distinctSettings(drivers: readonly Driver[], known: Driver | null): readonly PortSettings[] {
  const streams = drivers.filter((driver) => !mustBeAsked(driver));
  const others = drivers.filter(mustBeAsked);
  const all = [known?.portProfiles[0] ?? firstSettings, firstSettings, ...[...streams, ...others].flatMap((driver) => driver.portProfiles)];
  return all.filter((one, index) => all.findIndex((other) => isSame(one, other)) === index);
}

export function isSame(a: PortSettings, b: PortSettings): boolean {
  return a.baudRate === b.baudRate && a.dataBits === b.dataBits && a.parity === b.parity && a.stopBits === b.stopBits;
}

/** `9600 8N1` */
export function settingsWords({ baudRate, dataBits, parity, stopBits }: PortSettings): string {
  return `${baudRate} ${dataBits}${parity.slice(0, 1).toUpperCase()}${stopBits}`;
}
