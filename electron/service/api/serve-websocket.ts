import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { openConnection, type CallContext, type RoomHost } from './call-context.ts';
import { roomRouter } from './router.ts';

const protocolPrefix = 'vigil.';
const messageBytesMax = 1024 * 1024;
const connectionsMax = 16;

export interface WebSocketGate {
  /** The only `Host` values that are answered: a name that merely resolves here (DNS rebinding) is not one. */
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
  /** The secret from the first URL; the page sends it as the WebSocket subprotocol, which is a header. */
  readonly token: string;
}

/** Serves pages over WebSocket on an existing loopback server. */
export function serveWebSocket(host: RoomHost, server: Server, gate: WebSocketGate): { close(): void } {
  const handler = new RPCHandler<CallContext>(roomRouter);
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: messageBytesMax });

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // An error of a connection that is being refused is ignored: it must not end the process.
    socket.on('error', () => socket.destroy());
    const refusal = sockets.clients.size >= connectionsMax ? '503 Service Unavailable' : refusalOf(request, gate);
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const connection = openConnection();
      webSocket.on('close', () => connection.close());
      webSocket.on('error', () => webSocket.terminate());
      void handler.upgrade(webSocket, { context: { host, connection } });
    });
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
  if (origin === undefined || !gate.origins.has(origin)) return '403 Forbidden';
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const token = offered.find((name) => name.startsWith(protocolPrefix))?.slice(protocolPrefix.length) ?? '';
  return isSame(token, gate.token) ? null : '401 Unauthorized';
}

/** In constant time, whatever the lengths. */
function isSame(offered: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(offered), digest(secret));
}
