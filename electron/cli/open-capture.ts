import { writeFile } from 'node:fs/promises';
import { causeCode } from '../service/store/store-error.ts';
import { captureKeyOptions, loadCapture } from './capture-input.ts';
import { command } from './command.ts';
import { required, text } from './command-option.ts';

/** `vigil open-capture`. Exit 0: written whole; 1: cut or changed (what can be read of it is written), or a refusal; 2: wrong usage. */
export const openCaptureCommand = command({
  name: 'open-capture',
  does: 'a capture of a room, decrypted to a plain file',
  about: `A capture that was switched on in a room is encrypted with the room's key. This writes it as a plain one, to be attached to a
report or read by another program. Whatever the monitor sent is in it, names too: keep it as you keep a record, and delete it
when it has served.`,
  options: {
    ...captureKeyOptions,
    out: required(text('FILE', 'where to; it must not be there yet', 'o'), ': where is the plain capture to be written?'),
  },
  argument: { value: 'FILE', noun: 'capture' },
  notes: 'Exit 0 whole, 1 the capture was cut or changed (what can be read of it is written), or a refusal, 2 wrong usage.',
  run: async ({ options, argument: file }, io) => {
    const refuse = (words: string): number => {
      io.stderr(`vigil open-capture: ${words}`);
      return 1;
    };
    try {
      const input = await loadCapture(file, options, io.stdin);
      if (typeof input === 'string') return refuse(`${file} ${input}`);
      const { plain, found } = input;
      await writeFile(options.out, plain, { flag: 'wx', mode: 0o600 });
      io.stdout(JSON.stringify({ kind: 'opened-capture', file: options.out, bytes: plain.length, state: found.state }));
      return found.state === 'whole'
        ? 0
        : refuse(`${file} ${found.state === 'cut' ? 'has no end: it was cut' : 'was changed after it was written'}`);
    } catch (error) {
      if (causeCode(error) === 'EEXIST') return refuse(`${options.out} is there already; a capture never replaces a file`);
      if (causeCode(error) !== '') return refuse(error instanceof Error ? error.message : String(error));
      throw error;
    }
  },
});
