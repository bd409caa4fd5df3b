import { isolated } from '../../shared/values/isolated.ts';

/** Words of the form in which somebody chooses another PIN of their own. */
export const ownPinText = {
  open: 'Change my PIN…',
  title: (name: string) => `Change the PIN of ${isolated(name)}`,
  words:
    'You stay signed in here; at other pages you sign in again. Private notes that open with your PIN now open with the new one from then on.',
  fields: { pin: 'The PIN that you have', newPin: 'Your new PIN', again: 'The same new PIN again' },
  pad: 'PIN',
  hint: '6 to 12 digits',
  differs: 'The two are not the same.',
  waitsPin: 'the PIN that you have',
  waitsNew: 'a new PIN of 6 to 12 digits',
  waitsOther: 'another PIN than the one you have',
  waitsAgain: 'the same new PIN twice',
  notes: 'Your private notes',
  withPhrase: 'Take them along: type the phrase',
  leave: 'Leave them sealed as they are',
  leaveWords:
    'They then open with neither PIN, and you can begin new ones. They open again with the PIN that you have now, if you choose it once more or type it as the PIN of then.',
  phrase: 'The phrase of your private notes',
  waitsPhrase: 'the phrase of your private notes',
  record: 'Change my PIN',
  saving: 'saving…',
  back: 'Back',
  done: 'Your PIN is changed. From now on you sign in with the new one.',
} as const;
