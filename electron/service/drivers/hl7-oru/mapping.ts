import { z } from 'zod';
import { metricIds, metrics, type MetricId } from '../../../../shared/clinical/metric.ts';
import type { UnitAliases } from './units.ts';

/** What one code of one code system stands for. */
export interface MappedCode {
  readonly code: string;
  /** OBX-3.3: `MDC`, `LN`, or a clinic's own such as `99CLINIC`; empty: any. A message that states no system goes by the code alone. */
  readonly system: string;
  /** null: kept under its own code, never taken for a metric. */
  readonly metric: MetricId | null;
  /** The unit (UCUM) of a value that states none; null: such a value is kept under its own code. */
  readonly unit: string | null;
}

export interface CodeMapping {
  find(code: string, system: string): MappedCode | null;
  readonly units: UnitAliases;
}

/**
 * Codes with their text names: those of the vital signs by IEEE 11073 and LOINC, and those that public messages and guides of senders show
 * beside them (docs/monitors/hl7-oru.md says which are which). Only units that leave no doubt are taken for granted: a rate and a percentage,
 * but not a pressure, which may come in kPa, nor a temperature. Codes written as `0002-4bb8` are the same terms in hexadecimal.
 */
const terms: readonly (readonly [metric: MetricId, mdc: readonly string[], loinc: readonly string[]])[] = [
  ['heart-rate', ['147842', 'MDC_ECG_HEART_RATE', 'MDC_ECG_CARD_BEAT_RATE'], ['8867-4']],
  [
    'pulse-rate',
    ['149530', 'MDC_PULS_OXIM_PULS_RATE', '149514', '149538', 'MDC_PULS_RATE', '149522', '149546', 'MDC_PULS_RATE_NON_INV'],
    ['8889-8'],
  ],
  ['spo2', ['150456', 'MDC_PULS_OXIM_SAT_O2'], ['59408-5', '2708-6']],
  ['perfusion-index', ['150488', 'MDC_PULS_OXIM_PERF_REL', '150448'], ['61006-3']],
  ['resp-rate', ['151562', 'MDC_RESP_RATE', '152490', '151552', '151658'], ['9279-1']],
  ['nibp-sys', ['150021', 'MDC_PRESS_BLD_NONINV_SYS', '150301', 'MDC_PRESS_CUFF_SYS'], ['8480-6']],
  ['nibp-dia', ['150022', 'MDC_PRESS_BLD_NONINV_DIA', '150302', 'MDC_PRESS_CUFF_DIA'], ['8462-4']],
  ['nibp-mean', ['150023', 'MDC_PRESS_BLD_NONINV_MEAN', '150303', 'MDC_PRESS_CUFF_MEAN'], ['8478-0']],
  ['etco2', ['151708', 'MDC_AWAY_CO2_ET', '151712'], ['19891-1']],
  ['fico2', ['151716'], []],
  ['temp', ['150344', 'MDC_TEMP', '150368', '188496', 'MDC_TEMP_AXILLA'], ['8310-5', '8331-1', '8328-7', '8333-7']],
];

function unitTakenForGranted(metric: MetricId): string | null {
  const { unit } = metrics[metric];
  return unit === '%' || unit === '/min' ? unit : null;
}

const standardCodes: readonly MappedCode[] = terms.flatMap(([metric, mdc, loinc]) => {
  const unit = unitTakenForGranted(metric);
  return [...mdc.map((code) => ({ code, system: 'MDC', metric, unit })), ...loinc.map((code) => ({ code, system: 'LN', metric, unit }))];
});

/** Later codes win: a clinic's own stand behind the standard ones. */
function mappingOf(codes: readonly MappedCode[], units: UnitAliases): CodeMapping {
  const bySystem = new Map<string, MappedCode>();
  const byCode = new Map<string, MappedCode>();
  for (const mapped of codes) {
    bySystem.set(`${mapped.system}|${mapped.code}`, mapped);
    byCode.set(mapped.code, mapped);
  }
  return {
    find(code, system) {
      if (system === '') return byCode.get(code) ?? null;
      const named = system === 'LOINC' ? 'LN' : system;
      return bySystem.get(`${named}|${code}`) ?? bySystem.get(`|${code}`) ?? null;
    },
    units,
  };
}

export const standardMapping: CodeMapping = mappingOf(standardCodes, new Map());

const codeSchema = z.strictObject({
  code: z.string().min(1).max(80),
  system: z.string().max(40).default(''),
  /** Checked by hand, to say which codes are wrong. */
  metric: z.string().max(80).nullable(),
  unit: z.string().min(1).max(20).optional(),
});
const mappingSchema = z.strictObject({
  codes: z.array(codeSchema).max(2000).default([]),
  units: z
    .array(z.strictObject({ unit: z.string().min(1).max(40), ucum: z.string().min(1).max(20) }))
    .max(500)
    .default([]),
});

export type ParsedMapping =
  | { readonly kind: 'mapping'; readonly mapping: CodeMapping }
  /** Sentences for people: what is wrong, where, and what may stand there. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** A clinic's own table (JSON text), put on top of the standard codes. Wrong in one row, it is refused whole: half a table would mislead. */
export function parseMapping(text: string): ParsedMapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { kind: 'refused', problems: [`the table is not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const parsed = mappingSchema.safeParse(json);
  if (!parsed.success) {
    return { kind: 'refused', problems: parsed.error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}`) };
  }
  const { codes, units } = parsed.data;
  const problems: string[] = [];
  const seen = new Map<string, number>();
  const own: MappedCode[] = [];
  for (const [index, { code, system, metric, unit }] of codes.entries()) {
    const name = system === '' ? `"${code}"` : `"${code}" of ${system}`;
    const key = `${system}|${code}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) problems.push(`codes[${index}]: ${name} stands in codes[${earlier}] already; keep one of the two`);
    seen.set(key, index);
    const isKnown = metric === null || isMetricId(metric);
    if (!isKnown) {
      problems.push(
        `codes[${index}]: ${name} is given the metric "${metric}", which Vigil does not have; use ${metricIds.join(', ')}, or null`,
      );
    } else own.push({ code, system, metric, unit: unit ?? (metric === null ? null : unitTakenForGranted(metric)) });
  }
  if (problems.length > 0) return { kind: 'refused', problems };
  return {
    kind: 'mapping',
    mapping: mappingOf([...standardCodes, ...own], new Map(units.map(({ unit, ucum }) => [unit.toLowerCase(), ucum]))),
  };
}

function isMetricId(metric: string): metric is MetricId {
  return (metricIds as readonly string[]).includes(metric);
}

function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the table';
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? String(part) : `.${String(part)}`)).join('');
}
