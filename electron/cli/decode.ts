import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import type { Driver } from '../service/drivers/driver.ts';
import { drivers, findDriver } from '../service/drivers/driver-directory.ts';
import { command } from './command.ts';
import { flag, required, text, UsageError } from './command-option.ts';
import { createDecodeLines } from './decode-lines.ts';
import { protocolOption, protocolsNote } from './protocol-option.ts';

const withTable = drivers.filter(({ clinicTable }) => clinicTable !== undefined).map(({ id }) => id);

/** `vigil decode`: captured bytes through the same deframer and decoder as a live port. Exit 0: read to its end; 2: wrong usage or unreadable. */
export const decodeCommand = command({
  name: 'decode',
  does: 'captured bytes to readings, with every byte accounted for',
  about: `Turns the bytes of a monitor (a file, or standard input for "-") into one JSON object a line: readings, discarded bytes with the
reason, and a summary at the end.`,
  options: {
    protocol: required(protocolOption(`what the monitor speaks`), ': nothing guesses what a monitor speaks'),
    waves: flag('adds the waveforms'),
    mapping: text('TABLE', `a clinic's own table of codes (JSON), for ${withTable.join(', ')}`),
  },
  argument: { value: 'FILE|-', noun: 'file', hint: '; "-" reads standard input' },
  notes: protocolsNote,
  run: async ({ options: { protocol, waves, mapping }, argument: file }, io) => {
    if (mapping !== null && !withTable.includes(protocol))
      throw new UsageError(`--mapping is for ${withTable.join(', ')} only: the codes of other protocols are fixed`);
    const driver = await driverOf(protocol, mapping);
    if (typeof driver === 'string') {
      io.stderr(`vigil decode: ${driver}`);
      return 2;
    }
    try {
      const lines = createDecodeLines({ protocol, driver, waves, print: (line) => io.stdout(line) });
      for await (const chunk of file === '-' ? io.stdin : createReadStream(file)) lines.push(chunk);
      lines.end();
      return 0;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      io.stderr(`vigil decode: cannot read ${file === '-' ? 'standard input' : file}: ${reason}`);
      return 2;
    }
  },
});

/** The driver, or a sentence that says what is wrong with its table. */
async function driverOf(protocol: MonitorProtocolId, mapping: string | null): Promise<Driver | string> {
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
