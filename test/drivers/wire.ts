import type { Driver, Poller } from '../../electron/service/drivers/driver.ts';
import type { SimulatedMonitor } from '../../electron/service/simulation/simulated-monitor.ts';
import type { Reading } from '../../shared/clinical/reading.ts';
import { casesOf } from './cases/case-directory.ts';

export interface Heard {
  readonly atMs: number;
  readonly reading: Reading;
}

/** What a driver and a monitor said to each other; times are the monitor's, in milliseconds. */
export interface Talk {
  /** What Vigil wrote, by its name in the cases of the driver. */
  readonly said: readonly { readonly atMs: number; readonly what: string }[];
  readonly heard: readonly Heard[];
  readonly waves: number;
  readonly bytes: number;
  readonly accounted: number;
  readonly discarded: number;
}

export interface TalkOptions {
  readonly fromMs?: number;
  /** Whether nothing passes in either direction. */
  readonly cut?: (atMs: number) => boolean;
  /** One that has been talking already. */
  readonly poller?: Poller;
  /** Each piece of the wire, and how many readings the driver made of it: none of its own words. */
  readonly onPiece?: (piece: Uint8Array, from: 'monitor' | 'vigil', readings: number) => void;
}

/** A monitor and its driver on one wire, in steps of 100 ms, up to and with `untilMs`. */
export function talk(driver: Driver, monitor: SimulatedMonitor, untilMs: number, options: TalkOptions = {}): Talk {
  const { fromMs = 0, cut = () => false, poller = driver.createPoller?.(), onPiece = () => undefined } = options;
  const nameOf = casesOf(driver.id).asked?.nameOf ?? String;
  const decoder = driver.createDecoder();
  const said: { atMs: number; what: string }[] = [];
  const heard: Heard[] = [];
  const count = { waves: 0, bytes: 0, accounted: 0, discarded: 0 };
  let atMs = fromMs;
  const account = (bytes: number): void => void (count.accounted += bytes);
  const sink = {
    frame: (bytes: number) => {
      account(bytes);
      poller?.answered(atMs);
    },
    reading: (reading: Reading) => void heard.push({ atMs, reading }),
    wave: () => void (count.waves += 1),
    discarded: (bytes: number) => {
      account(bytes);
      count.discarded += bytes;
    },
    padding: account,
  };

  function hear(piece: Uint8Array | null): void {
    if (piece === null || piece.length === 0 || cut(atMs)) return;
    count.bytes += piece.length;
    poller?.heard?.(piece, atMs);
    const before = heard.length;
    decoder.push(piece, sink);
    onPiece(piece, 'monitor', heard.length - before);
  }

  for (; atMs <= untilMs; atMs += 100) {
    hear(monitor.advance(atMs));
    const request = poller?.poll(atMs) ?? null;
    if (request === null) continue;
    said.push({ atMs, what: nameOf(request) });
    if (cut(atMs)) continue;
    onPiece(request, 'vigil', 0);
    hear(monitor.receive(request));
  }
  decoder.end(sink);
  return { said, heard, ...count };
}

/** When a number of this metric was heard. */
export function timesOf({ heard }: Pick<Talk, 'heard'>, metric: string): number[] {
  return heard.filter(({ reading }) => reading.metric === metric && 'value' in reading).map(({ atMs }) => atMs);
}

export function whatOf({ said }: Talk): string[] {
  return said.map(({ what }) => what);
}

export function gapsOf(times: readonly number[]): number[] {
  return times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0));
}
