import { z } from 'zod';

/**
 * How a page in a browser and the room service come to know each other over a new WebSocket, without either saying what
 * both know: whoever listens at the room's address while it is stopped, or connects to it, learns nothing by it.
 *
 *     page: its nonce, and which key it has ─► room: its nonce, and its proof ─► page: its proof ─► room: welcome
 *
 * A nonce is 32 random bytes, a proof HMAC-SHA256 under the key over whose it is and both nonces, so that neither is good for
 * another connection; both in base64url.
 */
const nonce = z.string().regex(/^[\w-]{43}$/);
const proof = z.string().regex(/^[\w-]{43}$/);

/** `code`: the one of the address with which a browser was opened; it is good for one page. */
export const pageKeyKinds = ['secret', 'code'] as const;
export interface PageKey {
  readonly kind: (typeof pageKeyKinds)[number];
  readonly value: string;
}

export const helloSchema = z.object({ nonce, kind: z.enum(pageKeyKinds) });
export const challengeSchema = z.object({ nonce, proof });
export const answerSchema = z.object({ proof });
/** `secret`: for a page that came with a code. */
export const welcomeSchema = z.object({ welcome: z.literal(true), secret: z.string().min(1).max(200).optional() });

/** With what a connection is closed whose other end did not prove itself: private use, as WebSocket has it. */
export const unknownPageCode = 4401;
/** As many pages are open as there may be. */
export const tooManyPagesCode = 4503;

export interface Nonces {
  readonly page: string;
  readonly room: string;
}

/** What a proof is the HMAC of. */
export function provenText(side: 'page' | 'room', { page, room }: Nonces): string {
  return `vigil-page-1 ${side} ${page} ${room}`;
}
