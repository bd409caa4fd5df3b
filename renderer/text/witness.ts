/** Words of the field in which a second person signs. */
export const witnessText = {
  choose: 'Second person',
  hint: 'They choose their name and type their own PIN here. You stay signed in.',
  nobody: 'Nobody else can sign in here. Add a second person first: home screen, “This workstation”.',
  pinOf: (name: string) => `PIN of ${name}`,
  waitsPerson: 'second person: choose a name',
  waitsPin: (name: string) => `${name}: type your PIN`,
  okName: 'OK, sign as the second person',
  checking: 'checking the PIN…',
} as const;
