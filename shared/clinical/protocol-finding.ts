/** What is wrong in a protocol, and where: the path is that of the data, `protocol-words.ts` makes words of it. */
export interface Contradiction {
  readonly path: readonly (string | number)[];
  /** Begins small: it stands after the words of its place. */
  readonly message: string;
}
