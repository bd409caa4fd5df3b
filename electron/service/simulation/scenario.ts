import { z } from 'zod';

/** Times are scenario milliseconds; 0 is the start of the infusion, before it they are negative. */
const momentMsSchema = z.number().min(-86_400_000).max(86_400_000);

const vitalsRowSchema = z.strictObject({
  atMs: momentMsSchema,
  sys: z.number().min(20).max(320),
  dia: z.number().min(10).max(300),
  mean: z.number().min(10).max(310),
  pulseRate: z.number().min(20).max(300),
  spo2: z.number().min(1).max(100),
  respRate: z.number().min(0).max(150),
});
export type VitalsRow = z.infer<typeof vitalsRowSchema>;

const rowsSchema = z.strictObject({
  kind: z.literal('rows'),
  rows: z
    .array(vitalsRowSchema)
    .min(1)
    .max(2000)
    .refine((rows) => rows.every((row, index) => index === 0 || row.atMs > (rows[index - 1]?.atMs ?? -Infinity)), {
      error: 'rows must follow each other in time',
    }),
});

const genericSchema = z.strictObject({
  kind: z.literal('generic'),
  baseline: z
    .strictObject({
      sys: z.number().min(60).max(220).default(122),
      dia: z.number().min(30).max(130).default(77),
      pulseRate: z.number().min(35).max(150).default(72),
      spo2: z.number().min(80).max(100).default(98),
      respRate: z.number().min(6).max(40).default(14),
    })
    .prefault({}),
  weightKg: z.number().min(20).max(300).default(80),
  /** The dose, spread evenly over `infusionMs` from 0, unless the caller says what was delivered. */
  doseMg: z.number().min(0).max(2000).default(40),
  infusionMs: z.number().min(1).max(86_400_000).default(2_400_000),
  cuffEveryMs: z.number().min(60_000).max(86_400_000).default(300_000),
});

export const faultKinds = ['silence', 'sensor-off', 'noise', 'cut-frames', 'wrong-checksum', 'clock-jump', 'reboot'] as const;
export type FaultKind = (typeof faultKinds)[number];

const faultSchema = z
  .strictObject({ atMs: momentMsSchema, untilMs: momentMsSchema, kind: z.enum(faultKinds) })
  .refine((fault) => fault.untilMs > fault.atMs, { error: 'untilMs must come after atMs' });
export type Fault = z.infer<typeof faultSchema>;

/** One patient on one monitor: what `vigil simulate --scenario` reads, and what the demo and the tests hand in. */
export const scenarioSchema = z.strictObject({
  seed: z.number().int().min(0).max(0xffff_ffff).default(1),
  /** Where the simulation begins. */
  startMs: momentMsSchema.default(0),
  /** What the monitor's own clock shows at scenario time 0; it has no zone. */
  deviceClock: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, {
      error: 'must look like 2026-11-23T10:00:00',
    })
    .default('2026-11-23T10:00:00'),
  vitals: z.discriminatedUnion('kind', [rowsSchema, genericSchema]).prefault({ kind: 'generic' }),
  /** A monitor that can say so marks its values as those of a demonstration or a test. */
  monitorMode: z.enum(['normal', 'demo', 'test']).default('normal'),
  /** A Masimo oximeter by itself, or docked in a Root with modules for EEG, gas and pressure. */
  masimo: z.enum(['oximeter', 'root']).default('oximeter'),
  faults: z.array(faultSchema).max(1000).default([]),
});
export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioInput = z.input<typeof scenarioSchema>;

export function activeFaults(scenario: Scenario, tMs: number): Set<FaultKind> {
  return new Set(scenario.faults.filter((fault) => tMs >= fault.atMs && tMs < fault.untilMs).map((fault) => fault.kind));
}
