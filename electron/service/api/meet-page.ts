import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { WebSocket } from 'ws';
import {
  answerSchema,
  helloSchema,
  provenText,
  tooManyPagesCode,
  unknownPageCode,
  type Nonces,
} from '../../../shared/boot/page-handshake.ts';
import type { Clock } from '../platform/platform.ts';

/** What opens the room to a page in a browser. */
export interface PageKeys {
  /** Kept by every page that was let in; it does not change. */
  readonly secret: string;
  /** Of the address with which the browser is opened: the list of processes and the browser's history show it. Good once. */
  code: string | null;
}

interface Meeting {
  readonly keys: PageKeys;
  /** The computer's own: a demo's may run faster. */
  readonly clock: Pick<Clock, 'after'>;
  /** No page more is let in. */
  readonly isFull: () => boolean;
}

/** Whoever connected says nothing, or not enough. */
const meetMsMax = 5000;

/**
 * The room's side of the handshake (`page-handshake.ts`). Resolves to whether the page is one of this room's; then it has
 * been told so, and what it says next is a call. Otherwise the socket is closed.
 */
export async function meetPage(socket: WebSocket, { keys, clock, isFull }: Meeting): Promise<boolean> {
  const cancelLate = clock.after(meetMsMax, () => socket.terminate());
  try {
    const hello = helloSchema.parse(await nextMessage(socket));
    const key = hello.kind === 'secret' ? keys.secret : keys.code;
    if (key === null) return refuse(socket);
    const nonces = { page: hello.nonce, room: randomBytes(32).toString('base64url') };
    const answered = nextMessage(socket);
    socket.send(JSON.stringify({ nonce: nonces.room, proof: proofOf('room', key, nonces) }));
    const { proof } = answerSchema.parse(await answered);
    if (!isSame(proof, proofOf('page', key, nonces))) return refuse(socket);
    // Another page may have come with the code while this one answered.
    if (hello.kind === 'code' && keys.code !== key) return refuse(socket);
    if (isFull()) return refuse(socket, tooManyPagesCode);
    if (hello.kind === 'code') keys.code = null;
    socket.send(JSON.stringify({ welcome: true, ...(hello.kind === 'code' ? { secret: keys.secret } : {}) }));
    return true;
  } catch {
    return refuse(socket);
  } finally {
    cancelLate();
  }
}

function proofOf(side: 'page' | 'room', key: string, nonces: Nonces): string {
  return createHmac('sha256', key).update(provenText(side, nonces)).digest('base64url');
}

function refuse(socket: WebSocket, code = unknownPageCode): false {
  socket.close(code);
  return false;
}

function nextMessage(socket: WebSocket): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket.once('message', (data: Buffer) => {
      try {
        resolve(JSON.parse(data.toString()));
      } catch (error) {
        reject(error as Error);
      }
    });
    socket.once('close', () => reject(new Error('the page left before it was known')));
  });
}

/** In constant time, whatever the lengths. */
function isSame(offered: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(offered), digest(expected));
}
