/** A length of one byte, what it counts, and the checksum. */
const messageMaxBytes = 1 + 0xff + 1;

/** Where the payload begins. */
export const payloadAt = 2;

/**
 * One message without its escapes: length, code, payload, checksum. Nearly all are sent without any, and are read where they stand in the
 * scanned bytes. The same object serves every message: what it says holds until the next is scanned.
 */
export class Message {
  readonly #unescaped = new Uint8Array(messageMaxBytes);
  #bytes: Uint8Array = this.#unescaped;
  #start = 0;

  /** As it was sent, from its length on. */
  stand(bytes: Uint8Array, start: number): void {
    this.#bytes = bytes;
    this.#start = start;
  }

  /** To be put together byte by byte. */
  begin(): void {
    this.stand(this.#unescaped, 0);
  }

  put(offset: number, byte: number): void {
    this.#unescaped[offset] = byte;
  }

  at(offset: number): number {
    return this.#bytes[this.#start + offset] as number;
  }

  get code(): number {
    return this.at(1);
  }

  get payloadBytes(): number {
    return this.at(0) - 1;
  }
}
