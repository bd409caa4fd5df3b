import { utilityProcess } from 'electron';
import { join } from 'node:path';
import type { ServiceChild } from './room-service-process.ts';

/** The room service in a process of its own, so that nothing which happens to the window or to main reaches it. */
export function forkRoomService(): ServiceChild {
  const child = utilityProcess.fork(join(import.meta.dirname, 'room-service.js'), [], {
    serviceName: 'Vigil room service',
    stdio: 'inherit',
  });
  // Without a listener a fatal error of the child would end main as well; its exit follows and is dealt with.
  child.on('error', () => undefined);
  return {
    get pid() {
      return child.pid;
    },
    postMessage: (message, ports) => child.postMessage(message, ports),
    on: child.on.bind(child) as ServiceChild['on'],
    kill: () => {
      // Not `child.kill()`, which asks: a service that hangs hears nothing. What was acknowledged is on disk.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
}
