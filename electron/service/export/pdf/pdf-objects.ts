import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** The objects of a PDF file, in order, and the file of them. */
export class PdfObjects {
  readonly #objects: Buffer[] = [];

  /** A number for an object that is written later. */
  reserve(): number {
    return this.#objects.push(Buffer.alloc(0));
  }

  set(id: number, text: string): void {
    this.#objects[id - 1] = Buffer.from(text, 'latin1');
  }

  add(text: string): number {
    return this.#objects.push(Buffer.from(text, 'latin1'));
  }

  /** @param entries further entries of the stream's dictionary */
  addStream(entries: string, data: Uint8Array): number {
    const packed = deflateSync(data, { level: 9 });
    const head = `<< ${entries} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`;
    return this.#objects.push(Buffer.concat([Buffer.from(head, 'latin1'), packed, Buffer.from('\nendstream', 'latin1')]));
  }

  file(catalog: number, info: number): Uint8Array {
    const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1')];
    const offsets: number[] = [];
    let offset = parts[0]?.length ?? 0;
    const hash = createHash('sha256');
    for (const [index, object] of this.#objects.entries()) {
      const whole = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`, 'latin1'), object, Buffer.from('\nendobj\n', 'latin1')]);
      hash.update(whole);
      offsets.push(offset);
      offset += whole.length;
      parts.push(whole);
    }
    const id = hash.digest('hex').slice(0, 32);
    const table = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
    const count = this.#objects.length + 1;
    const trailer = `trailer\n<< /Size ${count} /Root ${catalog} 0 R /Info ${info} 0 R /ID [<${id}> <${id}>] >>\nstartxref\n${offset}\n%%EOF\n`;
    parts.push(Buffer.from(`xref\n0 ${count}\n0000000000 65535 f \n${table}${trailer}`, 'latin1'));
    return new Uint8Array(Buffer.concat(parts));
  }
}

/** A number as PDF writes it: no exponent, no more places than matter. */
export function number(value: number, decimals = 2): string {
  const fixed = value.toFixed(decimals);
  const text = fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  return text === '-0' ? '0' : text;
}

/** A text string of any script: UTF-16, as hexadecimal. */
export function pdfText(text: string): string {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, '0'));
  return `<feff${units.join('')}>`;
}
