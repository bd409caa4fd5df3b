import { demoPin } from '../../shared/boot/demo-pin.ts';

/** Words of the sign-in sheet. */
export const signInText = {
  title: 'Sign in',
  choose: 'Who is here?',
  nameFirst: 'Choose your name first, then type your PIN. What was typed so far is forgotten.',
  pinOf: (name: string) => `PIN of ${name}`,
  dots: (count: number) => `${count} ${count === 1 ? 'digit' : 'digits'} entered`,
  hint: '6 to 12 digits, then OK or Enter',
  ok: 'OK',
  okName: 'OK, sign in',
  checking: 'checking…',
  another: 'Another person',
  nobody: 'Nobody can sign in yet',
  nobodyWords: 'Set up this room first: that makes the first person.',
  setUp: 'Set up this room',
  present: 'signed in now',
  leave: (name: string) => `Sign out ${name}`,
  recordingGoesOn: 'Recording goes on, whoever is signed in.',
  close: 'Close',
  role: { nurse: 'nurse', therapist: 'therapist', prescriber: 'prescriber', it: 'clinic IT' },
  demoPin: `Demo: the PIN of everybody is ${demoPin}.`,
} as const;
