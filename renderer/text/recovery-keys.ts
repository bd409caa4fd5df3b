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
} as const;
