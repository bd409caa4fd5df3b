import './small-young-generation.ts';
import type { SupportedMessagePort } from '@orpc/client/message-port';
import { shellMessageSchema, type BootMessage, type ServiceReport, type StartStep } from '../../../shared/boot/boot-message.ts';
import { assertNever } from '../../../shared/values/assert-never.ts';
import { serveMessagePort } from '../api/serve-message-port.ts';
import { RoomService } from '../room-service.ts';
import { StoreError } from '../store/store-error.ts';

/** The port to the process that forked this one, as Electron gives it to a utility process. */
interface ParentPort {
  on(event: 'message', task: (event: { readonly data: unknown; readonly ports: readonly TransferredPort[] }) => void): void;
  postMessage(message: unknown): void;
}
type TransferredPort = SupportedMessagePort & { start(): void; close(): void };

const { parentPort } = process as unknown as { readonly parentPort?: ParentPort };

/** The desktop shell's room service: one boot message, then a port for each page. */
function run(shell: ParentPort): void {
  let service: RoomService | null = null;
  const stop = (): void => {
    void (service?.close() ?? Promise.resolve()).finally(() => process.exit(0));
  };

  shell.on('message', ({ data, ports }) => {
    const parsed = shellMessageSchema.safeParse(data);
    if (!parsed.success) {
      // Shell and service are of one build, so this is a defect; recording goes on all the same.
      if (service === null) shell.postMessage(refusalOf(parsed.error));
      return;
    }
    const message = parsed.data;
    switch (message.kind) {
      case 'boot':
        service ??= boot(message, (report) => shell.postMessage(report));
        return;
      case 'page':
        for (const port of ports) introduce(service, port);
        return;
      case 'resumed':
        service?.room.acquisition.resumed();
        return;
      case 'stop':
        stop();
        return;
      default:
        assertNever(message);
    }
  });
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

/** How often it says that it is still reading, in real milliseconds. */
const stepEveryMs = 250;

/** null: it cannot run, and has said why. */
function boot(message: BootMessage, report: (report: ServiceReport) => void): RoomService | null {
  let isReady = false;
  let reportedMs = -Infinity;
  const onStep = (step: StartStep): void => {
    const nowMs = performance.now();
    if (isReady || (step === 'reading' && nowMs - reportedMs < stepEveryMs)) return;
    reportedMs = nowMs;
    report({ kind: 'starting', step });
  };
  try {
    const service = new RoomService({
      dataFolder: message.dataFolder,
      demoFolder: message.demoFolder,
      mode: message.mode,
      newKeyFile: message.keyInFile ? 'made' : 'refused',
      key: bytesOf(message.keyBase64),
      checkpointSeed: bytesOf(message.checkpointSeedBase64),
      demoRate: message.demoRate,
      extraPorts: message.extraPorts,
      version: message.version,
      leaveKiosk: message.kiosk ? () => report({ kind: 'kiosk-left' }) : undefined,
      onStep,
    });
    isReady = true;
    report({ kind: 'ready' });
    return service;
  } catch (error) {
    report(refusalOf(error));
    return null;
  }
}

function bytesOf(base64: string | null): Uint8Array | null {
  return base64 === null ? null : new Uint8Array(Buffer.from(base64, 'base64'));
}

function refusalOf(error: unknown): ServiceReport {
  const code = error instanceof StoreError ? error.code : 'SERVICE_FAILED';
  return { kind: 'refused', code, message: error instanceof Error ? error.message : String(error) };
}

function introduce(service: RoomService | null, port: TransferredPort): void {
  if (service === null) {
    port.close();
    return;
  }
  serveMessagePort(service, port);
  port.start();
}

if (parentPort === undefined) throw new Error('this entry runs in a utility process of the desktop shell; use "vigil serve" elsewhere');
run(parentPort);
