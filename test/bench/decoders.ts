import { spawnSync } from 'node:child_process';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import type { DecodeSink } from '../../electron/service/drivers/driver.ts';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { createFramer, waitMaxBytes, type FrameHandler } from '../../electron/service/drivers/framing.ts';
import { casesOf } from '../drivers/cases/case-directory.ts';

export interface DecoderSpeed {
  readonly protocol: MonitorProtocolId;
  /** Bytes to validated frames, without readings. */
  readonly mbPerSecToFrames: number;
  /** Bytes to readings, as a live port does it, in a process that has decoded nothing else. */
  readonly mbPerSecToReadings: number;
  /** The same in a process that has decoded all of those before it: what is compiled for one is then compiled for many. */
  readonly mbPerSecBehindOthers: number;
  /** The same bytes looked at one by one and no more: what this machine can do now. */
  readonly mbPerSecPassed: number;
}

const chunkBytes = 64 * 1024;

const defaultStreamBytes = 8 * 1024 * 1024;
const rounds = 3;

/**
 * MB (10⁶ bytes) per second of processor time of each decoder, so that whatever else runs costs it little: the best of a few
 * rounds over 8 MiB of whole frames in chunks of 64 KiB. A room decodes what its few monitors say, so that each stands in a
 * process of its own, and once more behind the others.
 */
export function benchDecoders(): DecoderSpeed[] {
  return drivers.map(({ id }) => {
    const stream = streamOf(id);
    return {
      protocol: id,
      mbPerSecToFrames: speedToFrames(id, stream),
      mbPerSecToReadings: speedAlone(id),
      mbPerSecBehindOthers: speedToReadings(id, stream),
      mbPerSecPassed: speedOfPass(stream),
    };
  });
}

function speedAlone(protocol: MonitorProtocolId): number {
  const { status, stdout } = spawnSync(process.execPath, [import.meta.filename, protocol], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the process that decodes ${protocol} alone ended with ${String(status)}`);
  return Number(stdout);
}

function streamOf(protocol: MonitorProtocolId): Uint8Array {
  return repeat(casesOf(protocol).bench.sample(), defaultStreamBytes);
}

function repeat(sample: Uint8Array, streamBytes: number): Uint8Array {
  const stream = new Uint8Array(Math.floor(streamBytes / sample.length) * sample.length);
  for (let at = 0; at < stream.length; at += sample.length) stream.set(sample, at);
  return stream;
}

function speedToFrames(protocol: MonitorProtocolId, stream: Uint8Array): number {
  return bestSpeed(stream, () => {
    let framed = 0;
    const framer = createFramer(casesOf(protocol).bench.createScanner());
    const handler: FrameHandler = {
      frame: (_bytes, _start, length) => {
        framed += length;
      },
      discarded: () => undefined,
      padding: (bytes) => {
        framed += bytes;
      },
    };
    return { push: (chunk) => framer.push(chunk, handler), framedBytes: () => framed };
  });
}

function speedToReadings(protocol: MonitorProtocolId, stream: Uint8Array): number {
  return bestSpeed(stream, () => {
    let framed = 0;
    const decoder = findDriver(protocol).createDecoder();
    const sink: DecodeSink = {
      frame: (bytes) => {
        framed += bytes;
      },
      reading: () => undefined,
      wave: () => undefined,
      discarded: () => undefined,
      padding: (bytes) => {
        framed += bytes;
      },
    };
    return { push: (chunk) => decoder.push(chunk, sink), framedBytes: () => framed };
  });
}

function speedOfPass(stream: Uint8Array): number {
  return bestSpeed(stream, () => {
    let [framed, sum] = [0, 0];
    const push = (chunk: Uint8Array): void => {
      for (let at = 0; at < chunk.length; at += 1) sum = (sum + (chunk[at] ?? 0)) & 0xffff;
      framed += chunk.length;
    };
    // A sum that nobody asks for would not be worked out.
    return { push, framedBytes: () => (sum < 0 ? 0 : framed) };
  });
}

interface Candidate {
  push(chunk: Uint8Array): void;
  framedBytes(): number;
}

function bestSpeed(stream: Uint8Array, create: () => Candidate): number {
  let bestUs = Infinity;
  for (let round = 0; round < rounds; round++) {
    const candidate = create();
    const startUs = process.threadCpuUsage().user;
    for (let at = 0; at < stream.length; at += chunkBytes) candidate.push(stream.subarray(at, at + chunkBytes));
    bestUs = Math.min(bestUs, process.threadCpuUsage().user - startUs);
    // All but the frame that waits for its end (and line ends that belong to none): a figure for bytes thrown away would be a lie.
    if (candidate.framedBytes() < stream.length - waitMaxBytes) throw new Error('the benchmark stream was not decoded whole');
  }
  return Math.round((stream.length / bestUs) * 10) / 10;
}

if (import.meta.main) {
  const protocol = drivers.find(({ id }) => id === process.argv[2])?.id;
  if (protocol === undefined) console.table(benchDecoders());
  else console.log(speedToReadings(protocol, streamOf(protocol)));
}
