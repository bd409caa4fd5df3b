/**
 * The few things only a desktop shell can do, as the page sees them (`window.vigilShell`); in a browser it is
 * not there and the page hides what needs it.
 */
export interface ShellApi {
  readonly kind: 'desktop';
  /** Asks for a port to the room service, which arrives as `roomPortMessage`; asked again after `onRoomLost`. */
  requestRoomPort(): Promise<void>;
  /** The service ended by itself and is being started again; what the page knew of it no longer holds. */
  onRoomLost(task: (why: string) => void): () => void;
  /** Why the room service could not start, if it could not. */
  onRoomRefused(task: (refusal: { readonly code: string; readonly message: string }) => void): () => void;
  /** Whether the window fills the screen and cannot be closed, as it was started; until somebody of clinic IT has left the kiosk. */
  isKiosk(): Promise<boolean>;
  print(): Promise<void>;
}

/** The window message by which the preload hands the page its port. */
export const roomPortMessage = 'vigil:room-port';
