/** Words of a session whose patient is at home. */
export const remoteText = {
  name: 'Where the patient is, and whom to call',
  address: 'Address',
  callBack: 'Call back',
  emergency: 'Emergency contact',
  sitter: 'Sitter',
  video: 'Video',
  on: 'on',
  off: 'off',
  none: 'Remote session: no address and no contacts are recorded.',
  noMonitor: 'no monitor: remote session',
  noMonitorShort: 'remote',
  link: 'Remote session',
  linkWords: 'not on the room’s monitors',
} as const;
