/**
 * One step of the database's shape. Numbered in tens, so that a fix can be put between two of them before a
 * release; never edited after one (a test pins the hash of each). A new kind of event is a step too, even an
 * empty one: the number is what keeps an older Vigil from reading a log it does not understand.
 */
export interface Migration {
  readonly version: number;
  readonly name: string;
  /** Statements without BEGIN or COMMIT: all pending steps run in one transaction. */
  readonly sql: string;
}
