import type { Protocol } from '../../../shared/clinical/protocol.ts';
import { numberTyped } from '../../format/number-typed.ts';

/** What was typed over a version, by path (`dose.mgPerKg`, `schedule.2.lateMin`); what is not in it stays as it is. */
export type Edits = Readonly<Record<string, string>>;

/** Rows that are left out say so under this name. */
const removedKey = 'removed';
/** Lists of minutes, typed with commas. */
const listKeys: readonly string[] = ['atMin', 'dosesMg'];
const textKeys: readonly string[] = ['text', 'name', 'shortName', 'note', 'usualDose', 'label', 'detail', 'anchor', 'since'];

export function isRemoved(edits: Edits, row: string): boolean {
  return edits[`${row}.${removedKey}`] === 'yes';
}

export function withRemoved(edits: Edits, row: string, removed: boolean): Edits {
  return { ...edits, [`${row}.${removedKey}`]: removed ? 'yes' : 'no' };
}

/** The value that stands at a path now, as a field shows it. */
export function textAt(protocol: object, path: string): string {
  const value = path.split('.').reduce<unknown>((held, key) => (isObject(held) ? Reflect.get(held, key) : undefined), protocol);
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** The version with the edits in it: as yet of no shape that anything may rest on, `checkProtocol` says what it is. */
export function draftOf(base: Protocol, edits: Edits): Record<string, unknown> {
  const draft = typedDraft(base, edits);
  for (const list of ['schedule', 'limits']) {
    const rows = draft[list];
    if (Array.isArray(rows)) draft[list] = rows.filter((_row, index) => !isRemoved(edits, `${list}.${index}`));
  }
  dropLinesWithoutLimit(draft);
  return draft;
}

/** As `draftOf`, with the rows that are left out still in their places: what the fields show. */
export function typedDraft(base: Protocol, edits: Edits): Record<string, unknown> {
  const draft = structuredClone(base) as unknown as Record<string, unknown>;
  for (const [path, text] of Object.entries(edits)) {
    if (path.endsWith(`.${removedKey}`)) continue;
    if (path.startsWith('dose.steps.')) addSteps(draft);
    setAt(draft, path.split('.'), valueTyped(path, text));
  }
  moveLines(base, draft);
  moveWords(base, draft, edits);
  dropEmptySteps(draft);
  return draft;
}

/** A version from before there were steps has nowhere to put one. */
function addSteps(draft: Record<string, unknown>): void {
  const dose = draft['dose'] as Record<string, unknown>;
  dose['steps'] ??= {};
}

/** A protocol has all its steps or none: where every field of them was emptied, it has none. */
function dropEmptySteps(draft: Record<string, unknown>): void {
  const dose = draft['dose'] as Record<string, unknown>;
  const { steps } = dose;
  if (isObject(steps) && Object.values(steps).every((value) => value === '')) delete dose['steps'];
}

/** What is no number stays as it was typed: the check then says so, with its place. */
function valueTyped(path: string, text: string): unknown {
  const key = path.split('.').at(-1) ?? '';
  if (listKeys.includes(key))
    return text
      .split(/[,;\s]+/)
      .filter((part) => part !== '')
      .map((part) => numberTyped(part) ?? part);
  if (key === 'shiftsWithPause') return text === 'true';
  if (key === 'stop') return text === 'true' ? true : undefined;
  if (textKeys.includes(key)) return text.trim();
  return numberTyped(text) ?? text;
}

function setAt(target: Record<string, unknown>, [key, ...rest]: readonly string[], value: unknown): void {
  if (key === undefined) return;
  const held = target[key];
  if (rest.length === 0) target[key] = value;
  else if (isObject(held)) setAt(held as Record<string, unknown>, rest, value);
}

/** A line on the chart is one of the limits: it moves with the limit, and its words too. */
function moveLines(base: Protocol, draft: Record<string, unknown>): void {
  const [lines, limits] = [draft['referenceLines'], draft['limits']];
  if (!Array.isArray(lines) || !Array.isArray(limits)) return;
  base.referenceLines.forEach(({ metric, value, label }, at) => {
    const line: unknown = lines[at];
    const same = base.limits
      .map((limit, index) => ({ limit, index }))
      .filter(({ limit }) => limit.parameter === metric && limit.value === value);
    // The line is what is reviewed during the dose, where the protocol reviews it.
    const { index } = same.find(({ limit }) => limit.act === 'review') ?? same[0] ?? { index: -1 };
    const now: unknown = isObject(limits[index]) ? Reflect.get(limits[index], 'value') : value;
    if (isObject(line) && now !== value) Object.assign(line, { value: now, label: label.replace(String(value), String(now)) });
  });
}

/** Words that name a number which was changed name the new one, where nobody typed them anew. */
function moveWords(base: Protocol, draft: Record<string, unknown>, edits: Edits): void {
  base.discharge.criteria.forEach((criterion, index) => {
    const path = `discharge.criteria.${index}`;
    for (const key of ['value', 'allowedAbove', 'percent', 'minutes'].filter((name) => name in criterion)) {
      const change = { before: textAt(base, `${path}.${key}`), typed: edits[`${path}.${key}`] };
      if (edits[`${path}.label`] === undefined) setAt(draft, [...path.split('.'), 'label'], renamed(criterion.label, change));
    }
  });
  base.schedule.forEach((row, index) => {
    const path = `schedule.${index}`;
    const change = { before: textAt(base, `${path}.times.everyMin`), typed: edits[`${path}.times.everyMin`] };
    if (edits[`${path}.detail`] === undefined) setAt(draft, [...path.split('.'), 'detail'], renamed(row.detail, change));
  });
}

function renamed(words: string, { before, typed }: { readonly before: string; readonly typed: string | undefined }): string {
  if (typed === undefined || before === '' || numberTyped(typed) === null) return words;
  // The number itself, not a part of another one.
  return words.replace(new RegExp(`(?<![\\d./])${before.replace('.', '\\.')}(?![\\d./])`), typed.trim());
}

function dropLinesWithoutLimit(draft: Record<string, unknown>): void {
  const [lines, limits] = [draft['referenceLines'], draft['limits']];
  if (!Array.isArray(lines) || !Array.isArray(limits)) return;
  draft['referenceLines'] = lines.filter((line: { metric: unknown; value: unknown }) =>
    limits.some((limit: { parameter: unknown; value: unknown }) => limit.parameter === line.metric && limit.value === line.value),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
