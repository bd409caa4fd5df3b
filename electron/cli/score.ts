import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { CommandIo, ExitCode } from './command-io.ts';
import { scorable, scoreLine, type ScorableId } from './score-line.ts';

const usage = `usage: vigil score --instrument ID [--prorate] FILE|-
  Scores responses, one JSON object a line (a file, or standard input for "-"), and prints one JSON object for each:
  totals, subscales, band, what is missing.

  {"items":[3,2,null,…]}                 answers in the order of the form; null is not answered, which is not 0
  {"items":[2,1,0],"sex":"F"}            audit-c: F, M or null
  {"q1":true,…,"q6":"none"}              c-ssrs-screener: q6 is none, lifetime or past-3-months
  {"items":[[…],[…],[…],[…]]}            meq-30 by factor: mystical, positive mood, time and space, ineffability
  {"before":34,"after":17}               a change of the total instead of a score
  {"days":28,"abstinent":26,"missing":0} tlfb

  --prorate   adds the pro-rated total where the instrument allows it; it never takes the place of the total

Instruments: ${scorable.join(', ')}.
Exit 0 all lines scored, 1 a line could not be (named by its number, the others are scored), 2 wrong usage or unreadable.`;

interface Request {
  readonly instrument: ScorableId;
  readonly file: string;
  readonly prorate: boolean;
}

/** `vigil score`: see `usage`. */
export async function runScore(argv: string[], io: CommandIo): Promise<ExitCode> {
  const request = parseRequest(argv);
  if (request === 'help') {
    io.stderr(usage);
    return 0;
  }
  if (typeof request === 'string') {
    io.stderr(`vigil score: ${request}\n${usage}`);
    return 2;
  }
  try {
    return await scoreAll(request, io);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    io.stderr(`vigil score: cannot read ${request.file === '-' ? 'standard input' : request.file}: ${reason}`);
    return 2;
  }
}

/** A string other than `help` says what is wrong. */
function parseRequest(argv: string[]): Request | string {
  const options = { instrument: { type: 'string' }, prorate: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: argv, options, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { values, positionals } = parsed;
  if (values.help === true) return 'help';
  if (values.instrument === undefined) return '--instrument is missing: nothing guesses what was asked';
  const wanted = values.instrument.toLowerCase();
  const instrument = scorable.find((id) => id === wanted);
  if (instrument === undefined) return `there is no instrument "${values.instrument}"`;
  const [file, ...more] = positionals;
  if (file === undefined) return 'no file was named; "-" reads standard input';
  if (more.length > 0) return `one file at a time: "${more[0]}" is a second one`;
  return { instrument, file, prorate: values.prorate === true };
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
