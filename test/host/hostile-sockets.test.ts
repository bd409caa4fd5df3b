import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serveMessagePort } from '../../electron/service/api/serve-message-port.ts';
import { servePage } from '../../electron/service/api/serve-page.ts';
import { serveWebSocket } from '../../electron/service/api/serve-websocket.ts';
import { createSystemClock } from '../../electron/service/platform/system-clock.ts';
import { openTestRoom, type TestRoom } from '../support/test-room.ts';

let test: TestRoom;
let unheard: unknown[] = [];
const keep = (error: unknown): void => void unheard.push(error);

// What reaches either of these ends the process, and with it recording.
beforeEach(() => {
  unheard = [];
  process.prependListener('uncaughtException', keep);
  process.prependListener('unhandledRejection', keep);
});
afterEach(async () => {
  process.off('uncaughtException', keep);
  process.off('unhandledRejection', keep);
  await test.close();
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

it('HOST-7 goes on when a refused connection is torn down in the middle of its refusal', async () => {
  test = openTestRoom();
  const server = createServer();
  const port = await listening(server);
  const sockets = serveWebSocket(test.host, server, {
    hosts: new Set(),
    origins: new Set(),
    keys: { secret: 'x', code: null },
    clock: createSystemClock(),
  });
  let upgrades = 0;
  server.on('upgrade', (_request, socket) => {
    upgrades += 1;
    // As the system reports a connection that was reset.
    socket.emit('error', new Error('read ECONNRESET'));
  });
  const client = connect(port, '127.0.0.1');
  client.on('error', () => undefined);
  client.write('GET /room HTTP/1.1\r\nHost: evil.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await pause(100);
  expect(upgrades).toBe(1);
  expect(unheard).toEqual([]);
  client.destroy();
  sockets.close();
  server.close();
});

it('HOST-7 goes on when a file of the page cannot be read, or the browser leaves half-way', async (context) => {
  // A plain file whose first bytes cannot be read.
  const unreadable = '/proc/self/mem';
  test = openTestRoom();
  context.skip(!existsSync(unreadable), 'there is no file here that opens and cannot be read');
  const hosts = new Set<string>();
  const server = createServer((request, response) => void servePage(request, response, { folder: dirname(unreadable), hosts }));
  const port = await listening(server);
  hosts.add(`127.0.0.1:${port}`);
  const client = connect(port, '127.0.0.1');
  client.on('error', () => undefined);
  client.write(`GET /mem HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  await once(client, 'close');
  expect(unheard).toEqual([]);
  server.close();
});

it('HOST-8 a page that posts what is no message is not heard, and nothing else happens', async () => {
  test = openTestRoom();
  const { port1, port2 } = new MessageChannel();
  const connection = serveMessagePort(test.host, port1 as never);
  port1.start();
  for (const garbage of ['{', 'null', 'x', 7, null, undefined, {}, { i: 1, t: 99 }, [1, 2], '{"i":1,"p":3}', new Uint8Array(3)]) {
    port2.postMessage(garbage);
  }
  await pause(200);
  expect(unheard.map(String)).toEqual([]);
  connection.close();
  port2.close();
});
