import { challengeSchema, provenText, welcomeSchema, type Nonces, type PageKey } from '../../shared/boot/page-handshake.ts';

/** The other end does not have the page's key: it is not the room that this page belongs to, and was told nothing. */
export class StrangeRoomError extends Error {
  override readonly name = 'StrangeRoomError';
}

/** The room closed the socket, and this is with what. */
export class NotLetInError extends Error {
  override readonly name = 'NotLetInError';
  readonly closeCode: number;
  constructor(closeCode: number) {
    super(`The room service closed the connection (${closeCode}).`);
    this.closeCode = closeCode;
  }
}

type Socket = Pick<WebSocket, 'send' | 'addEventListener' | 'removeEventListener'>;

/**
 * The page's side of the handshake (`page-handshake.ts`), over a socket that is open. Resolves to the secret that a page
 * with a code is given; null for one that has it. Rejects with `NotLetInError` or `StrangeRoomError`.
 */
export async function introducePage(socket: Socket, { kind, value }: PageKey): Promise<string | null> {
  const page = base64Url(crypto.getRandomValues(new Uint8Array(32)));
  const challenge = nextMessage(socket);
  socket.send(JSON.stringify({ nonce: page, kind }));
  const { nonce: room, proof } = challengeSchema.parse(await challenge);
  const nonces = { page, room };
  // Listened for from here on, so that a close while the proofs are worked out is heard; it is told below.
  const welcome = nextMessage(socket);
  welcome.catch(() => undefined);
  if (proof !== (await proofOf('room', value, nonces))) throw new StrangeRoomError('What answered does not have the key of this room.');
  socket.send(JSON.stringify({ proof: await proofOf('page', value, nonces) }));
  return welcomeSchema.parse(await welcome).secret ?? null;
}

async function proofOf(side: 'page' | 'room', key: string, nonces: Nonces): Promise<string> {
  const bytes = new TextEncoder();
  const hmacKey = await crypto.subtle.importKey('raw', bytes.encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return base64Url(new Uint8Array(await crypto.subtle.sign('HMAC', hmacKey, bytes.encode(provenText(side, nonces)))));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function nextMessage(socket: Socket): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      socket.removeEventListener('message', take);
      socket.removeEventListener('close', closed);
    };
    const take = (event: MessageEvent): void => {
      end();
      try {
        resolve(JSON.parse(String(event.data)));
      } catch (error) {
        reject(error as Error);
      }
    };
    const closed = (event: CloseEvent): void => {
      end();
      reject(new NotLetInError(event.code));
    };
    socket.addEventListener('message', take);
    socket.addEventListener('close', closed);
  });
}
