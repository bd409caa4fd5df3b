/** The calls between a page's preload and the desktop shell's main process; all of them. */
export const shellChannels = {
  requestRoomPort: 'vigil:request-room-port',
  roomPort: 'vigil:room-port',
  roomLost: 'vigil:room-lost',
  roomRefused: 'vigil:room-refused',
  isKiosk: 'vigil:is-kiosk',
  print: 'vigil:print',
} as const;
