import type { SupportedMessagePort } from '@orpc/client/message-port';
import { bootMessageSchema, type ServiceReport } from '../../../shared/boot/boot-message.ts';
import { serveMessagePort } from '../api/serve-message-port.ts';
import { RoomService } from '../room-service.ts';
import { StoreError } from '../store/store-error.ts';

/** The port to the process that forked this one, as Electron gives it to a utility process. */
interface ParentPort {
  on(event: 'message', task: (event: { readonly data: unknown; readonly ports: readonly TransferredPort[] }) => void): void;
  postMessage(message: unknown): void;
}
type TransferredPort = SupportedMessagePort & { start(): void };

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };

/** The desktop shell's room service: one boot message, then a port for each page. */
function run(shell: ParentPort): void {
  let service: RoomService | null = null;
  const report = (message: ServiceReport): void => shell.postMessage(message);

  shell.on('message', ({ data, ports }) => {
    const [port] = ports;
    if (port !== undefined) {
      if (service === null) return;
      serveMessagePort(service, port);
      port.start();
      return;
    }
    if (service !== null) return;
    try {
      service = boot(data);
      report({ kind: 'ready' });
    } catch (error) {
      const code = error instanceof StoreError ? error.code : 'SERVICE_FAILED';
      report({ kind: 'refused', code, message: error instanceof Error ? error.message : String(error) });
    }
  });

  const stop = (): void => {
    void (service?.close() ?? Promise.resolve()).finally(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function boot(data: unknown): RoomService {
  const message = bootMessageSchema.parse(data);
  return new RoomService({
    dataFolder: message.dataFolder,
    demoFolder: message.demoFolder,
    mode: message.mode,
    key: message.keyBase64 === null ? null : new Uint8Array(Buffer.from(message.keyBase64, 'base64')),
    demoRate: message.demoRate,
    extraPorts: message.extraPorts,
    version: message.version,
  });
}

if (parentPort === undefined) throw new Error('this entry runs in a utility process of the desktop shell; use "vigil serve" elsewhere');
run(parentPort);
