import type { CommandIo } from './command-io.ts';

const longestLine = 1000;

/** What is typed, a line at a time; null at the end. No more is kept of a line than could be meant. */
export function typedLines(stdin: CommandIo['stdin']): { next(): Promise<string | null>; close(): Promise<void> } {
  const chunks = stdin[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  let text = '';
  return {
    async next() {
      for (;;) {
        const end = text.indexOf('\n');
        if (end >= 0) {
          const line = text.slice(0, end);
          text = text.slice(end + 1);
          return line.slice(0, longestLine).replace(/\r$/, '');
        }
        const { value, done } = await chunks.next();
        if (done === true) break;
        text = (text + decoder.decode(value, { stream: true })).slice(-10 * longestLine);
      }
      const last = text;
      text = '';
      return last === '' ? null : last.slice(0, longestLine);
    },
    // A terminal that is still read from keeps the process alive.
    close: async () => void (await chunks.return?.()),
  };
}
