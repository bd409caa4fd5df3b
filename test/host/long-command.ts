import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAsOwnProcess } from '../../electron/cli/own-process.ts';

/**
 * A command that works for long, for the tests of signals. As `child` it makes a copy's folder and then hears nothing any
 * more, as in a long call of SQLite; otherwise it gives itself a process of its own.
 */
const [, script = '', part] = process.argv;
if (part === 'child') {
  mkdirSync(join(tmpdir(), `vigil-copy-${process.pid}-Ab12Cd`));
  process.stdout.write('working\n');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
const io = { stderr: (line: string) => void process.stderr.write(`${line}\n`) };
process.exitCode = await runAsOwnProcess([script, 'child'], { name: 'long', whenEnded: 'Nothing was done.' }, io);
