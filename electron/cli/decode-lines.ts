import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { isMeasured, type Reading } from '../../shared/clinical/reading.ts';
import type { DecodeSink, Decoder, Driver, Wave } from '../service/drivers/driver.ts';
import { UnmappedValues } from '../service/drivers/unmapped-values.ts';

/** Bytes of a monitor as lines of JSON: the same lines whether they come from a file, a capture or a port. */
export interface DecodeLines {
  /** `line` where several senders called one place: each has a stream of its own. */
  push(chunk: Uint8Array, line?: number): void;
  /** What the sender of a line began and did not end is nothing; or, with `another`, somebody else has the line now. */
  endLine(line: number, another: boolean): void;
  /** The port was closed and opened again, or other bytes begin: nothing goes on across it. */
  restart(): void;
  /** Ends the stream and prints the summary. */
  end(): void;
}

export interface DecodeLinesOptions {
  readonly protocol: MonitorProtocolId;
  readonly driver: Pick<Driver, 'createDecoder'>;
  readonly waves: boolean;
  readonly print: (line: string) => void;
}

/** Frames that have no values to give: they would stand in every summary of their protocol. */
const usual: ReadonlySet<string> = new Set(['conversation', 'heading']);

export function createDecodeLines({ protocol, driver, waves, print }: DecodeLinesOptions): DecodeLines {
  const decoders = new Map<number, Decoder>();
  function decoderOf(line: number): Decoder {
    const decoder = decoders.get(line) ?? driver.createDecoder();
    decoders.set(line, decoder);
    return decoder;
  }
  let unmapped = new UnmappedValues();
  const unread = new Map<string, number>();
  const counts = { bytes: 0, frames: 0, readings: 0, discarded: 0, discardedBytes: 0 };
  const printValue = (value: unknown): void => print(JSON.stringify(value));
  const sink: DecodeSink = {
    frame: () => {
      counts.frames += 1;
    },
    unread: (reason, place) => {
      if (usual.has(reason)) return;
      unread.set(reason, (unread.get(reason) ?? 0) + 1);
      if (place !== undefined) printValue({ kind: 'unread', reason, place });
    },
    reading: (reading) => {
      if (!unmapped.isNews(reading)) return;
      counts.readings += 1;
      printValue(readingLine(reading));
    },
    wave: (wave) => {
      if (waves) printValue(waveLine(wave));
    },
    discarded: (bytes, reason) => {
      counts.discarded += 1;
      counts.discardedBytes += bytes;
      printValue({ kind: 'discarded', bytes, reason });
    },
  };
  return {
    push: (chunk, line = 0) => {
      counts.bytes += chunk.length;
      decoderOf(line).push(chunk, sink);
    },
    endLine: (line, another) => {
      if (another) decoders.delete(line);
      else decoders.get(line)?.end(sink);
    },
    restart: () => {
      for (const decoder of decoders.values()) decoder.end(sink);
      decoders.clear();
      unmapped = new UnmappedValues();
    },
    end: () => {
      for (const decoder of decoders.values()) decoder.end(sink);
      const { bytes, frames, readings, discarded, discardedBytes } = counts;
      const summary = { kind: 'summary', protocol, bytes, frames, readings, discarded, discardedBytes };
      printValue(unread.size === 0 ? summary : { ...summary, unread: Object.fromEntries(unread) });
    },
  };
}

/** Keys in the order in which they are read: what, how much, how good, when. */
function readingLine(reading: Reading): unknown {
  const { metric, flags, deviceTime } = reading;
  const rest = { ...(flags === undefined ? {} : { flags }), ...(deviceTime === undefined ? {} : { deviceTime }) };
  if (isMeasured(reading)) return { kind: 'reading', metric, value: reading.value, unit: reading.unit, quality: reading.quality, ...rest };
  return { kind: 'reading', metric, absent: reading.absent, ...rest };
}

function waveLine({ metric, periodMs, unit, samples, flags }: Wave): unknown {
  const line = { kind: 'wave', metric, periodMs: Math.round(periodMs * 1000) / 1000, unit, samples };
  return flags === undefined ? line : { ...line, flags };
}
