/** How the bytes beyond ASCII of a message are read: UTF-8 where MSH-18 says so, else one character a byte. */
export type Charset = 'utf-8' | 'latin1';

export function charsetOf(stated: string): Charset {
  return /utf-?8/i.test(stated) ? 'utf-8' : 'latin1';
}

const beyondAscii = 0x80;

/** Any bytes give text: what is no UTF-8 is read byte by byte, because the number beside it may be right. */
export function textIn(charset: Charset, bytes: Uint8Array): string {
  const plain = String.fromCharCode.apply(null, bytes as unknown as number[]);
  if (charset === 'latin1' || !bytes.some((byte) => byte >= beyondAscii)) return plain;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return plain;
  }
}
