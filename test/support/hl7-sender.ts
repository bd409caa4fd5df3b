import { connect, type Socket } from 'node:net';

/**
 * A monitor that calls, as makers' guides describe it: sends one message, waits for its acknowledgement, sends it again up to three times,
 * then gives up. Shares no code with what it calls.
 */
export interface Hl7Sender {
  /** Resolves to the acknowledgement's segments; null where none came after the last repeat. */
  send(message: string, options?: { readonly waitMs?: number; readonly repeats?: number }): Promise<readonly string[] | null>;
  /** Whole answers so far, in the order they came. */
  readonly answers: readonly string[];
  write(bytes: Uint8Array | string): void;
  readonly isClosed: boolean;
  close(): void;
}

export async function callPlace(port: number, host = '127.0.0.1', localAddress?: string): Promise<Hl7Sender> {
  const socket: Socket = connect({ port, host, ...(localAddress === undefined ? {} : { localAddress }) });
  const answers: string[] = [];
  let text = '';
  let isClosed = false;
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isClosed = true;
    wake();
  });
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    for (let end = text.indexOf('\x1c\r'); end >= 0; end = text.indexOf('\x1c\r')) {
      answers.push(text.slice(text.indexOf('\x0b') + 1, end));
      text = text.slice(end + 2);
    }
    wake();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });

  function answerTo(controlId: string): readonly string[] | null {
    const found = answers.find((answer) =>
      answer.split('\r').some((segment) => segment.startsWith('MSA|') && segment.split('|')[2] === controlId),
    );
    return found === undefined ? null : found.split('\r').filter((segment) => segment !== '');
  }

  return {
    answers,
    get isClosed() {
      return isClosed;
    },
    write: (bytes) => void socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes),
    close: () => socket.destroy(),
    send: async (message, { waitMs = 5000, repeats = 3 } = {}) => {
      const controlId = message.split(/[\r\n]/, 1)[0]?.split('|')[9] ?? '';
      for (let attempt = 0; attempt <= repeats && !isClosed; attempt++) {
        socket.write(Buffer.from(`\x0b${message}\x1c\r`, 'latin1'));
        const endMs = performance.now() + waitMs;
        for (let leftMs = waitMs; leftMs > 0 && !isClosed; leftMs = endMs - performance.now()) {
          const answer = answerTo(controlId);
          if (answer !== null) return answer;
          await new Promise<void>((resolve) => {
            waiting = [...waiting, resolve];
            setTimeout(resolve, Math.min(leftMs, 50));
          });
        }
      }
      return answerTo(controlId);
    },
  };
}
