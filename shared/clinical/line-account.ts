/**
 * Why bytes of a monitor's line came to nothing: five reasons that a driver gives (`electron/service/drivers/driver.ts`),
 * frames that nothing proves to be this monitor's, and what a driver that failed had not read yet.
 */
export const discardReasons = ['noise', 'checksum', 'truncated', 'too-long', 'malformed', 'unproven', 'driver-fault'] as const;
export type DiscardReason = (typeof discardReasons)[number];

/** Why something that arrived whole gave no value. */
export const unreadReasons = [
  'heading',
  'past-values',
  'conversation',
  'no-values',
  'no-results',
  'not-final',
  'not-a-number',
  'typed-in',
  'repeated',
  'cuff-running',
  'temperature-running',
  'not-sound',
  'malformed',
] as const;
export type UnreadReason = (typeof unreadReasons)[number];
