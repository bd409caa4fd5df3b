import { detectPort } from '../../electron/service/acquisition/detection.ts';
import { drivers as allDrivers } from '../../electron/service/drivers/driver-directory.ts';
import type { Driver } from '../../electron/service/drivers/driver.ts';
import type { BytePorts } from '../../electron/service/platform/byte-ports.ts';
import type { MonitorProtocolId } from '../../shared/clinical/monitor-protocol.ts';
import type { DetectionResult } from '../../shared/contract/detection.ts';
import { createManualClock } from './manual-clock.ts';
import { createSilentLog, type SilentLog } from './silent-log.ts';

export const path = 'sim/port';

export interface Looked {
  readonly result: DetectionResult;
  readonly tookMs: number;
  readonly written: readonly Uint8Array[];
  readonly log: SilentLog;
}

export interface LookOptions {
  readonly ask?: boolean;
  readonly remembered?: MonitorProtocolId;
  readonly drivers?: readonly Driver[];
}

/** Looks at a port until it is done, in simulated time, and keeps every byte that was written to it. */
export async function look(ports: BytePorts, clock = createManualClock(), options: LookOptions = {}): Promise<Looked> {
  const written: Uint8Array[] = [];
  const watched: BytePorts = {
    ...ports,
    open: async (name, settings, listener) => {
      const port = await ports.open(name, settings, listener);
      return {
        path: port.path,
        close: () => port.close(),
        write: (bytes) => {
          written.push(Uint8Array.from(bytes));
          return port.write(bytes);
        },
      };
    },
  };
  const log = createSilentLog();
  const startMs = clock.monoMs();
  let done: { result: DetectionResult; tookMs: number } | null = null;
  const { result } = detectPort({
    ports: watched,
    clock,
    log,
    path,
    drivers: options.drivers ?? allDrivers,
    ask: options.ask ?? false,
    remembered: options.remembered ?? null,
  });
  void result.then((found) => {
    done = { result: found, tookMs: clock.monoMs() - startMs };
  });
  for (let waited = 0; waited < 20_000 && done === null; waited += 100) await clock.pass(100);
  if (done === null) throw new Error('the look at the port did not end');
  return { ...(done as { result: DetectionResult; tookMs: number }), written, log };
}
