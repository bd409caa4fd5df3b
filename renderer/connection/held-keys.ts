import type { PageKey } from '../../shared/boot/page-handshake.ts';

/** The keys of a page in a browser: that of its address, and the secret that it was let in with before. */
export interface HeldKeys {
  /** To try now; null where there is none. */
  next(): PageKey | null;
  /** The room knows the page by this key, and gave the secret for a code. */
  met(key: PageKey, secret: string | null): void;
  /** The room does not know it, or does not have it. */
  refused(key: PageKey): void;
}

const secretKey = 'vigil.token';

/**
 * @param storage outlives the window: a browser that is started again finds its way back by the secret, as the room's own
 *   folder holds it. Only one that let the page in is kept there: any page of the web may open an address of this room.
 */
export function heldKeys(storage: Pick<Storage, 'getItem' | 'setItem'>, given: PageKey | null): HeldKeys {
  let untried = given;
  return {
    next: () => {
      const value = storage.getItem(secretKey);
      return untried ?? (value === null ? null : { kind: 'secret', value });
    },
    met: (key, secret) => {
      if (key === untried) untried = null;
      storage.setItem(secretKey, secret ?? key.value);
    },
    refused: (key) => {
      // Used already, by this browser perhaps, which has the secret then.
      if (key === untried) untried = null;
    },
  };
}
