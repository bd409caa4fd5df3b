/** Why a monitor gave nothing for a while: its line, or the sleep of the computer. As the event of the loss keeps it. */
export const lossCauses = ['cable-out', 'silent', 'port-busy', 'port-forbidden', 'wrong-device', 'sleep'] as const;
export type LossCause = (typeof lossCauses)[number];

/** Why Vigil itself recorded nothing for a while. */
export const pauseCauses = ['restart', 'storage', 'restored', 'salvaged'] as const;
export type PauseCause = (typeof pauseCauses)[number];

export const gapCauses = [...lossCauses, ...pauseCauses] as const;
export type GapCause = LossCause | PauseCause;

/** What a person reads for it, on the screen and in print. */
export const gapCauseWords: Readonly<Record<GapCause, string>> = {
  'cable-out': 'cable out',
  silent: 'silent',
  'port-busy': 'port busy',
  'port-forbidden': 'port forbidden',
  'wrong-device': 'wrong device',
  sleep: 'the computer was asleep',
  restart: 'Vigil was not running',
  storage: 'nothing could be written',
  restored: 'not in the backup that the room was restored from',
  salvaged: 'not among what could be saved of a damaged file',
};
