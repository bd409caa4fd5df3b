import type { SessionEvent, SessionEventKind } from './session-event.ts';

const wordCorrectionKinds = ['gift-corrected', 'vitals-corrected', 'volume-left-corrected'] as const satisfies readonly SessionEventKind[];

/** What puts other figures in the place of those that an entry has. */
export type WordCorrection = Extract<SessionEvent, { kind: (typeof wordCorrectionKinds)[number] }>;

export function isWordCorrection(event: SessionEvent): event is WordCorrection {
  return (wordCorrectionKinds as readonly SessionEventKind[]).includes(event.kind);
}
