import type { MetricId, VendorMetricId } from '../../../../shared/clinical/metric.ts';

/**
 * Where the values of a physiological subrecord are, from the beginning of its 270 bytes (`docs/monitors/datex-dri.md`). A field is a
 * signed word in a fraction of its unit; a group begins with {status u32, label u16}.
 */
export interface Field {
  readonly at: number;
  readonly vendor: VendorMetricId;
  /** What it is to Vigil; of some groups only the driver decides that. */
  readonly metric: MetricId | null;
  /** UCUM. */
  readonly unit: string;
  readonly perUnit: number;
  /** Raw bounds of what makes sense: looked at where the line is damaged. */
  readonly lowest: number;
  readonly highest: number;
}

export type GroupKind = 'plain' | 'ecg' | 'cuff' | 'temp' | 'co2';

export interface Group {
  readonly kind: GroupKind;
  readonly headerAt: number;
  readonly fields: readonly Field[];
  /** Documented bits of status and label. */
  readonly statusBits: number;
  readonly labelBits: number;
}

type Scale = readonly [unit: string, perUnit: number, lowest: number, highest: number];

const perMinute: Scale = ['/min', 1, 0, 500];
const mmHg: Scale = ['mm[Hg]', 100, -10_000, 32_767];
const percent: Scale = ['%', 100, -500, 10_500];
const tenthsOfPercent: Scale = ['%', 10, 0, 10_000];
const celsius: Scale = ['Cel', 100, 0, 6000];
const millimetre: Scale = ['mm', 100, -3000, 3000];
const waterPressure: Scale = ['cm[H2O]', 100, -10_000, 15_000];
const tenthsOfMillilitre: Scale = ['mL', 10, 0, 32_767];
const index: Scale = ['1', 1, 0, 1000];
const hundredths: Scale = ['1', 100, 0, 5000];

function field(group: string, at: number, name: string, [unit, perUnit, lowest, highest]: Scale, metric: MetricId | null = null): Field {
  return { at, vendor: `x:datex-dri:${group}.${name}`, metric, unit, perUnit, lowest, highest };
}

type Named = readonly [name: string, scale: Scale, metric?: MetricId];

interface GroupBits {
  readonly kind?: GroupKind;
  readonly status?: number;
  readonly label?: number;
}

const headerBytes = 6;
const existsAndActive = 0x3;

/** A group whose fields follow its header one by one. */
function group(name: string, headerAt: number, fields: readonly Named[], { kind = 'plain', status = 0, label = 0 }: GroupBits = {}): Group {
  return {
    kind,
    headerAt,
    fields: fields.map(([own, scale, metric], place) => field(name, headerAt + headerBytes + 2 * place, own, scale, metric ?? null)),
    statusBits: existsAndActive | status,
    labelBits: label,
  };
}

function pressure(name: string, headerAt: number): Group {
  const fields: Named[] = [
    ['sys', mmHg],
    ['dia', mmHg],
    ['mean', mmHg],
    ['hr', perMinute],
  ];
  return group(name, headerAt, fields, { status: 0x4, label: 0xff });
}

function temperature(name: string, headerAt: number): Group {
  return group(name, headerAt, [['temp', celsius]], { kind: 'temp', label: 0xff });
}

const gas: readonly Named[] = [
  ['et', percent],
  ['fi', percent],
];
const gasStatus = 0xc;

export const ecgAt = 0;
export const heartRateAt = 6;
export const impedanceRateAt = 14;
export const ecgHeartRateAt = 226;
export const cuffAt = 72;
export const firstTemperatureAt = 86;
export const co2At = 132;
export const respRateAt = 142;
export const ambientPressureAt = 144;

const ecgBits: GroupBits = { kind: 'ecg', status: 0xffff, label: 0xffff };

const basic: readonly Group[] = [
  group(
    'ecg',
    ecgAt,
    [
      ['hr', perMinute],
      ['st1', millimetre],
      ['st2', millimetre],
      ['st3', millimetre],
      ['imp-rr', perMinute],
    ],
    ecgBits,
  ),
  // Without a header of its own: it goes with the ECG.
  {
    kind: 'ecg',
    headerAt: ecgAt,
    fields: [
      field('ecg', ecgHeartRateAt, 'hr-ecg', perMinute),
      field('ecg', 228, 'hr-max', perMinute),
      field('ecg', 230, 'hr-min', perMinute),
    ],
    statusBits: existsAndActive | 0xffff,
    labelBits: 0xffff,
  },
  pressure('p1', 16),
  pressure('p2', 30),
  pressure('p3', 44),
  pressure('p4', 58),
  group(
    'nibp',
    cuffAt,
    [
      ['sys', mmHg, 'nibp-sys'],
      ['dia', mmHg, 'nibp-dia'],
      ['mean', mmHg, 'nibp-mean'],
      ['hr', perMinute],
    ],
    { kind: 'cuff', label: 0x1ff },
  ),
  temperature('t1', firstTemperatureAt),
  temperature('t2', 94),
  temperature('t3', 102),
  temperature('t4', 110),
  group(
    'spo2',
    118,
    [
      ['spo2', percent, 'spo2'],
      ['pr', perMinute, 'pulse-rate'],
      ['ir-amp', percent],
      ['so2', percent],
    ],
    { status: 0xff00, label: 0xff },
  ),
  group(
    'co2',
    co2At,
    [
      ['et', percent],
      ['fi', percent],
      ['rr', perMinute],
      ['amb-press', ['mm[Hg]', 10, 3000, 9000]],
    ],
    { kind: 'co2', status: 0x3fc, label: 0x7 },
  ),
  group('o2', 146, gas, { status: gasStatus }),
  group('n2o', 156, gas, { status: gasStatus }),
  group('aa', 166, [...gas, ['mac-sum', hundredths]], { status: gasStatus, label: 0xff }),
  group(
    'flow',
    178,
    [
      ['rr', perMinute],
      ['ppeak', waterPressure],
      ['peep', waterPressure],
      ['pplat', waterPressure],
      ['tv-insp', tenthsOfMillilitre],
      ['tv-exp', tenthsOfMillilitre],
      ['compliance', ['mL/cm[H2O]', 100, 0, 32_767]],
      ['mv-exp', ['L/min', 100, 0, 32_767]],
    ],
    { status: 0x3fc },
  ),
  group(
    'co',
    200,
    [
      ['co', ['mL/min', 1, 0, 32_767]],
      ['blood-temp', celsius],
      ['ref', percent],
      ['pcwp', mmHg],
    ],
    { label: 0x1f },
  ),
  group(
    'nmt',
    214,
    [
      ['t1', tenthsOfPercent],
      ['t-ratio', tenthsOfPercent],
    ],
    { status: 0xfc, label: 0xff },
  ),
  group('svo2', 232, [['svo2', percent]], { status: 0x3fc, label: 0x3 }),
  pressure('p5', 240),
  pressure('p6', 254),
];

const arrhythmia: readonly Group[] = [
  group(
    'arrh',
    0,
    [
      ['hr', perMinute],
      ['rr-time', ['ms', 1, 0, 10_000]],
      ['pvc', perMinute],
    ],
    { status: 0xfffc, label: 0xffff },
  ),
  group(
    'ecg12',
    48,
    ['i', 'ii', 'iii', 'avl', 'avr', 'avf', 'v1', 'v2', 'v3', 'v4', 'v5', 'v6'].map((lead) => [`st-${lead}`, millimetre] as const),
    { status: 0xfffc, label: 0xffff },
  ),
];

const brain: readonly Group[] = [
  group(
    'bis',
    96,
    [
      ['bis', index],
      ['sqi', index],
      ['emg', index],
      ['sr', index],
    ],
    { status: 0xfffc, label: 0xffff },
  ),
  group(
    'entropy',
    112,
    [
      ['state', index],
      ['response', index],
      ['bsr', index],
    ],
    { status: 0xfffc, label: 0xffff },
  ),
];

const gasExchange: readonly Group[] = [group('aa2', 92, [['mac-age-sum', hundredths]], { status: 0xfffc, label: 0xffff })];

/** By class of the subrecord: basic and the three extensions. */
export const groupsOfClass: readonly (readonly Group[])[] = [basic, arrhythmia, brain, gasExchange];
