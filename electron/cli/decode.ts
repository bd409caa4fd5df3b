import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { monitorProtocolIds, monitorProtocolIdSchema, type MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import type { Driver } from '../service/drivers/driver.ts';
import { drivers, findDriver } from '../service/drivers/driver-directory.ts';
import type { CommandIo } from './command-io.ts';
import { createDecodeLines } from './decode-lines.ts';

const withTable = drivers.filter(({ clinicTable }) => clinicTable !== undefined).map(({ id }) => id);

const usage = `usage: vigil decode --protocol ID [--waves] [--mapping TABLE] FILE|-
  Turns the bytes of a monitor (a file, or standard input for "-") into one JSON object a line: readings, discarded bytes with the
  reason, and a summary at the end. --waves adds the waveforms. --mapping names a clinic's own table of codes
  (JSON), for ${withTable.join(', ')}. Protocols: ${monitorProtocolIds.join(', ')}.`;

interface Request {
  readonly protocol: MonitorProtocolId;
  readonly file: string;
  readonly waves: boolean;
  readonly mapping: string | null;
}

/** `vigil decode`: captured bytes through the same deframer and decoder as a live port. Exit 0: read to its end; 2: wrong usage or unreadable. */
export async function runDecode(argv: string[], io: CommandIo): Promise<number> {
  const request = parseRequest(argv);
  if (request === 'help') {
    io.stderr(usage);
    return 0;
  }
  if (typeof request === 'string') {
    io.stderr(`vigil decode: ${request}\n${usage}`);
    return 2;
  }
  const driver = await driverOf(request);
  if (typeof driver === 'string') {
    io.stderr(`vigil decode: ${driver}`);
    return 2;
  }
  const source = request.file === '-' ? io.stdin : createReadStream(request.file);
  try {
    await decodeAll(source, request, driver, io);
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    io.stderr(`vigil decode: cannot read ${request.file === '-' ? 'standard input' : request.file}: ${reason}`);
    return 2;
  }
}

/** A string other than `help` says what is wrong. */
function parseRequest(argv: string[]): Request | string {
  const options = {
    protocol: { type: 'string' },
    waves: { type: 'boolean' },
    mapping: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  let parsed;
  try {
    parsed = parseArgs({ args: argv, options, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { values, positionals } = parsed;
  if (values.help === true) return 'help';
  if (values.protocol === undefined) return '--protocol is missing: nothing guesses what a monitor speaks';
  const protocol = monitorProtocolIdSchema.safeParse(values.protocol);
  if (!protocol.success) return `there is no protocol "${values.protocol}"`;
  const [file, ...more] = positionals;
  if (file === undefined) return 'no file was named; "-" reads standard input';
  if (more.length > 0) return `one file at a time: "${more[0]}" is a second one`;
  const mapping = values.mapping ?? null;
  if (mapping !== null && !withTable.includes(protocol.data))
    return `--mapping is for ${withTable.join(', ')} only: the codes of other protocols are fixed`;
  return { protocol: protocol.data, file, waves: values.waves === true, mapping };
}

/** The driver, or a sentence that says what is wrong with its table. */
async function driverOf({ protocol, mapping }: Request): Promise<Driver | string> {
  const driver = findDriver(protocol);
  if (mapping === null || driver.clinicTable === undefined) return driver;
  let text: string;
  try {
    text = await readFile(mapping, 'utf8');
  } catch (error) {
    return `cannot read the table ${mapping}: ${error instanceof Error ? error.message : String(error)}`;
  }
  const table = driver.clinicTable.read(text);
  return table.kind === 'driver' ? table.driver : [`the table ${mapping} is not valid:`, ...table.problems].join('\n  ');
}

async function decodeAll(
  source: AsyncIterable<Uint8Array>,
  { protocol, waves }: Request,
  driver: Pick<Driver, 'createDecoder'>,
  io: CommandIo,
): Promise<void> {
  const lines = createDecodeLines({ protocol, driver, waves, print: (line) => io.stdout(line) });
  for await (const chunk of source) lines.push(chunk);
  lines.end();
}
