import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drivers, findDriver } from '../../../electron/service/drivers/driver-directory.ts';
import { waitMaxBytes } from '../../../electron/service/drivers/framing.ts';
import { goldenScenario } from '../../../electron/service/simulation/golden-patient.ts';
import { metrics } from '../../../shared/clinical/metric.ts';
import type { MonitorProtocolId } from '../../../shared/clinical/monitor-protocol.ts';
import { isMeasured, readingSchema } from '../../../shared/clinical/reading.ts';
import { isMetricId } from '../../../electron/service/drivers/stated-reading.ts';
import { casesOf } from '../cases/case-directory.ts';
import { capnostreamId, capnostreamNumerics, capnostreamSample } from '../capnostream-bytes.ts';
import { datexUnit, wave, waveFrame } from '../datex-bytes.ts';
import { ascii, decodeChunks, decodeWhole, join } from '../decoded-stream.ts';
import { hl7Message, hl7Values } from '../hl7-bytes.ts';
import { createEventFrame, intellivueUnit, resultFrame, waveContextHex, waveHex } from '../intellivue-bytes.ts';
import { dinamapPressures, masimoLine, noninPacket } from '../monitor-bytes.ts';
import { nellcorHeadings, nellcorLine, noninGroups, noninText } from '../oximeter-bytes.ts';
import { spokenBytes } from '../../simulators/played-monitor.ts';

/** What a decoder may hold back: a frame that is not whole yet, and a run of useless bytes not yet reported. */
const heldMaxBytes = (id: MonitorProtocolId): number => (casesOf(id).frameMaxBytes ?? waitMaxBytes) + 512;

const numRuns = process.env['VIGIL_SOAK'] === undefined ? 400 : 100_000;

/** Bytes that mean something to one of the drivers, whole or in part, so that a random stream reaches their inner states. */
const meaningful = fc
  .constantFrom(
    masimoLine(1, 91, 150),
    masimoLine(2, 101, 0, 'ALARM=0002 EXC=000824'),
    noninPacket(2, { heartRate: 142, spo2: 96 }),
    noninPacket(7, { heartRate: 511, spo2: 127, status: 0x98 }),
    dinamapPressures(128, 78, 95),
    dinamapPressures(78, 128, 95),
    intellivueUnit(142, 96, 8000),
    createEventFrame(8000, '2026112310000000', 0x2000),
    resultFrame({
      objectClass: 9,
      objects: [{ handle: 7, attributes: [...waveContextHex(12, 64, 0x8000), waveHex(0x4bb4, [1, 0xc1c0, 3])] }],
    }),
    capnostreamNumerics({ etco2: 0x85, units: 2 }),
    datexUnit(126, 96, 0),
    waveFrame([wave(8, [1, 0x7e7d, -32_767]), wave(77, [1, 2])], 1),
    join(capnostreamId(), capnostreamNumerics({ fico2: 38, respRate: 1, spo2: 14, pulseRate: 97 })),
    join(capnostreamSample(255, 9600), capnostreamSample(0, 0x8085, 0x45)),
    join(nellcorHeadings, nellcorLine(1, '89*', 66, 'MO SL XY')),
    nellcorLine(3, 0, '---', 'PS', '---'),
    noninGroups(142, 96, 4),
    noninText(2, 96, 142, '* F'),
    hl7Message(hl7Values(96, 142)),
    hl7Message([...hl7Values(101, 0), 'OBX|3|SN|8480-6^^LN||=^120~130|kPa^^UCUM||H~QUES|||R|||20261123100000', 'PID|1||7']),
    ascii('\r\n\r\n'),
    ascii(' NA!2\r'),
    new Uint8Array(70),
    ...drivers.map(({ id }) => spokenBytes(id, goldenScenario(), 1200)),
  )
  .chain((piece) => fc.tuple(fc.nat(piece.length), fc.nat(piece.length)).map(([a, b]) => piece.subarray(Math.min(a, b), Math.max(a, b))));
const whole = fc.constantFrom(
  masimoLine(1, 91, 150),
  noninPacket(2, { heartRate: 142, spo2: 96 }),
  noninPacket(7, { heartRate: 72, spo2: 96 }),
  nellcorLine(5, 96, 72),
  noninGroups(72, 96),
);
const anyStream = fc
  .array(fc.oneof(fc.uint8Array({ maxLength: 300 }), meaningful, whole, fc.uint8Array({ maxLength: 6 })), { maxLength: 12 })
  .map((pieces) => join(...pieces));
const anyCuts = fc.array(fc.nat(3000), { maxLength: 30 });

function chunksOf(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return places.slice(1).map((place, index) => bytes.subarray(places[index], place));
}

describe.each(drivers.map(({ id }) => id))('any bytes to %s', (id) => {
  test('DRIVER-4 in any chunking: no throw, the same calls, every byte accounted for, a bounded buffer', () => {
    fc.assert(
      fc.property(anyStream, anyCuts, (bytes, cuts) => {
        const once = decodeWhole(findDriver(id).createDecoder(), bytes);
        const chunked = decodeChunks(findDriver(id).createDecoder(), chunksOf(bytes, cuts));
        expect(chunked.calls).toEqual(once.calls);
        expect(once.accountedBytes).toBe(bytes.length);
        expect(chunked.heldBytesMax).toBeLessThanOrEqual(heldMaxBytes(id));
      }),
      { seed: 20_261_123, numRuns },
    );
  });

  test('DRIVER-4 whatever comes out is a reading by the schema, and no number is outside what is possible', () => {
    fc.assert(
      fc.property(anyStream, (bytes) => {
        for (const reading of decodeWhole(findDriver(id).createDecoder(), bytes).readings) {
          expect(readingSchema.safeParse(reading).success).toBe(true);
          if (!isMeasured(reading) || !isMetricId(reading.metric)) continue;
          const [min, max] = metrics[reading.metric].possible;
          expect(reading.value >= min && reading.value <= max).toBe(true);
        }
      }),
      { seed: 5, numRuns },
    );
  });

  test('DRIVER-4 megabytes without a frame do not grow anything', () => {
    for (const fill of [0x00, 0x0a, 0x0d, 0x20, 0x31, 0x41, 0x80, 0xff]) {
      const chunk = new Uint8Array(65_536).fill(fill);
      const { accountedBytes, pushedBytes, heldBytesMax } = decodeChunks(findDriver(id).createDecoder(), [chunk, chunk, chunk, chunk]);
      expect(accountedBytes).toBe(pushedBytes);
      expect(heldBytesMax).toBeLessThanOrEqual(heldMaxBytes(id));
    }
  });
});
