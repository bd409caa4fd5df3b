import type { LinkProtocol, LinkStream, LinkTally } from './link-protocol.ts';
import { StrayBytes } from './stray-bytes.ts';

interface OneLine {
  stream: LinkStream;
  readonly stray: StrayBytes;
}

/** The streams of one opening of a port: that of a cable (line 0), or one for each sender that calls. */
export class LinkLines {
  readonly #protocol: LinkProtocol;
  readonly #lines = new Map<number, OneLine>();
  readonly #senders = new Map<number, string>();

  constructor(protocol: LinkProtocol) {
    this.#protocol = protocol;
  }

  /** Of a cable there is one from the beginning: the conversation is its. */
  of(line: number): LinkStream {
    return this.#line(line).stream;
  }

  get all(): readonly LinkStream[] {
    return [...this.#lines.values()].map(({ stream }) => stream);
  }

  /** Another sender has this line now, or the driver failed and a new one is made for the sender. */
  renew(line: number, sender = this.#senders.get(line) ?? ''): void {
    this.#senders.set(line, sender);
    this.#lines.delete(line);
  }

  /** What its sender began and did not end is nothing. */
  end(line: number, tally: LinkTally): void {
    this.#lines.get(line)?.stream.end(tally);
  }

  heard(line: number, chunk: Uint8Array, frames: number, monoMs: number): void {
    this.#line(line).stray.heard(chunk, frames, monoMs);
  }

  /** Senders that send what is no message, with why. A cable has nobody to end. */
  faults(monoMs: number): readonly { readonly line: number; readonly why: string }[] {
    return [...this.#lines].flatMap(([line, { stray }]) => {
      const why = line === 0 ? null : stray.fault(monoMs);
      return why === null ? [] : [{ line, why }];
    });
  }

  #line(line: number): OneLine {
    let found = this.#lines.get(line);
    if (found === undefined) {
      found = { stream: this.#protocol.openStream(this.#senders.get(line) ?? ''), stray: new StrayBytes() };
      this.#lines.set(line, found);
    }
    return found;
  }
}
