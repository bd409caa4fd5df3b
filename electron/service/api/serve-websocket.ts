import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../platform/platform.ts';
import { openConnection, type CallContext, type RoomHost } from './call-context.ts';
import { meetPage, type PageKeys } from './meet-page.ts';
import { roomRouter } from './router.ts';

const messageBytesMax = 1024 * 1024;
const connectionsMax = 16;
/** Of those who have not proved yet that they are pages of this room; the one that came first makes way. */
const strangersMax = 16;

export interface WebSocketGate {
  /** The only `Host` values that are answered: a name that merely resolves here (DNS rebinding) is not one. */
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
  readonly keys: PageKeys;
  /** The computer's own. */
  readonly clock: Pick<Clock, 'after'>;
}

/** Serves pages over WebSocket on an existing loopback server. */
export function serveWebSocket(host: RoomHost, server: Server, gate: WebSocketGate): { close(): void } {
  const handler = new RPCHandler<CallContext>(roomRouter);
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: messageBytesMax });

  const strangers = new Set<WebSocket>();
  const admit = async (webSocket: WebSocket): Promise<void> => {
    const connection = openConnection('browser');
    webSocket.on('close', () => connection.close());
    webSocket.on('error', () => webSocket.terminate());
    strangers.add(webSocket);
    webSocket.on('close', () => strangers.delete(webSocket));
    const [first] = strangers;
    if (strangers.size > strangersMax) first?.terminate();
    const isFull = (): boolean => sockets.clients.size - strangers.size >= connectionsMax;
    if (!(await meetPage(webSocket, { ...gate, isFull }))) return;
    strangers.delete(webSocket);
    void handler.upgrade(webSocket, { context: { host, connection } });
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // An error of a connection that is being refused is ignored: it must not end the process.
    socket.on('error', () => socket.destroy());
    const refusal = refusalOf(request, gate);
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => void admit(webSocket));
  };
  server.on('upgrade', upgrade);

  return {
    close() {
      server.off('upgrade', upgrade);
      for (const webSocket of sockets.clients) webSocket.terminate();
      sockets.close();
    },
  };
}

/** Why this request may not become a connection, as an HTTP status line; null when it may. */
function refusalOf(request: IncomingMessage, gate: WebSocketGate): string | null {
  const { host, origin } = request.headers;
  if (host === undefined || !gate.hosts.has(host)) return '421 Misdirected Request';
  return origin === undefined || !gate.origins.has(origin) ? '403 Forbidden' : null;
}
