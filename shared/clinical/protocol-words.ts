/**
 * Where something stands in a protocol, in words: `schedule, "Blood pressure" (nibp-during), late minutes`. A person
 * who edits a protocol does not know our keys.
 */
export function placeInWords(path: readonly (string | number)[], input: unknown): string {
  if (path.length === 0) return 'the protocol';
  let value: unknown = input;
  return path
    .map((step) => {
      value = typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined;
      return typeof step === 'number' ? entryName(value, step) : (words[step] ?? step);
    })
    .join(', ');
}

/** An entry of a list by its own name, where it has one. */
function entryName(value: unknown, index: number): string {
  if (typeof value !== 'object' || value === null) return `number ${index + 1}`;
  const text = (key: string): string | null => {
    const held: unknown = Reflect.get(value, key);
    return typeof held === 'string' && held !== '' ? held : null;
  };
  const [label, id] = [text('label') ?? text('name'), text('id')];
  if (label !== null) return id === null ? `"${label}"` : `"${label}" (${id})`;
  const parameter = text('parameter');
  if (parameter !== null) return [parameter, text('act')].filter((part) => part !== null).join(' ');
  return id ?? text('milestone') ?? text('phase') ?? text('term') ?? `number ${index + 1}`;
}

const words: Readonly<Record<string, string>> = {
  name: 'name',
  shortName: 'short name',
  effectiveFrom: 'effective date',
  route: 'route',
  dose: 'dose',
  mgPerKg: 'mg/kg',
  mgPerKgRange: 'allowed mg/kg',
  minutes: 'minutes',
  minutesRange: 'allowed minutes',
  mgPerMl: 'mg/mL',
  mgPerMlRange: 'allowed mg/mL',
  mlPerSiteMax: 'most mL in one site',
  mlPerSite: 'most mL by site',
  deltoid: 'deltoid',
  mgPerKgTotalMax: 'most mg/kg together',
  mgPerKgMax: 'most mg/kg',
  second: 'second injection',
  fromMin: 'from minute',
  toMin: 'to minute',
  deviceMg: 'mg in a device',
  dosesMg: 'doses that may be ordered',
  doseMg: 'dose offered first',
  minutesBetweenDevices: 'minutes between devices',
  monitoringMinutesMin: 'shortest monitoring',
  lozengeMg: 'mg in a lozenge',
  lozenges: 'lozenges',
  lozengesRange: 'allowed lozenges',
  holdMinutes: 'minutes held',
  remote: 'remote session',
  requirements: 'requirements',
  escalation: 'when the patient cannot be reached',
  afterMin: 'after minute',
  steps: 'steps',
  mg: 'mg',
  ml: 'mL drawn',
  bagMl: 'mL in the bag',
  mlPerHour: 'mL/h',
  vial: 'vial',
  weight: 'weight',
  kgRange: 'plausible weight in kg',
  changePercentMax: 'most change since the last visit',
  phases: 'phases',
  milestones: 'milestones',
  referenceLines: 'lines on the chart',
  auditCut: 'AUDIT-C counts as positive',
  female: 'women from',
  male: 'men from',
  limits: 'limits',
  value: 'value',
  comparison: 'comparison',
  note: 'note',
  stopSigns: 'signs that stop the dose',
  schedule: 'schedule',
  anchor: 'counts from',
  times: 'times',
  atMin: 'minutes',
  everyMin: 'interval',
  earlyMin: 'early minutes',
  lateMin: 'late minutes',
  instrument: 'instrument',
  milestone: 'milestone',
  label: 'label',
  detail: 'second line',
  discharge: 'discharge',
  criteria: 'criteria',
  percent: 'percent',
  allowedAbove: 'points above baseline',
  formulary: 'formulary',
  usualDose: 'usual dose',
  summary: 'summary',
};
