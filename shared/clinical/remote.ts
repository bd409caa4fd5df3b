import type { Protocol } from './protocol.ts';

/** Whether the patient is at home and watched from afar: nothing in this room is at them, no monitor and no wristband. */
export function isWatchedFromAfar({ route }: Pick<Protocol, 'route'>): boolean {
  return route === 'sublingual';
}
