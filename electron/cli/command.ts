import { parseArgs } from 'node:util';
import type { CommandIo } from './command-io.ts';
import { UsageError, type Option } from './command-option.ts';

type Options = Readonly<Record<string, Option<unknown>>>;

/** The one thing that a command is given without a name, where it takes one. */
export interface Argument {
  /** As the help names it: `FILE|-`. */
  readonly value: string;
  readonly noun: string;
  /** Behind "no file was named". */
  readonly hint?: string;
}

/** What was asked for, as its options read it. An option that is not declared does not compile. */
export interface Given<O extends Options, A extends Argument | undefined> {
  readonly options: { readonly [Name in keyof O]: O[Name] extends Option<infer Value> ? Value : never };
  readonly argument: A extends Argument ? string : null;
  /** As it was typed, for whoever starts it once more. */
  readonly argv: readonly string[];
}

interface Definition<N extends string, O extends Options, A extends Argument | undefined, Rest extends readonly unknown[]> {
  readonly name: N;
  /** In one line, for the list of the commands. */
  readonly does: string;
  /** What stands behind the name in its first lines of help, where one line of all options would promise what does not go together. */
  readonly forms?: readonly string[];
  readonly about: string;
  readonly options: O;
  readonly argument?: A;
  /** Behind the options: what comes out, the exit codes. */
  readonly notes?: string;
  /** Of a command that works for long: what it says when a signal ends it, which it does at once (`own-process.ts`). */
  readonly whenEnded?: string;
  /** Throws `UsageError` for what does not go together, before it does anything. `rest`: of the world, which a test hands in. */
  run(given: Given<O, A>, io: CommandIo, ...rest: Rest): Promise<number>;
}

export interface Command<N extends string = string, Rest extends readonly unknown[] = readonly []> {
  readonly name: N;
  readonly does: string;
  readonly help: string;
  readonly whenEnded: string | undefined;
  /** Standard input may be left out where nothing is read from it. */
  run(argv: readonly string[], io: Omit<CommandIo, 'stdin'> & Partial<CommandIo>, ...rest: Rest): Promise<number>;
}

/** A command of `vigil`: its help and its refusals of wrong arguments are readings of this one definition. */
export function command<
  const N extends string,
  O extends Options,
  Rest extends readonly unknown[],
  A extends Argument | undefined = undefined,
>(definition: Definition<N, O, A, Rest>): Command<N, Rest> {
  const { name, does, whenEnded } = definition;
  const help = helpOf(definition);
  return {
    name,
    does,
    help,
    whenEnded,
    async run(argv, io, ...rest) {
      try {
        const given = read(definition, argv);
        if (given !== null) return await definition.run(given, { stdin: nothing(), ...io }, ...rest);
        io.stderr(help);
        return 0;
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        io.stderr(`vigil ${name}: ${error.message}\n${help}`);
        return 2;
      }
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** null: asks for help. Throws `UsageError`. */
function read<N extends string, O extends Options, A extends Argument | undefined, Rest extends readonly unknown[]>(
  { options, argument }: Definition<N, O, A, Rest>,
  argv: readonly string[],
): Given<O, A> | null {
  const { values, positionals } = parsed(options, argument !== undefined, argv);
  if (values['help'] === true) return null;
  const readings = Object.entries(options).map(([name, option]) => [name, option.read(dashed(name, option), values[name])]);
  // The readings stand under the names of their options, which a list of pairs cannot say.
  return { options: Object.fromEntries(readings), argument: argument === undefined ? null : theOnly(argument, positionals), argv } as Given<
    O,
    A
  >;
}

function parsed(options: Options, allowPositionals: boolean, argv: readonly string[]): ReturnType<typeof parseArgs> {
  const declared = Object.entries(options).map(([name, { value, multiple, short }]) => {
    const type = value === null ? ('boolean' as const) : ('string' as const);
    return [name, { type, multiple, ...(short === undefined ? {} : { short }) }] as const;
  });
  const help = { type: 'boolean', short: 'h' } as const;
  try {
    return parseArgs({ args: [...argv], options: { ...Object.fromEntries(declared), help }, allowPositionals });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function theOnly({ noun, hint = '' }: Argument, positionals: readonly string[]): string {
  const [first, second] = positionals;
  if (first === undefined) throw new UsageError(`no ${noun} was named${hint}`);
  if (second !== undefined) throw new UsageError(`one ${noun} at a time: "${second}" is a second one`);
  return first;
}

function helpOf<N extends string, O extends Options, A extends Argument | undefined, Rest extends readonly unknown[]>(
  definition: Definition<N, O, A, Rest>,
): string {
  const { name, about, options, argument, notes } = definition;
  const entries = Object.entries(options);
  const all = [...entries.map(([option, of]) => inUsage(option, of)), ...(argument === undefined ? [] : [argument.value])].join(' ');
  const usage = (definition.forms ?? [all]).map((form, index) => `${index === 0 ? 'usage:' : '      '} vigil ${name} ${form}`);
  const names = entries.map(([option, of]) => named(option, of));
  const width = Math.max(...names.map(({ length }) => length));
  const rows = entries.map(([, of], index) => `  ${(names[index] ?? '').padEnd(width)}  ${below(of.help, width + 4)}`);
  return [usage.join('\n'), about, rows.join('\n'), ...(notes === undefined ? [] : [notes])].join('\n\n');
}

function dashed(name: string, { short }: Option<unknown>): string {
  return short === undefined ? `--${name}` : `-${short}`;
}

function named(name: string, option: Option<unknown>): string {
  return option.value === null ? dashed(name, option) : `${dashed(name, option)} ${option.value}`;
}

function inUsage(name: string, option: Option<unknown>): string {
  const words = named(name, option);
  if (option.isRequired) return words;
  return option.multiple ? `[${words}]…` : `[${words}]`;
}

function below(text: string, indent: number): string {
  return text.replaceAll('\n', `\n${' '.repeat(indent)}`);
}
