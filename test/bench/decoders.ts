import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { createDatexScanner } from '../../electron/service/drivers/datex-dri/frame.ts';
import { createDinamapScanner, encodeMessage } from '../../electron/service/drivers/dinamap/frame.ts';
import type { DecodeSink } from '../../electron/service/drivers/driver.ts';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import { createFramer, type FrameHandler, type FrameScanner } from '../../electron/service/drivers/framing.ts';
import { createIntellivueScanner } from '../../electron/service/drivers/intellivue/frame.ts';
import { createCapnostreamScanner } from '../../electron/service/drivers/capnostream/frame.ts';
import { formFaultOf } from '../../electron/service/drivers/hl7-oru/message-form.ts';
import { createMllpScanner } from '../../electron/service/drivers/hl7-oru/mllp.ts';
import { createMasimoScanner } from '../../electron/service/drivers/masimo-ascii1/frame.ts';
import { createNellcorScanner } from '../../electron/service/drivers/nellcor-n560/frame.ts';
import { createNoninAsciiScanner } from '../../electron/service/drivers/nonin-ascii/frame.ts';
import { createNoninDf8Scanner } from '../../electron/service/drivers/nonin-df8/frame.ts';
import { createNoninScanner } from '../../electron/service/drivers/nonin/frame.ts';
import { capnostreamMinute } from './capnostream-minute.ts';
import { datexMinute } from './datex-minute.ts';
import { hl7Minute } from './hl7-minute.ts';
import { intellivueMinute } from './intellivue-minute.ts';

export interface DecoderSpeed {
  readonly protocol: MonitorProtocolId;
  /** Bytes to validated frames, without readings. */
  readonly mbPerSecToFrames: number;
  /** Bytes to readings, as a live port does it. */
  readonly mbPerSecToReadings: number;
  /** The same bytes looked at one by one and no more: what this machine can do now. */
  readonly mbPerSecPassed: number;
}

const chunkBytes = 64 * 1024;

const defaultStreamBytes = 8 * 1024 * 1024;
const rounds = 3;

/** MB (10⁶ bytes) per second of each decoder: the best of a few rounds over whole frames (8 MiB unless told) in chunks of 64 KiB. */
export function benchDecoders(streamBytes = defaultStreamBytes): DecoderSpeed[] {
  return drivers.map(({ id }) => {
    const stream = repeat(sampleOf(id), streamBytes);
    return {
      protocol: id,
      mbPerSecToFrames: speedToFrames(id, stream),
      mbPerSecToReadings: speedToReadings(id, stream),
      mbPerSecPassed: speedOfPass(stream),
    };
  });
}

function sampleOf(protocol: MonitorProtocolId): Uint8Array {
  const fixture = (name: string): Uint8Array => readFileSync(new URL(`../fixtures/monitors/${name}`, import.meta.url));
  switch (protocol) {
    case 'masimo-ascii1':
      return new TextEncoder().encode(
        '11/23/26 10:00:29 SN=0123456789 SPO2=098% BPM=072 PI=02.10% SPCO=01.0% SPMET=00.5% DESAT=01 PIDELTA=-02 PVI=027 ALARM=0000 EXC=000800\r\n',
      );
    case 'nellcor-n560':
      return nellcorMinute();
    case 'nonin-df2':
      return fixture('nonin_df2_example.bin');
    case 'nonin-df7':
      return fixture('nonin_df7_example.bin');
    case 'nonin-df8':
      // Another rate each second: the dearest case.
      return Uint8Array.from(Array.from({ length: 60 }, (_, second) => [0x80, 60 + (second % 30), 97, 0x20]).flat());
    case 'nonin-ascii':
      return new TextEncoder().encode('10:00:29 SPO2=098 HR=072\r\n');
    case 'dinamap': {
      // Other pressures each time, so that every reply is a new determination: the dearest case.
      const messages = Array.from({ length: 100 }, (_, index) => encodeMessage(` NA1000035${120 + (index % 50)}078095`));
      return Uint8Array.from(messages.flatMap((message) => [...message]));
    }
    case 'intellivue':
      return intellivueMinute();
    case 'capnostream':
      return capnostreamMinute();
    case 'hl7-oru':
      return hl7Minute();
    case 'datex-dri':
      return datexMinute();
  }
}

/** Thirty lines two seconds apart, with their headings: flags and times change as they do live. */
function nellcorMinute(): Uint8Array {
  const lines = Array.from({ length: 30 }, (_, index) => {
    const stamp = `29-Dec-17 07:19:${String(2 * index).padStart(2, '0')}`;
    return index % 3 === 0 ? `${stamp}    79*     66      18    MO SL       AS   ` : `${stamp}    98      66     201                     `;
  });
  const limits = 'N-560    VERSION 1.56.00    CRC:XXXX  SpO2 Limit: 90-100%    PR Limit: 60-170BPM';
  const headings = [limits, '                             ADULT            0SAT-S ', 'TIME                 %SpO2   BPM     PA     Status'];
  return new TextEncoder().encode([...headings, ...lines, ''].join('\r\n'));
}

function scannerOf(protocol: MonitorProtocolId): FrameScanner {
  switch (protocol) {
    case 'masimo-ascii1':
      return createMasimoScanner();
    case 'nellcor-n560':
      return createNellcorScanner();
    case 'nonin-df2':
      return createNoninScanner(2);
    case 'nonin-df7':
      return createNoninScanner(7);
    case 'nonin-df8':
      return createNoninDf8Scanner();
    case 'nonin-ascii':
      return createNoninAsciiScanner();
    case 'dinamap':
      return createDinamapScanner();
    case 'intellivue':
      return createIntellivueScanner();
    case 'capnostream':
      return createCapnostreamScanner();
    case 'hl7-oru':
      return createMllpScanner({ isMessage: (bytes, from, to) => formFaultOf(bytes, from, to) === null });
    case 'datex-dri':
      return createDatexScanner();
  }
}

function repeat(sample: Uint8Array, streamBytes: number): Uint8Array {
  const stream = new Uint8Array(Math.floor(streamBytes / sample.length) * sample.length);
  for (let at = 0; at < stream.length; at += sample.length) stream.set(sample, at);
  return stream;
}

function speedToFrames(protocol: MonitorProtocolId, stream: Uint8Array): number {
  return bestSpeed(stream, () => {
    let framed = 0;
    const framer = createFramer(scannerOf(protocol));
    const handler: FrameHandler = {
      frame: (_bytes, _start, length) => {
        framed += length;
      },
      discarded: () => undefined,
      padding: () => undefined,
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
  let bestMs = Infinity;
  for (let round = 0; round < rounds; round++) {
    const candidate = create();
    const startMs = performance.now();
    for (let at = 0; at < stream.length; at += chunkBytes) candidate.push(stream.subarray(at, at + chunkBytes));
    bestMs = Math.min(bestMs, performance.now() - startMs);
    // All but the frame that waits for its end: a figure for bytes thrown away would be a lie.
    if (candidate.framedBytes() < stream.length - 256) throw new Error('the benchmark stream was not decoded whole');
  }
  return Math.round((stream.length / 1e6 / (bestMs / 1000)) * 10) / 10;
}

if (import.meta.main) console.table(benchDecoders());
