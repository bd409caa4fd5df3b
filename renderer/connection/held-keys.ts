import type { PageKey } from '../../shared/boot/page-handshake.ts';

/** The keys of a page in a browser: the code of its address, and the secret that it was given for one. */
export interface HeldKeys {
  /** To try now; null where there is none. */
  next(): PageKey | null;
  /** The room knows the page by this key, and gave the secret for a code. */
  met(key: PageKey, secret: string | null): void;
  /** The room does not know it. */
  refused(key: PageKey): void;
}

const secretKey = 'vigil.token';

/** @param storage outlives the window: a browser that is started again finds its way back by the secret, as the room's own folder holds it */
export function heldKeys(storage: Pick<Storage, 'getItem' | 'setItem'>, given: PageKey | null): HeldKeys {
  let code = given?.kind === 'code' ? given : null;
  if (given?.kind === 'secret') storage.setItem(secretKey, given.value);
  return {
    next: () => {
      const value = storage.getItem(secretKey);
      return code ?? (value === null ? null : { kind: 'secret', value });
    },
    met: (key, secret) => {
      if (key === code) code = null;
      if (secret !== null) storage.setItem(secretKey, secret);
    },
    refused: (key) => {
      // Used already, by this browser perhaps, which has the secret then.
      if (key === code) code = null;
    },
  };
}
