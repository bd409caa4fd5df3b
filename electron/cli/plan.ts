import { readFile } from 'node:fs/promises';
import { dryRun, type DryRun } from '../../shared/clinical/dry-run.ts';
import { builtInProtocols, builtInLibrary } from '../../shared/clinical/protocol-directory.ts';
import { checkProtocol, type ProtocolProblem } from '../../shared/clinical/protocol-problems.ts';
import type { Protocol } from '../../shared/clinical/protocol.ts';
import { toIso, utcMsSchema, type Instant } from '../../shared/values/instant.ts';
import { unconfirmedMark } from '../../shared/clinical/unconfirmed.ts';
import { fromThousandths, thousandths } from '../../shared/values/quantity.ts';
import type { CommandIo, ExitCode } from './command-io.ts';
import { command } from './command.ts';
import { figure, number, required, text, UsageError } from './command-option.ts';

/** `vigil plan`. */
export const planCommand = command({
  name: 'plan',
  does: 'the dry run of a protocol: every slot, the dose, the limits',
  forms: ['--protocol ID --weight-kg N --start ISO [--version N]', '--file FILE  --weight-kg N --start ISO'],
  about: `The dry run of a protocol version: the dose with its arithmetic, as worked out and as it can be drawn and set, every
slot of the schedule with its tolerance, the limits.
Nothing is written and no data folder is needed.`,
  options: {
    protocol: text('ID', [...new Set(builtInProtocols.map(({ id }) => id))].join(', ')),
    version: number('N', 'an older version; the newest without it', { from: 1, to: 999_999, isWhole: true }),
    file: text('FILE', 'a protocol file instead; with what is wrong in it, where something is'),
    'weight-kg': required(number('N', 'body weight in kg', { above: 0, to: 1000 }), ', for example 80'),
    start: required(
      figure('ISO', "start of the dose, for example 2026-11-23T10:00:00-05:00; without an offset, this machine's own", {
        is: 'a time such as 2026-11-23T10:00:00-05:00',
        read: parseStart,
      }),
      ', for example 2026-11-23T10:00:00-05:00',
    ),
  },
  notes: `Output: one JSON object a line (protocol, dose, slot, condition, limit, unconfirmed, finding), the last with "kind":"summary".
Exit 0 nothing found, 1 a finding or a file that is no protocol, 2 wrong usage.`,
  run: async ({ options }, io) => {
    const { protocol, version, file, start } = options;
    if ((protocol === null) === (file === null)) throw new UsageError('name one protocol: --protocol ID or --file FILE');
    const found = file === null ? builtIn(protocol ?? '', version) : await readProtocol(file);
    if ('problems' in found) return reportProblems(found.problems, io);
    try {
      return report(found, dryRun(found, thousandths(options['weight-kg']), start), io);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return reportProblems([{ path: ['dose'], where: 'dose', message: error.message }], io);
    }
  },
});

const offsetAtEnd = /(?:Z|([+-])(\d{2}):?(\d{2}))$/i;
const isoStart = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})?$/i;

function parseStart(text: string): Instant | null {
  const at = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (!isoStart.test(text) || !utcMsSchema.safeParse(at.getTime()).success) return null;
  const start = { utcMs: at.getTime(), offsetMin: offsetOf(text) ?? -at.getTimezoneOffset() };
  // 31 February would silently be 3 March.
  return toIso(start).slice(0, 16) === text.slice(0, 16) ? start : null;
}

function offsetOf(text: string): number | null {
  const offset = offsetAtEnd.exec(text);
  if (offset === null) return null;
  const [, sign, hours, minutes] = offset;
  const magnitude = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -magnitude : magnitude;
}

function builtIn(id: string, version: number | null): Protocol {
  const found = version === null ? builtInLibrary.newest(id) : builtInLibrary.find(id, version);
  if (found === null) throw new UsageError(`there is no protocol "${id}"${version === null ? '' : ` in version ${version}`}`);
  return found;
}

async function readProtocol(file: string): Promise<Protocol | { readonly problems: readonly ProtocolProblem[] }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch (error) {
    const message = `it is not JSON (${error instanceof Error ? error.message : String(error)})`;
    return { problems: [{ path: [], where: 'the file', message }] };
  }
  const checked = checkProtocol(input);
  return checked.protocol ?? { problems: checked.problems };
}

function reportProblems(problems: readonly ProtocolProblem[], io: CommandIo): ExitCode {
  for (const { path, where, message } of problems) io.stdout(JSON.stringify({ kind: 'finding', where, message, path }));
  io.stdout(JSON.stringify({ kind: 'summary', slots: 0, findings: problems.length }));
  io.stderr(`not a protocol that can be used: ${problems[0]?.where ?? ''}: ${problems[0]?.message ?? ''}`);
  return 1;
}

function report(protocol: Protocol, run: DryRun, io: CommandIo): ExitCode {
  const print = (value: unknown): void => io.stdout(JSON.stringify(value));
  const iso = (utcMs: number): string => toIso({ utcMs, offsetMin: run.start.offsetMin });
  const { id, version, name, route, status, author, approver, effectiveFrom } = protocol;
  print({ kind: 'protocol', id, version, name, route, status, author, approver, effectiveFrom });
  const { totalUg, ugPerKg, steps } = run.dose;
  const exactUg = steps.filter(({ optional }) => !optional).reduce((sum, step) => sum + step.exactUg, 0);
  print({
    kind: 'dose',
    weightKg: fromThousandths(run.grams),
    mg: fromThousandths(totalUg),
    exactMg: fromThousandths(exactUg),
    mgPerKg: fromThousandths(ugPerKg),
    start: iso(run.start.utcMs),
    end: iso(run.doseEndMs),
  });
  for (const step of steps) {
    const { label, fromMin, toMin, optional, arithmetic } = step;
    const amounts = { mg: fromThousandths(step.ug), exactMg: fromThousandths(step.exactUg) };
    print({ kind: 'dose-step', label, fromMin, toMin, ...amounts, optional, arithmetic });
  }
  for (const slot of run.slots) {
    const { key, label, detail, instrument, anchor, minute } = slot;
    const times = { at: iso(slot.atMs), from: iso(slot.opensMs), until: iso(slot.lateAfterMs) };
    print({ kind: 'slot', key, for: slot.kind, label, detail, instrument, anchor, minute, ...times });
  }
  for (const condition of run.conditions) print({ kind: 'condition', ...condition });
  for (const limit of run.limits) print({ kind: 'limit', ...limit });
  for (const what of run.unconfirmed) print({ kind: 'unconfirmed', what, mark: unconfirmedMark });
  for (const message of run.findings) print({ kind: 'finding', message });
  print({ kind: 'summary', slots: run.slots.length, until: iso(run.untilMs), findings: run.findings.length });
  for (const message of run.findings) io.stderr(message);
  return run.findings.length === 0 ? 0 : 1;
}
