import { isolated } from '../../shared/values/isolated.ts';

/** Words of the recovery keys, at set-up and later. */
export const recoveryKeyText = {
  keyLabel: 'The recovery key, in six groups',
  group: (number: number) => `Group ${number}`,
  print: 'Print it',
  toTyping: 'I have it on paper',
  typing: 'Type it back',
  typingWords:
    'From the paper, so that a slip of the pen or an empty cartridge is noticed now. Small letters will do; O counts as 0, I and L as 1.',
  toPaper: 'Show the key again',
  waits: 'type the three groups',
  checking: 'checking…',
  page: {
    title: (room: string) => `Vigil recovery key · ${isolated(room)}`,
    place: (name: string) => `Kept: ${isolated(name)}`,
    lines: [
      'Whoever holds this sheet and the data folder of the room, or a backup of it, reads the whole record. Private notes stay sealed.',
      'Put it into an envelope, seal it, and sign across the flap. Keep it away from the computer, and do not photograph it.',
      'When the computer or its key is lost: “vigil restore” makes the room again from a backup, “vigil recover-key” makes the key file of a data folder again. Both ask for these six groups.',
    ],
    seal: 'Sealed on ____________________   by ______________________________   signature ______________________________',
  },
  home: {
    name: 'Recovery keys',
    state: 'on paper',
    words: 'They open the records when this computer or its own key is lost.',
    open: 'Open the recovery keys',
  },
  sheet: {
    title: 'Recovery keys',
    words:
      'Each of these opens the room and its backups by itself: the whole record, though no private note. Keep them apart, away from this computer, for example one with somebody outside the clinic.',
    signInFirst: 'Sign in to see which recovery keys there are.',
    notFor: (role: string) => `The recovery keys are kept by a nurse, a prescriber or IT, and not by ${role}.`,
    signIn: 'Sign in',
    reading: 'reading the list…',
    close: 'Close',
    none: 'There is none: if this computer or its key is lost, the records are lost.',
    nameOf: (name: string | null) => name ?? 'The key of the set-up',
    made: (day: string | null, by: string | null) =>
      `made${day === null ? ' at a time that the record does not tell' : ` ${day}`}${by === null ? '' : ` by ${isolated(by)}`}`,
    typedBack: 'typed back from the paper',
    notTypedBack: 'nobody has typed it back: is the paper there?',
    leftOut: (day: string) => `opens only backups from before ${day}, when the room was put under another key: keep it as long as those`,
    another: 'Make another key',
    anotherWords: 'It is shown once, and typed back from the paper. Until then everything stays as it is.',
    name: 'Where it will lie, or with whom',
    nameHint: 'for example “safe of the clinic”; it stands in the list and in the record',
    waitsName: 'say where it will lie',
    show: 'Show the key',
    paper: (name: string) => `Recovery key: ${isolated(name)}`,
    paperWords: 'It is shown once. Print it or write it down, with its numbers, and do not photograph it. It opens nothing yet.',
    leave: 'Leave it',
    left: 'Left: this key opens nothing. Destroy its paper.',
    typing: (name: string) => `Type back: ${isolated(name)}`,
    keep: 'Keep this key',
    added: (name: string) => `${isolated(name)} opens the room from now on, and every backup from now on.`,
    remove: 'Take away',
    removeOf: (name: string) => `Take away: ${isolated(name)}`,
    removeWords:
      'From now on it opens neither this room nor its new backups. Backups and copies of the folder from before it still opens: destroy the paper, and those too if somebody has it who should not.',
    removed: (name: string) => `${isolated(name)} was taken away.`,
  },
} as const;
