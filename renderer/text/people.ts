import { isolated } from '../../shared/values/isolated.ts';

/** Words of the sheet of the room's people. */
export const peopleText = {
  title: 'People',
  words: 'Who can sign in at this workstation. What somebody recorded keeps their name, whatever is changed here.',
  count: (count: number) => `${count} ${count === 1 ? 'person' : 'people'} can sign in here`,
  present: 'signed in now',
  lockedOut: 'locked out after wrong PINs',
  since: (day: string) => `since ${day}`,
  change: 'Change…',
  changeOf: (name: string) => `Change ${isolated(name)}`,
  left: 'Access ended',
  leftLine: (day: string, by: string | null) => (by === null ? `ended ${day}` : `ended ${day} by ${isolated(by)}`),
  again: 'Give access again…',
  againOf: (name: string) => `Give access again to ${isolated(name)}`,
  add: 'Add a person',
  firstPinHint: '6 to 12 digits; they choose their own when they sign in',
  waits: {
    personName: 'type the name',
    role: 'choose a role',
    pin: 'PIN of 6 to 12 digits',
    pinAgain: 'the same PIN twice',
  },
  back: 'Back',
  close: 'Close',
  saving: 'saving…',
  reading: 'reading…',
  confirms: 'Who confirms it',
  signInFirst: 'Sign in first: whoever adds or changes a person is kept with the record.',
  signIn: 'Sign in',
  notFor: (role: string) =>
    `A nurse, a prescriber or clinic IT adds and changes people, and whoever set this room up. You are signed in as ${role}.`,
  signInOther: 'Sign in as somebody else',
  acts: {
    unlock: 'End their lockout',
    unlockWords: 'For somebody who mistyped their PIN.',
    change: 'Another name or role',
    changeWords: 'From now on; what they recorded keeps the name and role of then.',
    newPin: 'Give a new first PIN',
    newPinWords: 'For somebody who has lost theirs.',
    end: 'End their access',
    endWords: 'For somebody who works here no more.',
  },
  adding: {
    words:
      'Type a first PIN and tell it to them. It opens one thing: when they sign in with it, they choose their own, which nobody else knows.',
    name: 'Name',
    role: 'Role',
    record: 'Add this person',
    done: (name: string) => `${isolated(name)} can sign in now, and chooses a PIN of their own then.`,
  },
  newPin: {
    title: (name: string) => `New PIN for ${isolated(name)}`,
    words:
      'For somebody who has lost their PIN; two people give it, one of them a prescriber or IT where there is one. The old PIN no longer works, they are signed out, and a lockout ends. When they sign in with this one they choose their own. Private notes that they have stay sealed with the PIN that was lost: with another they can read none of them and write no new ones.',
    record: 'Give this PIN',
    done: (name: string) => `${isolated(name)} signs in with the new PIN, and chooses their own.`,
  },
  changing: {
    title: (name: string) => `Change ${isolated(name)}`,
    words:
      'From now on. What they recorded before keeps the name and the role that they had, in records and in print. Where they are signed in, they stay so, and may do what the new role may.',
    waitsChange: 'another name or role',
    record: 'Change it from now on',
    done: (name: string) => `${isolated(name)} is changed, from now on.`,
  },
  unlock: {
    title: (name: string) => `End the lockout of ${isolated(name)}`,
    words: 'They can try their PIN again at once. Do it for somebody who is here with you: the lockout is what keeps others from guessing.',
    record: 'End their lockout',
    done: (name: string) => `${isolated(name)} can try their PIN again.`,
  },
  end: {
    title: (name: string) => `End the access of ${isolated(name)}`,
    words:
      'From now on they cannot sign in or stand by, and they are signed out at every page at once. What they recorded stays, with their name. Their private notes stay sealed. Access can be given again.',
    reason: 'Why (may stay empty)',
    reasonHint: 'kept in the log of this room',
    waitsReason: 'a reason in words, or none',
    record: 'End their access',
    done: (name: string) => `${isolated(name)} can no longer sign in here.`,
  },
  give: {
    title: (name: string) => `Give ${isolated(name)} access again`,
    words: 'From now on they sign in again, in the role that they had, with the PIN that they had.',
    record: 'Give access again',
    done: (name: string) => `${isolated(name)} can sign in here again.`,
  },
} as const;
