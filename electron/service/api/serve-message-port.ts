import type { SupportedMessagePort } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import { openConnection, type CallContext, type RoomHost } from './call-context.ts';
import { roomRouter } from './router.ts';

/** Serves one page over one port; `onClosed` of the port ends its connection. */
export function serveMessagePort(host: RoomHost, port: SupportedMessagePort): { close(): void } {
  const connection = openConnection();
  const context: CallContext = { host, connection };
  new RPCHandler<CallContext>(roomRouter).upgrade(port, { context });
  if ('on' in port) port.on('close', () => connection.close());
  return connection;
}
