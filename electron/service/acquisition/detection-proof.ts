/** How a protocol's frames prove that it is this protocol. */
export interface Proof {
  /** So many frames heard without asking leave no doubt. */
  readonly frames: number;
  /** The weakest thing that its frames are checked by: what chance has to beat. */
  readonly check: 'crc' | 'sum' | 'text' | 'none';
  /**
   * So many frames after a port was opened before a value of them is believed: one where a frame cannot be chance,
   * more where nothing but the places of a few bits says that it is one.
   */
  readonly framesToTrust: number;
}

const proofs: Readonly<Record<string, Proof>> = {
  'masimo-ascii1': { frames: 2, check: 'text', framesToTrust: 1 },
  'nellcor-n560': { frames: 2, check: 'text', framesToTrust: 1 },
  // Ten good sums of five bytes in a row: chance 2^-80, before any other bit is looked at.
  'nonin-df2': { frames: 10, check: 'sum', framesToTrust: 1 },
  'nonin-df7': { frames: 10, check: 'sum', framesToTrust: 1 },
  // Four bytes a second and no check at all.
  'nonin-df8': { frames: 6, check: 'none', framesToTrust: 3 },
  'nonin-ascii': { frames: 2, check: 'text', framesToTrust: 1 },
  dinamap: { frames: 2, check: 'sum', framesToTrust: 1 },
  // An exclusive or of one byte: one frame in 256 is chance.
  capnostream: { frames: 5, check: 'sum', framesToTrust: 1 },
  intellivue: { frames: 2, check: 'crc', framesToTrust: 1 },
  'datex-dri': { frames: 2, check: 'sum', framesToTrust: 1 },
  'hl7-oru': { frames: 1, check: 'text', framesToTrust: 1 },
};

const cautious: Proof = { frames: 3, check: 'sum', framesToTrust: 1 };

/** A protocol that the table does not name has to bring three frames. */
export function proofOf(protocol: string): Proof {
  return proofs[protocol] ?? cautious;
}
