import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { CommandIo, ExitCode } from './command-io.ts';
import { command } from './command.ts';
import { flag, oneOf, required } from './command-option.ts';
import { scorable, scoreLine, type ScorableId } from './score-line.ts';

/** `vigil score`. */
export const scoreCommand = command({
  name: 'score',
  does: 'answers of a rating to totals, bands and what is missing',
  about: `Scores responses, one JSON object a line (a file, or standard input for "-"), and prints one JSON object for each:
totals, subscales, band, what is missing.

  {"items":[3,2,null,…]}                 answers in the order of the form; null is not answered, which is not 0
  {"items":[2,1,0],"sex":"F"}            audit-c: F, M or null
  {"q1":true,…,"q6":"none"}              c-ssrs-screener: q6 is none, lifetime or past-3-months
  {"items":[[…],[…],[…],[…]]}            meq-30 by factor: mystical, positive mood, time and space, ineffability
  {"before":34,"after":17}               a change of the total instead of a score
  {"days":28,"abstinent":26,"missing":0} tlfb`,
  options: {
    instrument: required(oneOf('ID', 'what was asked', { among: scorable, noun: 'instrument' }), ': nothing guesses what was asked'),
    prorate: flag('adds the pro-rated total where the instrument allows it; it never takes the place of the total'),
  },
  argument: { value: 'FILE|-', noun: 'file', hint: '; "-" reads standard input' },
  notes: `Instruments: ${scorable.join(', ')}.
Exit 0 all lines scored, 1 a line could not be (named by its number, the others are scored), 2 wrong usage or unreadable.`,
  run: async ({ options: { instrument, prorate }, argument: file }, io) => {
    try {
      return await scoreAll({ instrument, file, prorate }, io);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      io.stderr(`vigil score: cannot read ${file === '-' ? 'standard input' : file}: ${reason}`);
      return 2;
    }
  },
});

interface Request {
  readonly instrument: ScorableId;
  readonly file: string;
  readonly prorate: boolean;
}

async function scoreAll({ instrument, file, prorate }: Request, io: CommandIo): Promise<ExitCode> {
  const input = file === '-' ? Readable.from(io.stdin) : createReadStream(file);
  // A line reader does not hand on what its input fails with.
  const failure: { error: Error | null } = { error: null };
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  input.on('error', (error: Error) => {
    failure.error = error;
    lines.close();
  });
  let number = 0;
  let refused = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const result = scoreLine(instrument, line, { prorate });
    if ('problem' in result) {
      refused += 1;
      io.stdout(JSON.stringify({ line: number, instrument, error: result.problem }));
      io.stderr(`vigil score: line ${number}: ${result.problem}`);
    } else {
      io.stdout(JSON.stringify({ line: number, ...result.scored }));
    }
  }
  if (failure.error !== null) throw failure.error;
  return refused === 0 ? 0 : 1;
}
