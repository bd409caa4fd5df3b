/** Words of a workstation whose window cannot be closed. */
export const kioskText = {
  name: 'Kiosk',
  state: 'the window cannot be closed',
  words:
    'No file is saved here. Clinic IT leaves the kiosk with their PIN: then the window can be closed and files are saved, until Vigil is started again.',
  open: 'Leave the kiosk…',
  pin: 'Your PIN, to leave the kiosk',
  ok: 'OK, leave the kiosk',
  savesNothing:
    'Not saved: this workstation is a kiosk, where no file is saved. Print it, save it at another workstation, or let clinic IT leave the kiosk (Home, “Kiosk”).',
} as const;
