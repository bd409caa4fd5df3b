import type { LinkProtocol, LinkTally } from '../../electron/service/serial/link-protocol.ts';

/** What a link is tested with: every line `ok …` is a frame, every other line is discarded. */
export interface LineProtocol extends LinkProtocol {
  /** The frames that were passed on because the port was trusted. */
  readonly passed: readonly string[];
  readonly dropped: readonly string[];
  readonly answers: number;
}

export interface LineProtocolOptions {
  readonly transmits?: boolean;
  readonly quietMs?: number;
  readonly profiles?: number;
  /** What is written last before the port is closed. */
  readonly closingBytes?: () => Uint8Array | null;
}

export function createLineProtocol(options: LineProtocolOptions = {}): LineProtocol {
  const passed: string[] = [];
  const dropped: string[] = [];
  let answers = 0;
  const settings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
  const others = Array.from({ length: (options.profiles ?? 1) - 1 }, (_, index) => ({ ...settings, baudRate: 19200 * (index + 1) }));

  function openStream(): ReturnType<LinkProtocol['openStream']> {
    let rest = '';
    let lines: string[] = [];
    let asked = 0;
    return {
      push: (chunk: Uint8Array, tally: LinkTally) => {
        rest += new TextDecoder().decode(chunk);
        if (rest.includes('throw')) throw new Error('a driver with a fault');
        const parts = rest.split('\n');
        rest = parts.pop() ?? '';
        for (const line of parts) {
          if (line.startsWith('ok')) {
            tally.frame(line.length + 1);
            lines.push(line);
          } else tally.discarded(line.length + 1, 'noise');
        }
      },
      end: (tally) => tally.discarded(rest.length, 'truncated'),
      release: (trusted) => {
        (trusted ? passed : dropped).push(...lines);
        lines = [];
      },
      request: (monoMs) => {
        if (monoMs - asked < 1000) return null;
        asked = monoMs;
        return new TextEncoder().encode('ask\n');
      },
      answered: () => {
        answers += 1;
      },
      ...(options.closingBytes === undefined ? {} : { closingBytes: options.closingBytes }),
    };
  }

  return {
    quietMs: options.quietMs ?? 3000,
    portProfiles: [settings, ...others],
    transmits: options.transmits ?? false,
    openStream,
    passed,
    dropped,
    get answers() {
      return answers;
    },
  };
}
