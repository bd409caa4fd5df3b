import { describe, expect, test } from 'vitest';
import { command } from '../../electron/cli/command.ts';
import { figure, flag, number, oneOf, otherwise, required, text, texts, UsageError } from '../../electron/cli/command-option.ts';

const fetchCommand = command({
  name: 'fetch',
  does: 'an example',
  about: 'Fetches.',
  options: {
    from: required(text('PLACE', 'where from', 'f'), ': where is it?'),
    times: otherwise(number('N', 'how often', { from: 1, to: 5, isWhole: true }), 2),
    rate: number('R', 'how fast', { above: 0, to: 10 }),
    colour: oneOf('NAME', 'of what colour', { among: ['red', 'green'], noun: 'colour' }),
    tag: texts('T', 'as often\nas needed'),
    word: figure('W', 'in capitals', { is: 'a word', read: (typed) => (/^[a-z]+$/.test(typed) ? typed.toUpperCase() : null) }),
    quietly: flag('without a word'),
  },
  argument: { value: 'FILE', noun: 'file', hint: '; "-" reads standard input' },
  notes: 'The end.',
  run: async ({ options, argument, argv }, io, suffix = '.') => {
    if (options.quietly && options.tag.length > 0) throw new UsageError('--quietly has no tags');
    // @ts-expect-error -- an option that is not declared
    const undeclared: unknown = options.loudly;
    io.stdout(JSON.stringify({ ...options, argument, typed: argv.length, undeclared }) + suffix);
    return 1;
  },
});

const help = `usage: vigil fetch -f PLACE [--times N] [--rate R] [--colour NAME] [--tag T]… [--word W] [--quietly] FILE

Fetches.

  -f PLACE       where from
  --times N      how often
  --rate R       how fast
  --colour NAME  of what colour
  --tag T        as often
                 as needed
  --word W       in capitals
  --quietly      without a word

The end.`;

async function run(...argv: string[]): Promise<{ exit: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const exit = await fetchCommand.run(argv, { stdout: (line) => void out.push(line), stderr: (line) => void err.push(line) });
  return { exit, out: out.join('\n'), err: err.join('\n') };
}

describe('a command is one definition', () => {
  test('HOST-13 its help is a reading of it', async () => {
    expect(fetchCommand.help).toBe(help);
    expect(await run('--help')).toEqual({ exit: 0, out: '', err: help });
    expect(await run('x', '-h')).toEqual({ exit: 0, out: '', err: help });
  });

  test('HOST-13 what was typed comes as what it is, and what was left out as null or what holds then', async () => {
    const bare = { from: 'a', times: 2, rate: null, colour: null, tag: [], word: null, quietly: false, argument: 'x', typed: 3 };
    expect(await run('-f', 'a', 'x')).toEqual({ exit: 1, out: `${JSON.stringify(bare)}.`, err: '' });
    const full = {
      from: 'b',
      times: 5,
      rate: 0.5,
      colour: 'green',
      tag: ['t', 'u'],
      word: 'ABC',
      quietly: false,
      argument: '-',
      typed: 14,
    };
    const argv = ['--from=b', '--times=5', '--rate', '.5', '--colour', 'Green', '--tag', 't', '--tag', 'u', '--word', 'abc', '--', '-'];
    expect(await run(...argv)).toEqual({ exit: 1, out: `${JSON.stringify(full)}.`, err: '' });
  });

  test('HOST-13 a world is handed in behind it', async () => {
    const out: string[] = [];
    await fetchCommand.run(['-f', 'a', '--quietly', 'x'], { stdout: (line) => void out.push(line), stderr: () => undefined }, '!');
    expect(out[0]).toMatch(/"quietly":true.*!$/);
  });

  test.each([
    [['x'], '-f is missing: where is it?'],
    [['-f', '', 'x'], '-f must be PLACE, not ""'],
    [['-f', 'a'], 'no file was named; "-" reads standard input'],
    [['-f', 'a', 'x', 'y'], 'one file at a time: "y" is a second one'],
    [['-f', 'a', '--times', '6', 'x'], '--times must be a whole number from 1 to 5, not "6"'],
    [['-f', 'a', '--times', '1.5', 'x'], '--times must be a whole number from 1 to 5, not "1.5"'],
    [['-f', 'a', '--times', '0x2', 'x'], '--times must be a whole number from 1 to 5, not "0x2"'],
    [['-f', 'a', '--rate', '0', 'x'], '--rate must be a number above 0, up to 10, not "0"'],
    [['-f', 'a', '--rate', '', 'x'], '--rate must be a number above 0, up to 10, not ""'],
    [['-f', 'a', '--colour', 'blue', 'x'], 'there is no colour "blue"'],
    [['-f', 'a', '--word', 'A1', 'x'], '--word must be a word, not "A1"'],
    [['-f', 'a', '--quietly', '--tag', 't', 'x'], '--quietly has no tags'],
    [['-f', 'a', '--loudly', 'x'], "Unknown option '--loudly'"],
  ])('HOST-13 %j is refused in a sentence, with the help behind it', async (argv, sentence) => {
    const { exit, out, err } = await run(...argv);
    expect([exit, out]).toEqual([2, '']);
    expect(err.startsWith(`vigil fetch: ${sentence}`), err).toBe(true);
    expect(err.endsWith(`\n${help}`)).toBe(true);
  });
});
