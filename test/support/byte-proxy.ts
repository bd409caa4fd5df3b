import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What becomes of one connection. `afterBytes` counts in the direction that is named. */
export type LineFault =
  | { readonly is: 'none' | 'refuse' | 'slow' }
  /** Broken in both directions, when so many bytes went up or came down. */
  | { readonly is: 'cut-up' | 'cut-down'; readonly afterBytes: number }
  /** What goes up arrives; of what comes down nothing more does, and nothing is closed. */
  | { readonly is: 'swallow'; readonly afterBytes: number };

/** Between a client and a server on loopback: passes bytes, until the fault of the connection. */
export interface ByteProxy {
  readonly port: number;
  close(): Promise<void>;
}

const slowPieceBytes = 700;
const slowPieceMs = 4;

/** @param fault of the next connection */
export async function startByteProxy(serverPort: number, fault: () => LineFault): Promise<ByteProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const of = fault();
    if (of.is === 'refuse') return void client.destroy();
    const far = connect(serverPort, '127.0.0.1');
    for (const socket of [client, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      socket.setNoDelay(true);
    }
    client.on('close', () => far.destroy());
    far.on('close', () => client.destroy());
    const cut = (): void => {
      client.destroy();
      far.destroy();
    };
    pass(client, far, of.is === 'cut-up' ? of.afterBytes : Infinity, cut, of.is === 'slow');
    if (of.is === 'swallow') pass(far, client, of.afterBytes, () => undefined, false);
    else pass(far, client, of.is === 'cut-down' ? of.afterBytes : Infinity, cut, of.is === 'slow');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

function pass(from: Socket, to: Socket, bytesMax: number, atEnd: () => void, slowly: boolean): void {
  let left = bytesMax;
  from.on('data', (chunk: Buffer) => {
    const piece = chunk.subarray(0, Math.min(left, chunk.length));
    left -= chunk.length;
    if (slowly) void dribble(from, to, piece);
    else if (piece.length > 0) to.write(piece);
    if (left <= 0) atEnd();
    left = Math.max(0, left);
  });
}

async function dribble(from: Socket, to: Socket, bytes: Buffer): Promise<void> {
  from.pause();
  for (let at = 0; at < bytes.length && !to.destroyed; at += slowPieceBytes) {
    to.write(bytes.subarray(at, at + slowPieceBytes));
    await new Promise((resolve) => setTimeout(resolve, slowPieceMs));
  }
  from.resume();
}
