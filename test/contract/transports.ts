import { createServer } from 'node:http';
import { MessageChannel } from 'node:worker_threads';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as WebSocketLink } from '@orpc/client/websocket';
import type { ClientContext, ClientLink } from '@orpc/client';
import type { RoomHost } from '../../electron/service/api/call-context.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { serveMessagePort } from '../../electron/service/api/serve-message-port.ts';
import { serveWebSocket } from '../../electron/service/api/serve-websocket.ts';
import { createRoomClient, type RoomClient } from '../../renderer/connection/room-client.ts';
import { openPage } from '../support/page.ts';
import { meetRoom } from '../support/room-client.ts';

/** A page's end of one transport, and the means to cut it. */
export interface TestTransport {
  readonly client: RoomClient;
  /** The service's end dies, as in a crash. */
  cut(): void;
  close(): Promise<void>;
}

/** Comparing a PIN takes seconds where the machine has much else to do. */
const patientMs = 60_000;

export const token = 'a-token-for-tests';

export const transports: Readonly<Record<string, (host: RoomHost) => Promise<TestTransport>>> = {
  'in process': inProcess,
  MessagePort: overMessagePort,
  WebSocket: overWebSocket,
};

async function inProcess(host: RoomHost): Promise<TestTransport> {
  const { client, connection } = openPage(host);
  return { client, cut: () => connection.close(), close: async () => connection.close() };
}

async function overMessagePort(host: RoomHost): Promise<TestTransport> {
  const { port1, port2 } = new MessageChannel();
  serveMessagePort(host, port1 as never);
  port1.start();
  port2.start();
  let end: (why: string) => void = () => undefined;
  const closed = new Promise<string>((resolve) => (end = resolve));
  port2.on('close', () => end('the port closed'));
  const link: ClientLink<ClientContext> = new PortLink({ port: port2 as never });
  const client = createRoomClient(() => ({ link, closed, close: () => port2.close() }));
  return { client, cut: () => port1.close(), close: async () => port2.close() };
}

async function overWebSocket(host: RoomHost): Promise<TestTransport> {
  const { server, port, sockets } = await listen(host);
  const { socket } = await meetRoom(`http://127.0.0.1:${port}/#token=${token}`);
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve('the socket closed')));
  const link: ClientLink<ClientContext> = new WebSocketLink({ websocket: socket as never });
  const client = createRoomClient(() => ({ link, closed, close: () => socket.close() }), patientMs);
  return {
    client,
    cut: () => sockets.close(),
    close: async () => {
      socket.terminate();
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export async function listen(
  host: RoomHost,
): Promise<{ server: ReturnType<typeof createServer>; port: number; sockets: { close(): void } }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const hosts = new Set([`127.0.0.1:${port}`]);
  const sockets = serveWebSocket(host, server, {
    hosts,
    origins: new Set([`http://127.0.0.1:${port}`]),
    keys: { secret: token, code: null },
    clock: createSystemClock(),
  });
  return { server, port, sockets };
}
