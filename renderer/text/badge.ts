import { isolated } from '../../shared/values/isolated.ts';

/** Words of a badge that is read at the sign-in. */
export const badgeText = {
  reading: 'Reading the badge…',
  read: (name: string) => `Badge of ${isolated(name)}. Now the PIN.`,
  notForThis: (name: string) => `This is the badge of ${isolated(name)}, who cannot sign in here for this. Tap a name.`,
  orBadge: 'Tap your name, or read your badge.',
} as const;
