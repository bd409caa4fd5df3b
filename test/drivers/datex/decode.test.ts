import { describe, expect, test } from 'vitest';
import { createDatexDecoder } from '../../../electron/service/drivers/datex-dri/decode.ts';
import { isMeasured, readingSchema, type Reading } from '../../../shared/clinical/reading.ts';
import { brief, decodeWhole, join } from '../decoded-stream.ts';
import { displayed, group, noData, recordFrame, startTime, valuesFrame, word, type TestGroup } from '../datex-bytes.ts';

const read = (...frames: Uint8Array[]): readonly Reading[] => decodeWhole(createDatexDecoder(), join(...frames)).readings;
const briefs = (...groups: TestGroup[]): string[] => read(valuesFrame(groups)).map(brief);
const of = (readings: readonly Reading[], metric: string): string[] => readings.filter((reading) => reading.metric === metric).map(brief);

const spo2 = (value: number, status = 3): TestGroup => ({ at: group.spo2, status, values: [value, 72, noData, noData] });
const co2 = (values: readonly number[], status = 3): TestGroup => ({ at: group.co2, status, values });
const ecg = (rate: number, status = 3, impedance = noData): TestGroup => ({
  at: group.ecg,
  status,
  values: [rate, noData, noData, noData, impedance],
});

describe('absence', () => {
  test.each([
    [-32_767, 'unavailable'],
    [-32_766, 'unavailable'],
    [-32_765, 'invalid'],
    [-32_764, 'out-of-range'],
    [-32_763, 'out-of-range'],
    [-32_762, 'invalid'],
    [-32_001, 'invalid'],
    [-32_768, 'invalid'],
  ])('DATEX-2 %i is %s', (raw, absent) => {
    expect(briefs(spo2(raw))[0]).toBe(`spo2 ${absent}`);
    expect(briefs({ at: group.t1, values: [raw] })).toEqual([`temp ${absent}`]);
  });

  test('DATEX-2 the largest reason and the smallest number lie side by side', () => {
    expect(briefs({ at: group.p1, values: [-32_000, -32_001, noData, noData] })).toEqual(['x:datex-dri:p1.sys -320']);
  });

  test('DATEX-2 every pair of a concentration and an ambient pressure: never the product of an absent one', () => {
    const reasons = [-32_768, -32_767, -32_766, -32_765, -32_764, -32_763, -32_762, -32_001];
    for (const et of [...reasons, 500]) {
      for (const pressure of [...reasons, 0, -5, 7600]) {
        const readings = read(valuesFrame([co2([et, noData, noData, pressure])]));
        const told = of(readings, 'etco2');
        if (et === 500 && pressure === 7600) expect(told).toEqual(['etco2 38']);
        else expect(told.join(), `${et} ${pressure}`).toMatch(/^etco2 (unavailable|invalid|out-of-range)$/);
        // What was stated is kept all the same.
        expect(of(readings, 'x:datex-dri:co2.et')).toEqual(et === 500 ? ['x:datex-dri:co2.et 5'] : []);
      }
    }
  });

  test('DATEX-2 a number that is impossible is out of range, whatever the monitor claims', () => {
    expect(briefs(spo2(12_000))[0]).toBe('spo2 out-of-range');
    expect(briefs(spo2(0))[0]).toBe('spo2 out-of-range');
  });
});

describe('presence', () => {
  test('DATEX-3 a group that is not there gives nothing, not even where numbers stand', () => {
    expect(
      briefs(spo2(9700, 0), co2([500, 5, 14, 7600], 0), ecg(72, 0), { at: group.nibp, status: 0, values: [12_000, 8000, 9000, 70] }),
    ).toEqual([]);
    expect(briefs(spo2(9700, 2))).toEqual([]);
  });

  test('DATEX-3 one that does not measure gives no number', () => {
    expect(briefs(spo2(9700, 1))).toEqual(['spo2 unavailable', 'pulse-rate unavailable']);
    expect(briefs(co2([500, 5, 14, 7600], 1))).toEqual(['etco2 unavailable', 'fico2 unavailable', 'resp-rate unavailable']);
    expect(briefs({ at: group.nibp, status: 1, values: [12_000, 8000, 9000, 70] })).toEqual([
      'nibp-sys unavailable',
      'nibp-dia unavailable',
      'nibp-mean unavailable',
    ]);
  });

  test('DATEX-3 a module that is taken out is told once as absent, and then no more', () => {
    const readings = read(valuesFrame([spo2(9700)]), valuesFrame([]), valuesFrame([]));
    expect(readings.map(brief)).toEqual(['spo2 97', 'pulse-rate 72', 'spo2 unavailable', 'pulse-rate unavailable']);
  });

  test('DATEX-4 the class is in the last word: the same bytes as another class are no basic values', () => {
    const frame = (blockClass: number): Uint8Array => recordFrame({ subrecords: [displayed([spo2(9700)], { blockClass })] });
    expect(of(read(frame(0)), 'spo2')).toEqual(['spo2 97']);
    for (const blockClass of [1, 2, 3, 4, 15]) expect(of(read(frame(blockClass)), 'spo2')).toEqual([]);
  });

  test('DATEX-4 classes in any order; one that was not sent gives nothing, and never 0', () => {
    const basic = displayed([spo2(9700)]);
    const arrhythmia = displayed([{ at: 0, values: [72, noData, 3] }], { blockClass: 1, headers: [0, 48] });
    const told = ['x:datex-dri:arrh.hr 72', 'x:datex-dri:arrh.pvc 3'];
    expect(read(recordFrame({ subrecords: [arrhythmia, basic] })).map(brief)).toEqual([...told, 'spo2 97', 'pulse-rate 72']);
    expect(read(recordFrame({ subrecords: [basic, arrhythmia] })).map(brief)).toEqual(['spo2 97', 'pulse-rate 72', ...told]);
    expect(read(recordFrame({ subrecords: [basic] })).some((reading) => reading.metric.includes('st-'))).toBe(false);
    expect(read(recordFrame({ subrecords: [] }))).toEqual([]);
  });

  test('DATEX-4 trends, requests and subrecords of unknown kinds are not taken for present values', () => {
    for (const type of [0, 2, 3, 4, 9, 200]) {
      expect(read(recordFrame({ subrecords: [{ ...displayed([spo2(9700)]), type }] })), String(type)).toEqual([]);
    }
  });
});

describe('units and names', () => {
  test('DATEX-5 values of the basic class in their units', () => {
    const readings = read(
      valuesFrame([
        { at: group.p1, values: [12_050, 8000, 9333, 71] },
        { at: group.t2, values: [3712] },
        { at: group.spo2, values: [9650, 126, 123, 7011] },
        { at: group.aa, values: [150, 160, 95] },
        { at: 178, values: [14, 1800, 500, 1600, 5021, 4987, 4550, 701] },
      ]),
    );
    expect(readings.map((reading) => (isMeasured(reading) ? `${brief(reading)} ${reading.unit}` : brief(reading)))).toEqual([
      'x:datex-dri:p1.sys 120.5 mm[Hg]',
      'x:datex-dri:p1.dia 80 mm[Hg]',
      'x:datex-dri:p1.mean 93.33 mm[Hg]',
      'x:datex-dri:p1.hr 71 /min',
      'x:datex-dri:t2.temp 37.12 Cel',
      'spo2 96.5 %',
      'pulse-rate 126 /min',
      'x:datex-dri:spo2.ir-amp 1.23 %',
      'x:datex-dri:spo2.so2 70.11 %',
      'x:datex-dri:aa.et 1.5 %',
      'x:datex-dri:aa.fi 1.6 %',
      'x:datex-dri:aa.mac-sum 0.95 1',
      'x:datex-dri:flow.rr 14 /min',
      'x:datex-dri:flow.ppeak 18 cm[H2O]',
      'x:datex-dri:flow.peep 5 cm[H2O]',
      'x:datex-dri:flow.pplat 16 cm[H2O]',
      'x:datex-dri:flow.tv-insp 502.1 mL',
      'x:datex-dri:flow.tv-exp 498.7 mL',
      'x:datex-dri:flow.compliance 45.5 mL/cm[H2O]',
      'x:datex-dri:flow.mv-exp 7.01 L/min',
    ]);
    for (const reading of readings) expect(readingSchema.safeParse(reading).success).toBe(true);
  });

  test('DATEX-5 a value without an id of ours is told as absent once, when it ends', () => {
    const pressure = (value: number): Uint8Array => valuesFrame([{ at: group.p1, values: [value, noData, noData, noData] }]);
    expect(read(pressure(12_000), pressure(noData), pressure(noData), pressure(11_000)).map(brief)).toEqual([
      'x:datex-dri:p1.sys 120',
      'x:datex-dri:p1.sys unavailable',
      'x:datex-dri:p1.sys 110',
    ]);
  });

  test('DATEX-5 the temperature of the room or the airway is not the patient’s', () => {
    const told = (label: number): string[] => briefs({ at: group.t1, label, values: [2210] });
    expect(told(9)).toEqual(['x:datex-dri:t1.temp 22.1']);
    expect(told(8)).toEqual(['x:datex-dri:t1.temp 22.1']);
    expect(told(4)).toEqual(['temp 22.1']);
  });

  test('DATEX-5 the device time is the values’ own, and none where the monitor states none', () => {
    const at = (time: number): unknown => read(valuesFrame([spo2(9700)], { time }))[0]?.deviceTime;
    expect(at(startTime + 86_400)).toBe('2023-11-15T22:13:20');
    expect(at(0)).toBeUndefined();
    expect(at(0xffff_ffff)).toBe('2106-02-07T06:28:15');
  });
});

describe('rates', () => {
  const source = (number: number): number => 3 | (number << 3);
  const withExtra = (rate: number, status: number, own: number): string[] =>
    read(recordFrame({ subrecords: [displayed([ecg(rate, status)], { extra: [own, noData, noData] })] })).map(brief);

  test('DATEX-6 a rate from the oximeter or a pressure line is kept, and the ECG’s own is the heart rate', () => {
    expect(withExtra(72, source(1), 71)).toEqual(['heart-rate 72', 'x:datex-dri:ecg.hr-ecg 71', 'resp-rate unavailable']);
    expect(withExtra(72, source(9), 71)).toEqual(['heart-rate 72', 'x:datex-dri:ecg.hr-ecg 71', 'resp-rate unavailable']);
    for (const number of [2, 5, 6, 7, 8, 10, 11, 12, 13, 15]) {
      expect(withExtra(72, source(number), 71)).toEqual(['x:datex-dri:ecg.hr 72', 'heart-rate 71', 'resp-rate unavailable']);
      expect(withExtra(72, source(number), noData)).toEqual(['x:datex-dri:ecg.hr 72', 'heart-rate unavailable', 'resp-rate unavailable']);
    }
    const flagsOf = (number: number): unknown => read(valuesFrame([ecg(72, source(number))]))[0]?.flags;
    expect(flagsOf(6)).toEqual(['from-oximeter']);
    expect(flagsOf(12)).toEqual(['from-second-oximeter']);
    for (const number of [2, 3, 4, 5, 7, 8, 10, 11]) expect(flagsOf(number), String(number)).toEqual(['from-pressure']);
    for (const number of [13, 14, 15]) expect(flagsOf(number), String(number)).toEqual(['from-unknown']);
  });

  test('DATEX-6 noise, an artifact and learning make the rate questionable, and say why', () => {
    expect(read(valuesFrame([ecg(72, 0x183)]))[0]).toMatchObject({ value: 72, quality: 'questionable', flags: ['noise', 'artifact'] });
    expect(read(valuesFrame([ecg(0, 0x07)]))[0]).toMatchObject({ value: 0, quality: 'good', flags: ['asystole'] });
  });

  test('DATEX-7 the airway’s rate, else the chest’s, never both as one metric', () => {
    const told = (airway: number, chest: number, status = 3): string[] =>
      read(valuesFrame([ecg(72, 3, chest), co2([500, 5, airway, 7600], status)]))
        .filter(({ metric }) => metric === 'resp-rate' || metric.endsWith('imp-rr'))
        .map(brief);
    expect(told(14, 16)).toEqual(['resp-rate 14', 'x:datex-dri:ecg.imp-rr 16']);
    expect(told(14, noData)).toEqual(['resp-rate 14']);
    expect(told(noData, 16)).toEqual(['resp-rate 16']);
    expect(told(noData, noData)).toEqual(['resp-rate unavailable']);
    expect(told(noData, noData, 7)).toEqual(['resp-rate no-breath']);
    expect(told(14, noData, 0x23)).toEqual(['resp-rate occlusion']);
  });

  test('DATEX-7 the other source’s rate is told as absent when it becomes the only one', () => {
    const frame = (airway: number): Uint8Array => valuesFrame([ecg(72, 3, 16), co2([500, 5, airway, 7600])]);
    const told = read(frame(14), frame(noData)).filter(({ metric }) => metric.endsWith('imp-rr') || metric === 'resp-rate');
    expect(told.map(brief)).toEqual(['resp-rate 14', 'x:datex-dri:ecg.imp-rr 16', 'resp-rate 16', 'x:datex-dri:ecg.imp-rr not-sent']);
  });

  test('DATEX-2 what the CO₂ module says of itself: occluded and calibrating give no number, no breath and a leak a doubtful one', () => {
    const told = (status: number): Reading | undefined =>
      read(valuesFrame([co2([500, 5, 14, 7600], status)])).find(({ metric }) => metric === 'etco2');
    expect(told(0x23)).toMatchObject({ absent: 'occlusion' });
    expect(told(0x0b)).toMatchObject({ absent: 'unavailable' });
    expect(told(0x13)).toMatchObject({ absent: 'unavailable' });
    expect(told(0x07)).toMatchObject({ value: 38, quality: 'questionable', flags: ['no-breath'] });
    expect(told(0x43)).toMatchObject({ value: 38, quality: 'questionable', flags: ['air-leak'] });
  });

  test('DATEX-18 with the apnea alarm switched off the values are good and say so once, whatever the bits of no breath', () => {
    for (const status of [0x103, 0x107, 0x183, 0x187]) {
      const told = read(valuesFrame([co2([500, 5, 14, 7600], status)])).filter(({ metric }) => /^(etco2|fico2|resp-rate)$/.test(metric));
      expect(told.length, status.toString(16)).toBe(3);
      for (const reading of told) expect(reading).toMatchObject({ quality: 'good', flags: ['apnea-alarm-off'] });
    }
    const without = read(valuesFrame([co2([noData, noData, noData, 7600], 0x107)])).map(brief);
    expect(without).toEqual(expect.arrayContaining(['etco2 unavailable', 'resp-rate unavailable']));
    expect(read(valuesFrame([co2([500, 5, 14, 7600], 0x147)]))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ metric: 'etco2', quality: 'questionable', flags: ['air-leak', 'apnea-alarm-off'] }),
      ]),
    );
  });
});

describe('the cuff', () => {
  const older = 0x100;
  const running = 0x20;
  const cuff = (sys: number, label = 0, status = 3): Uint8Array => {
    const raw = sys === noData ? [noData, noData, noData, noData] : [sys * 100, 7800, 9500, 70];
    return valuesFrame([{ at: group.nibp, status, label, values: raw }]);
  };
  const told = (...frames: Uint8Array[]): string[] => of(read(...frames), 'nibp-sys');

  test('DATEX-8 a determination is told once, with its pulse', () => {
    expect(read(cuff(128), cuff(128), cuff(128, older)).map(brief)).toEqual([
      'nibp-sys 128',
      'nibp-dia 78',
      'nibp-mean 95',
      'x:datex-dri:nibp.hr 70',
    ]);
    expect(told(cuff(128), cuff(129), cuff(128))).toEqual(['nibp-sys 128', 'nibp-sys 129', 'nibp-sys 128']);
  });

  test('DATEX-8 the same numbers anew are told where the reading turned young again or the cuff ran', () => {
    expect(told(cuff(128), cuff(128, older), cuff(128))).toEqual(['nibp-sys 128', 'nibp-sys 128']);
    expect(told(cuff(128), cuff(128, running), cuff(128), cuff(128))).toEqual(['nibp-sys 128', 'nibp-sys 128']);
    expect(told(cuff(128, older), cuff(128, running | older), cuff(128, older))).toEqual(['nibp-sys 128']);
  });

  test('DATEX-8 while the cuff runs nothing is told, and a failed determination once', () => {
    expect(told(cuff(40, running), cuff(128))).toEqual(['nibp-sys 128']);
    expect(told(cuff(128), cuff(noData), cuff(noData), cuff(128, older), cuff(131))).toEqual([
      'nibp-sys 128',
      'nibp-sys unavailable',
      'nibp-sys 131',
    ]);
  });

  test('DATEX-8 one from before Vigil listened is marked and doubtful', () => {
    expect(read(cuff(128, older))[0]).toMatchObject({ quality: 'questionable', flags: ['earlier-determination'] });
    expect(read(cuff(128))[0]).not.toHaveProperty('flags');
    expect(read(cuff(128, older), cuff(131, older))[4]).toMatchObject({ value: 131, quality: 'good' });
  });

  test('DATEX-8 the time of the determination decides where the monitor sends it', () => {
    const made = (time: number): Uint8Array =>
      recordFrame({ subrecords: [{ type: 4, bytes: [...word(time & 0xffff), ...word(time >>> 16)] }] });
    expect(told(made(startTime), cuff(128), made(startTime), cuff(128), made(startTime + 300), cuff(128))).toEqual([
      'nibp-sys 128',
      'nibp-sys 128',
    ]);
  });

  test('DATEX-8 another monitor on the line begins anew', () => {
    const other = valuesFrame([{ at: group.nibp, values: [12_800, 7800, 9500, 70] }], { plugId: 7 });
    expect(told(cuff(128), other, other)).toEqual(['nibp-sys 128', 'nibp-sys 128']);
  });
});
