const fieldsMax = 20;

/** The fields of one segment, without a copy: split again for each. */
export class SegmentFields {
  /** Where the fields of the present segment begin, and one past its end; a field ends before the next begins. */
  readonly #fields = new Int32Array(fieldsMax + 2);

  split(bytes: Uint8Array, start: number, end: number, separator: number): void {
    const fields = this.#fields;
    let count = 0;
    fields[count++] = start;
    for (let at = start; at < end && count <= fieldsMax; at++) {
      if (bytes[at] === separator) fields[count++] = at + 1;
    }
    // Missing fields are empty.
    fields.fill(end + 1, count);
  }

  from(field: number): number {
    return Math.min(this.#fields[field] as number, this.to(field));
  }

  to(field: number): number {
    return (this.#fields[field + 1] as number) - 1;
  }

  isEmpty(field: number): boolean {
    return this.to(field) <= this.from(field);
  }

  /** The beginning of a field, one character a byte. */
  text(bytes: Uint8Array, field: number): string {
    return String.fromCharCode(...bytes.subarray(this.from(field), Math.min(this.to(field), this.from(field) + 64)));
  }
}
