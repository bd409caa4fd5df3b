/** Wrong usage, in a sentence behind which the help is shown. */
export class UsageError extends Error {}

/** What `parseArgs` gives for one option; undefined: it was left out. */
type Typed = string | boolean | (string | boolean)[] | undefined;

/** One option of a command, and how it is read. */
export interface Option<Value> {
  /** What stands behind its name, as the help shows it: `DIR`; null: nothing, it is a switch. */
  readonly value: string | null;
  readonly help: string;
  /** One letter, which then is its name in the help. */
  readonly short?: string;
  readonly multiple: boolean;
  readonly isRequired: boolean;
  /** `name`: as the help shows it, with its dashes. Throws `UsageError`. */
  read(name: string, typed: Typed): Value;
}

/** Given or not. */
export function flag(help: string): Option<boolean> {
  return { value: null, help, multiple: false, isRequired: false, read: (_name, typed) => typed === true };
}

/** Whatever is typed, but nothing at all; null where it is left out. */
export function text(value: string, help: string, short?: string): Option<string | null> {
  return figure(value, help, { is: value, read: (typed) => (typed === '' ? null : typed), ...(short === undefined ? {} : { short }) });
}

/** May be repeated. */
export function texts(value: string, help: string): Option<readonly string[]> {
  const read: Option<readonly string[]>['read'] = (_name, typed) =>
    Array.isArray(typed) ? typed.filter((one) => typeof one === 'string') : [];
  return { value, help, multiple: true, isRequired: false, read };
}

interface Reading<Value> {
  /** What it has to be, in words behind "must be". */
  readonly is: string;
  /** null: it is not that. */
  read(typed: string): Value | null;
  readonly short?: string;
}

/** What is read from the words that were typed: a number, a time; null where it is left out. */
export function figure<Value>(value: string, help: string, { is, read, short }: Reading<Value>): Option<Value | null> {
  return {
    value,
    help,
    multiple: false,
    isRequired: false,
    ...(short === undefined ? {} : { short }),
    read: (name, typed) => {
      if (typeof typed !== 'string') return null;
      const found = read(typed);
      if (found === null) throw new UsageError(`${name} must be ${is}, not "${typed}"`);
      return found;
    },
  };
}

/** A number in decimal digits within bounds; `above`: this one itself is too small. */
export function number(
  value: string,
  help: string,
  {
    from,
    above,
    to,
    isWhole = false,
  }: { readonly from?: number; readonly above?: number; readonly to: number; readonly isWhole?: boolean },
): Option<number | null> {
  const lowest = above === undefined ? `from ${from ?? 0}` : `above ${above},`;
  const is = `a ${isWhole ? 'whole ' : ''}number ${lowest} ${above === undefined ? 'to' : 'up to'} ${to}`;
  const holds = (found: number): boolean =>
    found <= to && (above === undefined ? found >= (from ?? 0) : found > above) && (!isWhole || Number.isInteger(found));
  return figure(value, help, { is, read: (typed) => (/^\d*\.?\d+$/.test(typed) && holds(Number(typed)) ? Number(typed) : null) });
}

/** One of a list of names in small letters; `noun`: of what. */
export function oneOf<const Value extends string>(
  value: string,
  help: string,
  { among, noun }: { readonly among: readonly Value[]; readonly noun: string },
): Option<Value | null> {
  return {
    value,
    help,
    multiple: false,
    isRequired: false,
    read: (_name, typed) => {
      if (typeof typed !== 'string') return null;
      const found = among.find((one) => one === typed.toLowerCase());
      if (found === undefined) throw new UsageError(`there is no ${noun} "${typed}"`);
      return found;
    },
  };
}

/** The same option, which has to be there; `why` stands behind "is missing". */
export function required<Value>(option: Option<Value | null>, why = ''): Option<Value> {
  return {
    ...option,
    isRequired: true,
    read: (name, typed) => {
      const found = option.read(name, typed);
      if (found === null) throw new UsageError(`${name} is missing${why}`);
      return found;
    },
  };
}

/** The same option with what holds where it is left out. */
export function otherwise<Value>(option: Option<Value | null>, value: Value): Option<Value> {
  return { ...option, read: (name, typed) => option.read(name, typed) ?? value };
}
