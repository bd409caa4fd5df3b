import { isolated } from '../../shared/values/isolated.ts';

/** Words of the field in which a second person signs. */
export const secondPersonText = {
  choose: 'Second person',
  hint: 'They choose their name and type their own PIN here. You stay signed in.',
  nobody:
    'Nobody else here may sign for this. Add somebody first: home screen, “This workstation”. Who may be the second person is chosen there, too.',
  pinOf: (name: string) => `PIN of ${isolated(name)}`,
  waitsPerson: 'second person: choose a name',
  waitsPin: (name: string) => `${isolated(name)}: type your PIN`,
  okName: 'OK, sign as the second person',
} as const;
