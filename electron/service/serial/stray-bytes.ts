/** So long after its first byte a sender must have sent one whole frame, and within so many bytes. */
export const strayMsMax = 10_000;
export const strayBytesMax = 524_288;
/** Line ends behind the last frame are no sign of anything. */
const strayBytesMin = 8;
const hintBytes = 16;

/** What one sender sent since its last frame. */
export class StrayBytes {
  #sinceMs: number | null = null;
  #bytes = 0;
  #first: number[] = [];

  heard(chunk: Uint8Array, frames: number, monoMs: number): void {
    if (frames > 0) {
      this.#sinceMs = null;
      this.#bytes = 0;
      this.#first = [];
      return;
    }
    this.#sinceMs ??= monoMs;
    this.#bytes += chunk.length;
    if (this.#first.length < hintBytes) this.#first.push(...chunk.subarray(0, hintBytes - this.#first.length));
  }

  /** Why the sender is to be ended; null while it may go on. */
  fault(monoMs: number): string | null {
    if (this.#sinceMs === null || this.#bytes < strayBytesMin) return null;
    const isLate = monoMs - this.#sinceMs >= strayMsMax;
    if (!isLate && this.#bytes < strayBytesMax) return null;
    return `${this.#bytes} bytes and no message among them${hintOf(this.#first)}`;
  }
}

/** What the bytes look like, where that tells what to set otherwise. */
function hintOf(first: readonly number[]): string {
  const text = String.fromCharCode(...first);
  if (first[0] === 0x16 && first[1] === 0x03) return ': they are encrypted (TLS); switch that off at the sender';
  if (/^(?:GET|POST|PUT|HEAD|OPTIONS) /.test(text)) return ': they are a request for a web page';
  if (/^(?:MSH|FHS|BHS)/.test(text)) return ': HL7 without the marks of its blocks (MLLP)';
  return '';
}
