import type { ClientContext, ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import { tooManyPagesCode, unknownPageCode } from '../../shared/boot/page-handshake.ts';
import { roomPortMessage, type ShellApi } from '../../shared/shell/shell-api.ts';
import { notLetIn, type NotLetIn } from '../text/connection.ts';
import type { HeldKeys } from './held-keys.ts';
import { introducePage, NotLetInError, StrangeRoomError } from './introduce-page.ts';

/** One open way to the room service. */
export interface RoomTransport {
  readonly link: ClientLink<ClientContext>;
  /** Resolves, with why, when this transport has ended. A MessagePort may never say so. */
  readonly closed: Promise<string>;
  close(): void;
}

/** Opens a transport, or rejects with why not. */
export type OpenTransport = () => Promise<RoomTransport>;

const openMsMax = 5000;

/** The browser shell: a WebSocket to the server the page came from, once each has proved itself to the other. */
export function webSocketTransport(keys: HeldKeys): OpenTransport {
  return () => {
    const key = keys.next();
    if (key === null) return Promise.reject(notLetInFor('PAGE_UNKNOWN'));
    const socket = new WebSocket(`ws://${location.host}/room`);
    const closed = new Promise<string>((resolve) => socket.addEventListener('close', () => resolve('The room service has stopped.')));
    const opened = new Promise<void>((resolve) => socket.addEventListener('open', () => resolve()));
    const met = opened
      .then(() => introducePage(socket, key))
      .then((secret) => keys.met(key, secret))
      .catch((error: unknown) => {
        // The room does not have the code of an address from before its last start either.
        const isUnknown = error instanceof NotLetInError && error.closeCode === unknownPageCode;
        if (isUnknown || error instanceof StrangeRoomError) keys.refused(key);
        throw whyNotMet(error);
      });
    // The link takes whatever comes for an answer to a call, so that it is made once the handshake is over.
    return firstOf(met, closedBeforeOpen(socket), () => socket.close()).then(() => ({
      link: new WebSocketLink({ websocket: socket }),
      closed,
      close: () => socket.close(),
    }));
  };
}

/** Of a socket that opened, the handshake says why it ended. */
function closedBeforeOpen(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    const closed = (): void => resolve('The room service is not there.');
    socket.addEventListener('close', closed);
    socket.addEventListener('open', () => socket.removeEventListener('close', closed));
  });
}

/** What somebody can act on; everything else is tried again. */
function whyNotMet(error: unknown): unknown {
  if (error instanceof StrangeRoomError) return notLetInFor('ROOM_STRANGE');
  if (!(error instanceof NotLetInError)) return error;
  if (error.closeCode === unknownPageCode) return notLetInFor('PAGE_UNKNOWN');
  if (error.closeCode === tooManyPagesCode) return notLetInFor('PAGES_FULL');
  return error;
}

function notLetInFor(code: NotLetIn): RoomCannotRunError {
  return new RoomCannotRunError({ code, message: notLetIn[code].message });
}

/** The room service is there and cannot run; its message says what is wrong and what to do. */
export class RoomCannotRunError extends Error {
  override readonly name = 'RoomCannotRunError';
  readonly code: string;
  constructor({ code, message }: { readonly code: string; readonly message: string }) {
    super(message);
    this.code = code;
  }
}

/** The desktop shell: a port straight to the service's process, introduced by the main process. */
export function portTransport(shell: ShellApi): OpenTransport {
  return async () => {
    const port = await roomPort(shell);
    let end: (why: string) => void = () => undefined;
    const closed = new Promise<string>((resolve) => (end = resolve));
    const forget = shell.onRoomLost((why) => end(why));
    port.start();
    const close = (): void => {
      forget();
      port.close();
      end('closed by the page');
    };
    return { link: new PortLink({ port }), closed, close };
  };
}

/** Asks for a port and waits for it, also over a restart of the service. */
async function roomPort(shell: ShellApi): Promise<MessagePort> {
  let forget: () => void = () => undefined;
  const arrival = new Promise<MessagePort>((resolve, reject) => {
    const take = (event: MessageEvent): void => {
      const [port] = event.ports;
      if (event.source === window && event.data === roomPortMessage && port !== undefined) resolve(port);
    };
    window.addEventListener('message', take);
    const forgetRefusal = shell.onRoomRefused((refusal) => reject(new RoomCannotRunError(refusal)));
    forget = () => {
      window.removeEventListener('message', take);
      forgetRefusal();
    };
  });
  try {
    const [port] = await firstOf(Promise.all([arrival, shell.requestRoomPort()]), new Promise<string>(() => undefined), () => undefined);
    return port;
  } finally {
    forget();
  }
}

async function firstOf<T>(opened: Promise<T>, closed: Promise<string>, giveUp: () => void): Promise<T> {
  const late = new Promise<string>((resolve) => setTimeout(() => resolve('The room service did not answer.'), openMsMax));
  const failed = Promise.race([closed, late]).then((why) => Promise.reject(new Error(why)));
  try {
    return await Promise.race([opened, failed]);
  } catch (error) {
    giveUp();
    throw error;
  }
}
