import type { SupportedMessagePort } from '@orpc/client/message-port';
import { RPCHandler } from '@orpc/server/message-port';
import { z } from 'zod';
import { openConnection, type CallContext, type RoomHost } from './call-context.ts';
import { roomRouter } from './router.ts';

const messageLengthMax = 1024 * 1024;
const abort = 4;

/** What a page of ours posts: a call with a JSON body, or the end of one. */
const messageSchema = z.union([
  z.object({ i: z.string().max(100), t: z.literal(abort) }),
  z.object({
    i: z.string().max(100),
    t: z.undefined().optional(),
    p: z.object({
      u: z.string().startsWith('/').max(1000),
      m: z.string().max(10).optional(),
      h: z
        .record(z.string(), z.union([z.string(), z.array(z.string())]))
        .refine((headers) => !('content-type' in headers) && !('content-disposition' in headers), 'a body is JSON')
        .optional(),
    }),
  }),
]);

/** Serves one page over one port; `onClosed` of the port ends its connection. */
export function serveMessagePort(host: RoomHost, port: SupportedMessagePort): { close(): void } {
  const connection = openConnection('window');
  const context: CallContext = { host, connection };
  new RPCHandler<CallContext>(roomRouter).upgrade(heardPort(port), { context });
  if ('on' in port) port.on('close', () => connection.close());
  return connection;
}

/**
 * The port, without what is no message: oRPC rejects a promise that nobody waits for, which would end the process
 * and with it recording. (Over WebSocket it catches its own.)
 */
function heardPort(port: SupportedMessagePort): SupportedMessagePort {
  if (!('on' in port)) throw new Error('a page is served over a port of Node or of Electron');
  return {
    postMessage: (data: unknown, transfer?: unknown[]) => port.postMessage(data, transfer),
    on: (event: string, task: (event?: { readonly data: unknown }) => void) => {
      // Electron gives an event, Node the message itself.
      port.on(event, (given?: unknown) => {
        const data = typeof given === 'object' && given !== null && 'data' in given ? given.data : given;
        if (event !== 'message' || isMessage(data)) task({ data });
      });
    },
  };
}

function isMessage(data: unknown): boolean {
  if (typeof data !== 'string' || data.length > messageLengthMax) return false;
  try {
    return messageSchema.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}
