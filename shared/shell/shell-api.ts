/**
 * The few things only a desktop shell can do, as the page sees them (`window.vigilShell`); in a browser it is
 * not there and the page hides what needs it.
 */
export interface ShellApi {
  readonly kind: 'desktop';
  /** Asks for a port to the room service; called again after `roomLost`. */
  requestRoomPort(): Promise<void>;
  /** A fresh port arrives by `window.postMessage({ vigil: 'room-port' }, …, [port])`. */
  onRoomLost(task: (why: string) => void): () => void;
  /** Why the room service could not start, if it could not. */
  onRoomRefused(task: (refusal: { readonly code: string; readonly message: string }) => void): () => void;
  setKiosk(on: boolean): Promise<void>;
  print(): Promise<void>;
}

/** Message of the preload that hands the page its port. */
export const roomPortMessage = 'vigil:room-port';
