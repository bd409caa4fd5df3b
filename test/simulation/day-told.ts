export interface Acknowledged {
  readonly commandId: string;
  readonly eventIds: readonly string[];
}

/** What the day leads to, beside its files. */
export interface DayTold {
  readonly acknowledged: Acknowledged[];
  /** Ids of commands that were refused: nothing of them may be in the record. */
  readonly refused: string[];
  /** Typed on the private side and never moved across. */
  readonly privateWords: string[];
  /** How often each kind of refusal or hazard happened. */
  readonly counts: Map<string, number>;
  sessions: number;
  simulatedMs: number;
}
