import { describe, expect, test } from 'vitest';
import { createHl7OruDecoder } from '../../../electron/service/drivers/hl7-oru/decode.ts';
import { findDriver } from '../../../electron/service/drivers/driver-directory.ts';
import type { FrameVerdict } from '../../../electron/service/drivers/framing.ts';
import { createMllpScanner } from '../../../electron/service/drivers/hl7-oru/mllp.ts';
import { goldenScenario, goldenVitals } from '../../../electron/service/simulation/golden-patient.ts';
import { scenarioSchema } from '../../../electron/service/simulation/scenario.ts';
import { isMeasured, type Reading } from '../../../shared/clinical/reading.ts';
import { hl7Block, hl7Header, hl7Message, hl7Values } from '../hl7-bytes.ts';
import { ascii, brief, decodeChunks, decodeWhole, join, oneByteChunks, type Decoded } from '../decoded-stream.ts';

const decode = (...pieces: Uint8Array[]): Decoded => decodeWhole(createHl7OruDecoder(), join(...pieces));
const readingsOf = (...segments: string[]): readonly Reading[] => decode(hl7Message(segments)).readings;
const bytesOf = (...pieces: (number | string)[]): Uint8Array =>
  join(...pieces.map((piece) => (typeof piece === 'number' ? Uint8Array.of(piece) : ascii(piece))));
const briefsOf = (...segments: string[]): string[] => readingsOf(...segments).map(brief);

describe('blocks', () => {
  const whole = hl7Message(hl7Values(97, 72));

  test('HL7-1 a message in any pieces gives the same calls', () => {
    const bytes = join(whole, whole);
    const once = decode(bytes);
    expect(once).toMatchObject({ frames: 2, discarded: [] });
    expect(once.readings.map(brief)).toEqual(['spo2 97', 'pulse-rate 72', 'spo2 97', 'pulse-rate 72']);
    for (let at = 1; at < bytes.length; at++) {
      expect(decodeChunks(createHl7OruDecoder(), [bytes.subarray(0, at), bytes.subarray(at)]).calls).toEqual(once.calls);
    }
    expect(decodeChunks(createHl7OruDecoder(), oneByteChunks(bytes)).calls).toEqual(once.calls);
  });

  test.each([
    ['cut by the next block', whole.subarray(0, 60), 'truncated'],
    ['whose segment has no name', hl7Message(['obx|1|NM|150456^^MDC||97|%|||||F']), 'malformed'],
    ['whose segment runs into its first field', hl7Message(['OBXX1|NM|150456^^MDC||97|%|||||F']), 'malformed'],
    ['without a separator', hl7Block('MSHA^~\\&A\r'), 'malformed'],
    ['that is no HL7', hl7Block('hello'), 'noise'],
  ])('HL7-2 a block %s is discarded with its reason, and only that', (_what, block, reason) => {
    const told = decode(whole, block, whole);
    expect(told.frames).toBe(2);
    expect(new Set(told.discarded.map((one) => one.reason))).toEqual(new Set([reason]));
    expect(told.discarded.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(block.length);
    expect(told.accountedBytes).toBe(told.pushedBytes);
    expect(told.readings.length).toBe(4);
  });

  test('HL7-2 a fault of form is named by its segment and byte', () => {
    const told = decode(hl7Block('MSH|^~\\&|A\rOBX|1\robx|2\r'));
    expect(told.unread).toEqual([{ reason: 'malformed', place: 'segment 3, byte 18: no name of a segment' }]);
  });

  test('HL7-2 a message of waves is read, and one longer than any message of a monitor is given up, and the next one read', () => {
    const wave = `OBX|3|NA|131330^^MDC||${Array(20_000).fill('1234').join('^')}||||||F`;
    const waves = decode(hl7Message([...hl7Values(97, 72), wave]));
    expect(waves).toMatchObject({ frames: 1, discarded: [], unread: [{ reason: 'not-a-number' }] });
    expect(waves.readings.map(brief)).toEqual(['spo2 97', 'pulse-rate 72']);
    const endless = hl7Block(`${hl7Header}\rNTE|1||${'x'.repeat(300_000)}\r`);
    const told = decode(endless, whole);
    expect(told.frames).toBe(1);
    expect(told.discarded.reduce((sum, { bytes }) => sum + bytes, 0)).toBeGreaterThan(300_000);
    expect(told.discarded.some(({ reason }) => reason === 'too-long')).toBe(true);
    expect(told.accountedBytes).toBe(told.pushedBytes);
  });

  test.each([
    ['without the CR behind the end', (text: string) => bytesOf(0x0b, `${text}\r`, 0x1c)],
    ['without the last CR of its segments', (text: string) => bytesOf(0x0b, text, 0x1c, 0x0d)],
    ['without either, before the next block', (text: string) => join(bytesOf(0x0b, text, 0x1c), whole)],
    ['with line ends behind the end', (text: string) => bytesOf(0x0b, `${text}\r`, 0x1c, '\r\n')],
    ['with a byte order mark', (text: string) => bytesOf(0x0b, '\xef\xbb\xbf', `${text}\r`, 0x1c, 0x0d)],
    ['in a batch', (text: string) => bytesOf(0x0b, `FHS|^~\\&|A\rBHS|^~\\&|A\r${text}\rBTS|1\rFTS|1\r`, 0x1c, 0x0d)],
    ['with empty segments', (text: string) => bytesOf(0x0b, `${text.replaceAll('\r', '\r\r\n\r')}\r\r`, 0x1c, 0x0d)],
  ])('HL7-17 a message %s is read', (_what, blockOf) => {
    const told = decode(blockOf([hl7Header, ...hl7Values(97, 72)].join('\r')));
    expect(told.discarded).toEqual([]);
    expect(told.readings.slice(0, 2).map(brief)).toEqual(['spo2 97', 'pulse-rate 72']);
    expect(told.accountedBytes).toBe(told.pushedBytes);
  });

  test('HL7-17 a message whose CR behind the end never comes is read at once, not with the next one', () => {
    const block = hl7Message(hl7Values(97, 72));
    const readings: string[] = [];
    const sink = { frame: () => {}, wave: () => {}, discarded: () => {}, reading: (one: Reading) => void readings.push(brief(one)) };
    createHl7OruDecoder().push(block.subarray(0, block.length - 1), sink);
    expect(readings).toEqual(['spo2 97', 'pulse-rate 72']);
  });

  test('HL7-17 of a batch each message counts', () => {
    const one = [hl7Header, ...hl7Values(97, 72)].join('\r');
    const other = [hl7Header, ...hl7Values(96, 70)].join('\r');
    expect(decode(hl7Block(`BHS|^~\\&|A\r${one}\r${other}\rBTS|2\r`)).readings.map(brief)).toEqual([
      'spo2 97',
      'pulse-rate 72',
      'spo2 96',
      'pulse-rate 70',
    ]);
  });

  test('HL7-18 segments end in CR, LF or CR LF, and a line feed inside a text is part of it', () => {
    const segments = [hl7Header, ...hl7Values(97, 72)];
    for (const end of ['\r', '\n', '\r\n']) {
      const told = decode(hl7Block(segments.map((segment) => segment + end).join('')));
      expect(told, JSON.stringify(end)).toMatchObject({ frames: 1, discarded: [], unread: [] });
      expect(told.readings.map(brief), JSON.stringify(end)).toEqual(['spo2 97', 'pulse-rate 72']);
    }
    const inText = decode(hl7Message(['NTE|1||first\nOBX|1|NM|150456^^MDC||12|%|||||F', ...hl7Values(97, 72)]));
    expect(inText.readings.map(brief)).toEqual(['spo2 97', 'pulse-rate 72']);
  });

  test('HL7-19 no byte of any character set loses a message, and a unit is read in the set that MSH-18 names', () => {
    const temp = (unit: string): string => `OBX|1|NM|150344^^MDC||36.8|${unit}|||||F`;
    const header = (charset: string): string => `${hl7Header}||||||${charset}`;
    const told = (segment: string, charset: string): string[] => decode(hl7Message([segment], header(charset))).readings.map(brief);
    expect(told(temp('\xb0C'), '')).toEqual(['temp 36.8']);
    expect(told(temp('\xb0C'), '8859/1')).toEqual(['temp 36.8']);
    expect(told(temp('\xc2\xb0C'), 'UNICODE UTF-8')).toEqual(['temp 36.8']);
    // In the wrong set a unit is none that goes with the metric, and the value is kept under its code.
    expect(told(temp('\xc2\xb0C'), '')).toEqual(['x:hl7-oru:150344 36.8']);
    const low = 'OBX|1|NM|150456^^MDC||85|%||L^SpO\xe2\x82\x82 low\x07\x00|||F';
    for (const charset of ['', 'UNICODE UTF-8', 'ISO IR87']) {
      expect(told(low, charset), charset).toEqual(['spo2 85']);
      expect(told(`${low}\rNTE|1||\xff\x01\x7f`, charset), charset).toEqual(['spo2 85']);
    }
    expect(told('OBX|1|NM|150456^^MDC||9\xb7|%|||||F', '')).toEqual(['spo2 invalid']);
  });

  test('HL7-2 a long message in single bytes is not searched from its beginning at every byte', () => {
    const long = hl7Block(`${hl7Header}\rNTE|1||${'x'.repeat(16_000)}\r${hl7Values(97, 72).join('\r')}\r`);
    let looks = 0;
    const watched = new Proxy(long, {
      get: (bytes, key) => {
        looks += 1;
        return Reflect.get(bytes, key, bytes) as unknown;
      },
    });
    const scanner = createMllpScanner({ isMessage: () => true });
    const verdict: FrameVerdict = { kind: 'wait', bytes: 0, frames: 0, reason: 'noise' };
    const looksMax = 20 * long.length;
    for (let end = 1; end <= long.length && verdict.kind === 'wait' && looks < looksMax; end += 1) {
      scanner.scan(watched, 0, end, false, verdict);
    }
    // The line end behind it is told by itself. Searched anew at every byte these are a hundred million looks.
    expect(verdict).toMatchObject({ kind: 'frame', bytes: long.length - 1 });
    expect(looks).toBeLessThan(looksMax);
  });

  test('HL7-3 line feeds after segments, other separators and a header of four characters are read', () => {
    const text = [hl7Header, ...hl7Values(97, 72)].join('\r\n');
    expect(decode(hl7Block(`${text}\r\n`)).readings.map(brief)).toEqual(['spo2 97', 'pulse-rate 72']);
    const other = text.replaceAll('^', '$').replaceAll('|', '#').replaceAll('\r\n', '\r');
    const told = decode(hl7Block(other), hl7Message(hl7Values(96, 70)));
    expect(told.readings.map(brief)).toEqual(['spo2 97', 'pulse-rate 72', 'spo2 96', 'pulse-rate 70']);
  });
});

describe('values', () => {
  test('HL7-4 MDC codes, their names and LOINC codes name the metrics, also as the second code of a field', () => {
    expect(
      readingsOf(
        'OBX|1|NM|147842^MDC_ECG_HEART_RATE^MDC|1.1|71|264864^MDC_DIM_BEAT_PER_MIN^MDC|||||F',
        'OBX|2|NM|MDC_PULS_OXIM_SAT_O2||97|%^^UCUM|||||R',
        'OBX|3|NM|8889-8^Pulse^LN||72|bpm|||||F',
        'OBX|4|NM|HAUS17^Atmung^99HAUS^9279-1^Resp rate^LN||14||||||F',
        'OBX|5|NM|8310-5^Temp^LOINC||36.8|Cel|||||F',
        'OBX|6|NM|19891-1^EtCO2^LN||5.1|kPa|||||F',
      ),
    ).toEqual([
      { metric: 'heart-rate', value: 71, unit: '/min', quality: 'good' },
      { metric: 'spo2', value: 97, unit: '%', quality: 'good' },
      { metric: 'pulse-rate', value: 72, unit: '/min', quality: 'good' },
      { metric: 'resp-rate', value: 14, unit: '/min', quality: 'good' },
      { metric: 'temp', value: 36.8, unit: 'Cel', quality: 'good' },
      { metric: 'etco2', value: 38.3, unit: 'mm[Hg]', quality: 'good' },
    ]);
    expect(readingsOf('OBX|1|NM|8310-5^Temp^LN||98.6|[degF]|||||F')).toMatchObject([{ metric: 'temp', value: 37, unit: 'Cel' }]);
  });

  test('HL7-5 unknown codes, a known code of another system, and a known quantity in a strange or missing unit are kept as they come', () => {
    expect(
      readingsOf(
        'OBX|1|NM|69984^X_SIGNAL^MDC||90|262688^MDC_DIM_PERCENT^MDC|||||F',
        'OBX|2|NM|150456^Something^99OTHER||3|furlong|||||F',
        'OBX|3|NM|19891-1^EtCO2^LN||5.0|%|||||F',
        'OBX|4|NM|8480-6^Sys^LN||120||||||F',
        'OBX|5|NM|A B\\S\\C^Odd^L||1|{odd}\\T\\unit|||||F',
        'OBX|6|NM|||1|1|||||F',
      ),
    ).toEqual([
      { metric: 'x:hl7-oru:69984', value: 90, unit: '%', quality: 'good' },
      { metric: 'x:hl7-oru:150456', value: 3, unit: 'furlong', quality: 'good' },
      { metric: 'x:hl7-oru:19891-1', value: 5, unit: '%', quality: 'good' },
      { metric: 'x:hl7-oru:8480-6', value: 120, unit: '1', quality: 'good' },
      { metric: 'x:hl7-oru:A-B^C', value: 1, unit: '{odd}&unit', quality: 'good' },
      { metric: 'x:hl7-oru:unnamed', value: 1, unit: '1', quality: 'good' },
    ]);
  });

  test('HL7-6 a status that is empty is final, a preliminary one questionable, and of others the value is told as not read', () => {
    const line = (status: string): string => `OBX|1|NM|150456^^MDC||97|%|||||${status}`;
    for (const status of ['C', 'D', 'W', 'I', 'S', 'U', 'O', 'N', 'FF', 'f']) {
      expect(decode(hl7Message([line(status)])), status).toMatchObject({ readings: [], unread: [{ reason: 'not-final' }] });
    }
    expect([briefsOf(line('')), briefsOf(line('F')), briefsOf(line('R'))]).toEqual([['spo2 97'], ['spo2 97'], ['spo2 97']]);
    expect(briefsOf(line('X'))).toEqual(['spo2 unavailable']);
    expect(readingsOf(line('P'))).toEqual([{ metric: 'spo2', value: 97, unit: '%', quality: 'questionable', flags: ['preliminary'] }]);
  });

  test.each([
    ['NM', '', 'spo2 unavailable'],
    ['NM', '""', 'spo2 unavailable'],
    ['NM', ' 97 ', 'spo2 97'],
    ['NM', '+97.0', 'spo2 97'],
    ['NM', '97.25', 'spo2 97.25'],
    ['NM', '.97', 'spo2 out-of-range'],
    ['NM', '-1', 'spo2 out-of-range'],
    ['NM', '9.7E1', 'spo2 invalid'],
    ['NM', '--', 'spo2 invalid'],
    ['NM', '9.7.1', 'spo2 invalid'],
    ['NM', '12345678901234567890', 'spo2 invalid'],
    ['SN', '^97', 'spo2 97'],
    ['SN', '=^97', 'spo2 97'],
    ['SN', '>^97', 'spo2 invalid'],
    ['SN', '^95^-^98', 'spo2 95'],
    ['ST', '97', 'spo2 97'],
  ])('HL7-7 a value of type %s stated as "%s" is %s', (type, value, expected) => {
    expect(briefsOf(`OBX|1|${type}|150456^^MDC||${value}|%|||||F`)).toEqual([expected]);
  });

  test('HL7-7 texts, lists, dates and drawings are no measurements', () => {
    for (const [type, value] of [
      ['ST', 'see note'],
      ['ST', ''],
      ['TX', '97'],
      ['NA', '1^2^3'],
      ['CWE', 'A^B^C'],
      ['', '97'],
    ] as const) {
      const told = decode(hl7Message([`OBX|1|${type}|150456^^MDC||${value}|%|||||F`]));
      expect(told, type).toMatchObject({ frames: 1, readings: [], unread: [{ reason: 'not-a-number' }] });
    }
    expect(readingsOf('OBX|1|NM|150456^^MDC||97~98|%|||||F')).toEqual([
      { metric: 'spo2', value: 97, unit: '%', quality: 'questionable', flags: ['repeated-value'] },
    ]);
  });

  test('HL7-8 OBX-8 gives the reason, the quality and the flags', () => {
    const told = (flags: string): Reading | undefined => readingsOf(`OBX|1|NM|150456^^MDC||97|%||${flags}|||F`)[0];
    expect(told('N')).toEqual({ metric: 'spo2', value: 97, unit: '%', quality: 'good' });
    expect(told('LL')).toEqual({ metric: 'spo2', value: 97, unit: '%', quality: 'good', flags: ['low-limit'] });
    expect(told('QUES~H')).toEqual({
      metric: 'spo2',
      value: 97,
      unit: '%',
      quality: 'questionable',
      flags: ['questionable', 'high-limit'],
    });
    expect(told('DEMO')).toEqual({ metric: 'spo2', value: 97, unit: '%', quality: 'questionable', flags: ['demo-data'] });
    expect(told('INV')).toEqual({ metric: 'spo2', absent: 'invalid' });
    expect(told('NAV^not available^0078')).toEqual({ metric: 'spo2', absent: 'unavailable' });
    expect(told('zz\\F\\')?.flags).toEqual(['zz\\f\\']);
    expect(told(Array(40).fill('H~L~XQ').join('~'))?.flags?.length).toBeLessThanOrEqual(16);
  });

  test('HL7-8 a message sent for training or tests has no good value, and says so', () => {
    for (const id of ['T', 'D']) {
      const header = hl7Header.replace('|P|', `|${id}|`);
      expect(decode(hl7Message(hl7Values(97, 72), header)).readings).toMatchObject([
        { quality: 'questionable', flags: ['test-data'] },
        { quality: 'questionable', flags: ['test-data'] },
      ]);
    }
  });

  test('HL7-9 the time is the one of the value, else of its group, without zone, and left out where it is no moment', () => {
    const line = (time: string): string => `OBX|1|NM|150456^^MDC||97|%|||||F|||${time}`;
    const timeOf = (...segments: string[]): string | undefined => readingsOf(...segments)[0]?.deviceTime;
    expect(timeOf(line('20261123100507.123+0100'))).toBe('2026-11-23T10:05:07');
    expect(timeOf(line('202611231005'))).toBe('2026-11-23T10:05:00');
    expect(timeOf('OBR|1||||||20991231235959', line(''))).toBe('2099-12-31T23:59:59');
    expect(timeOf('OBR|1||||||20261123100500', line('20261123100507'))).toBe('2026-11-23T10:05:07');
    for (const time of ['20261323100507', '20261123', '20261123250000', 'yesterday']) expect(timeOf(line(time))).toBeUndefined();
  });

  test('HL7-10 of two sources of one metric in a group the first speaks; the other goes under its own code', () => {
    expect(
      briefsOf(
        'OBX|1|NM|151562^^MDC||14||||||F',
        'OBX|2|NM|152490^^MDC||18||||||F',
        'OBR|2',
        'OBX|1|NM|152490^^MDC||17||||||F',
        'OBX|2|NM|151562^^MDC||||||||F',
      ),
    ).toEqual(['resp-rate 14', 'x:hl7-oru:152490 18', 'resp-rate 17', 'x:hl7-oru:151562 unavailable']);
  });

  test('HL7-11 a determination of the cuff that is repeated with every message is told once', () => {
    const cuff = (sys: number, time: string): Uint8Array =>
      hl7Message([
        'OBR|1||||||20261123100500',
        `OBX|1|NM|8480-6^^LN||${sys}|mm[Hg]|||||F|||${time}`,
        `OBX|2|NM|8462-4^^LN||78|mm[Hg]|||||F|||${time}`,
        ...hl7Values(97, 72),
      ]);
    const cuffs = (...pieces: Uint8Array[]): string[] =>
      decode(...pieces)
        .readings.filter(({ metric }) => metric.startsWith('nibp'))
        .map(brief);
    const once = ['nibp-sys 128', 'nibp-dia 78'];
    expect(cuffs(cuff(128, '20261123100000'), cuff(128, '20261123100000'))).toEqual(once);
    expect(cuffs(cuff(128, '20261123100000'), cuff(128, '20261123100500'))).toEqual([...once, ...once]);
    expect(cuffs(cuff(128, ''), cuff(128, ''), cuff(130, ''))).toEqual([...once, 'nibp-sys 130', 'nibp-dia 78']);
  });

  test('HL7-12 nothing of the patient is kept, and notes and messages of other kinds say nothing', () => {
    const patient = [
      'PID|1||4711^^^CLINIC^MR||NOBODY^Anna\xe9||19700101|F',
      'PV1|1|O|ROOM^^NOBODY',
      'NTE|1||OBX|1|NM|150456^^MDC||12|%|||||F',
    ];
    const told = decode(hl7Message([...patient, ...hl7Values(97, 72)]));
    expect(told).toMatchObject({ frames: 1, discarded: [] });
    expect(told.readings.map(brief)).toEqual(['spo2 97', 'pulse-rate 72']);
    expect(JSON.stringify(told.calls)).not.toMatch(/NOBODY|4711|1970/);
    for (const kind of ['ADT^A01', 'ACK^R01', 'ORU^R40', 'ORM^O01', '']) {
      const other = hl7Header.replace('ORU^R01', kind);
      expect(decode(hl7Message(hl7Values(97, 72), other)), kind).toMatchObject({
        frames: 1,
        readings: [],
        discarded: [],
        unread: [{ reason: 'no-results' }],
      });
    }
    expect(decode(hl7Message(['PID|1']))).toMatchObject({ frames: 1, readings: [], unread: [{ reason: 'no-values' }] });
  });
});

describe('the simulated gateway', () => {
  function heard(forMs: number, scenario = goldenScenario()): Decoded {
    const monitor = findDriver('hl7-oru').createSimulator(scenario);
    const chunks: Uint8Array[] = [];
    for (let sinceMs = 0; sinceMs <= forMs; sinceMs += 1000) chunks.push(monitor.advance(scenario.startMs + sinceMs));
    return decodeChunks(createHl7OruDecoder(), chunks);
  }

  test('HL7-14 gives the golden pressures once each, unknown codes with their unit, and says when the sensor is off', () => {
    const { readings, discarded } = heard(42 * 60_000);
    expect(discarded).toEqual([]);
    const sys = readings.filter(({ metric }) => metric === 'nibp-sys').map((reading) => (isMeasured(reading) ? reading.value : null));
    expect(sys).toEqual(goldenVitals.filter(({ atMs }) => atMs <= 27 * 60_000).map((row) => row.sys));
    expect(readings.find(({ metric }) => metric === 'x:hl7-oru:69984')).toMatchObject({ value: 90, unit: '%' });
    const off = heard(10_000, scenarioSchema.parse({ faults: [{ atMs: 0, untilMs: 20_000, kind: 'sensor-off' }] }));
    expect(new Set(off.readings.filter(({ metric }) => metric === 'spo2').map(brief))).toEqual(new Set(['spo2 invalid']));
  });
});
