/** Words of fields and pads that several screens use. */
export const fieldText = {
  noAnswer: 'The room service did not answer, not even when asked again. Look whether it was recorded before you try once more.',
  failed: 'The room service failed at this; why stands in its log. Look whether it was recorded before you try once more.',
  notRead: 'This could not be read.',
  reading: 'reading…',
  again: 'Try again',
  reason: 'Reason',
  inWords: 'Write it in words.',
  tooLong: (length: number, lengthMax: number) =>
    `${String(length)} characters, ${String(lengthMax)} fit: take out ${String(length - lengthMax)}. Nothing is recorded or cut until then.`,
  waitsToFit: 'waits: what is typed is too long',
  saving: 'saving…',
  noSession: 'There is no session in this room.',
  pinPad: 'PIN pad',
  numberPad: (label: string) => `${label}: number pad`,
  erase: 'Erase the last digit',
  less: (label: string, step: number) => `−${step}, ${label}`,
  more: (label: string, step: number) => `+${step}, ${label}`,
} as const;
