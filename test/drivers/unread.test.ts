import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { drivers, findDriver } from '../../electron/service/drivers/driver-directory.ts';
import type { Decoder } from '../../electron/service/drivers/driver.ts';
import { UnmappedValues } from '../../electron/service/drivers/unmapped-values.ts';
import { UnreadCounts } from '../../electron/service/acquisition/unread-counts.ts';
import { goldenScenario } from '../../electron/service/simulation/golden-patient.ts';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import { capnostreamId } from './capnostream-bytes.ts';
import { displayed, recordFrame, workedFrames } from './datex-bytes.ts';
import { ascii, decodeWhole, type Decoded } from './decoded-stream.ts';
import { hl7Header, hl7Message } from './hl7-bytes.ts';
import { createEventFrame, resultFrame } from './intellivue-bytes.ts';
import { dinamapPressures } from './monitor-bytes.ts';
import { nellcorHeadings } from './oximeter-bytes.ts';

const fixture = (name: string): Uint8Array => readFileSync(new URL(`../fixtures/monitors/${name}`, import.meta.url));
/** What a decoder says of one more piece of its stream. */
function further(decoder: Decoder, bytes: Uint8Array): Decoded {
  return decodeWhole({ push: decoder.push, end: () => {} }, bytes);
}

describe('frames that give nothing', () => {
  test.each<[MonitorProtocolId, string, Uint8Array, string]>([
    ['nellcor-n560', 'its headings', nellcorHeadings, 'heading'],
    ['nonin-ascii', 'its heading', ascii('NONIN 8500 REV 27\r\n'), 'heading'],
    ['capnostream', 'an introduction', capnostreamId(), 'conversation'],
    ['intellivue', 'a create event', createEventFrame(8000, '2026112310000000', 0), 'conversation'],
    ['intellivue', 'a result without objects', resultFrame({ objectClass: 6, objects: [] }), 'no-values'],
    ['hl7-oru', 'a query', hl7Message([], hl7Header.replace('ORU^R01', 'QBP^Q22')), 'no-results'],
    ['hl7-oru', 'results without values', hl7Message(['PID|1']), 'no-values'],
  ])('DRIVER-7 %s: %s', (id, _what, bytes, reason) => {
    const told = decodeWhole(findDriver(id).createDecoder(), bytes);
    expect(told.frames).toBeGreaterThan(0);
    expect(told.readings).toEqual([]);
    expect(new Set(told.unread.map((one) => one.reason))).toEqual(new Set([reason]));
  });

  test('DRIVER-7 a determination that is stated again says so', () => {
    for (const [id, bytes] of [
      ['dinamap', dinamapPressures(128, 78, 95)],
      ['hl7-oru', hl7Message(['OBX|1|NM|8480-6^^LN||128|mm[Hg]|||||F', 'OBX|2|NM|8462-4^^LN||78|mm[Hg]|||||F'])],
    ] as const) {
      const decoder = findDriver(id).createDecoder();
      expect(further(decoder, bytes), id).toMatchObject({ unread: [] });
      expect(further(decoder, bytes), id).toMatchObject({ frames: 1, readings: [], unread: [{ reason: 'repeated' }] });
    }
  });

  test('DRIVER-7 a record of a kind that is not read says so', () => {
    const request = Uint8Array.from(workedFrames.request.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    const trend = recordFrame({ subrecords: [{ ...displayed([]), type: 2 }] });
    for (const frame of [request, trend]) {
      const told = decodeWhole(findDriver('datex-dri').createDecoder(), frame);
      expect(told).toMatchObject({ frames: 1, readings: [], unread: [{ reason: 'no-values' }] });
    }
    expect(decodeWhole(findDriver('datex-dri').createDecoder(), fixture('dri_example.bin'))).toMatchObject({ unread: [] });
  });

  test.each(drivers.filter(({ mode }) => mode === 'stream').map(({ id }) => id))(
    'DRIVER-7 %s: over a minute of its simulated monitor no message is without a reading, a wave or a reason',
    (id) => {
      const monitor = findDriver(id).createSimulator(goldenScenario());
      const decoder = findDriver(id).createDecoder();
      const { startMs } = goldenScenario();
      monitor.advance(startMs);
      let isFirst = true;
      for (let sinceMs = 1000; sinceMs <= 60_000; sinceMs += 1000) {
        const told = further(decoder, monitor.advance(startMs + sinceMs));
        const gave = told.readings.length + told.waves.length + told.unread.length;
        // What proves a value may come with the next second only.
        if (told.frames > 0 && !isFirst) expect(gave, `${id} at ${sinceMs}`).toBeGreaterThan(0);
        if (told.frames > 0) isFirst = false;
      }
      expect(isFirst).toBe(false);
    },
  );

  test('DRIVER-7 reasons are counted, with the place of the last', () => {
    const counts = new UnreadCounts();
    for (let index = 0; index < 3; index++) counts.add('malformed', `segment ${index}`);
    counts.add('no-values', undefined);
    expect(counts.list).toEqual([
      { reason: 'malformed', count: 3, place: 'segment 2' },
      { reason: 'no-values', count: 1, place: null },
    ]);
  });
});

describe('values that no tile shows', () => {
  test('DRIVER-8 they are news when they change, and the last one stays', () => {
    const values = new UnmappedValues();
    const of = (value: number, unit = '%') => ({ metric: 'x:hl7-oru:7', value, unit, quality: 'good' }) as const;
    expect([of(1), of(1), of(2), of(2, 'mm'), of(2, 'mm')].map((reading) => values.isNews(reading))).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
    expect(values.isNews({ metric: 'x:hl7-oru:7', absent: 'invalid' })).toBe(true);
    expect(values.isNews({ metric: 'x:hl7-oru:7', absent: 'invalid' })).toBe(false);
    expect(values.last).toEqual([{ metric: 'x:hl7-oru:7', absent: 'invalid' }]);
    for (const spo2 of [97, 97]) expect(values.isNews({ metric: 'spo2', value: spo2, unit: '%', quality: 'good' })).toBe(true);
    for (let code = 0; code < 1000; code++) values.isNews({ metric: `x:hl7-oru:c${code}`, absent: 'invalid' });
    expect(values.last.length).toBe(256);
  });
});
